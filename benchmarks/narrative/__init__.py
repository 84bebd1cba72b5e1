"""How well narratives are read: data, baselines, measures, training."""
