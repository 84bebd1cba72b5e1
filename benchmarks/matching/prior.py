"""What the weights are before any decision is counted: each level's bits by story, from the literature's orders of magnitude.

A value is (base, rate): base + rate x rarity in bits, against a stranger. The fit starts here and is held towards it where data are few.
"""

from __future__ import annotations

import numpy as np

from pipeline.match.compare import FEATURES, LEVEL_NAMES
from pipeline.match.weights import MOST_LEVELS, STORIES, Floats

PRIOR = {"same": 0.0, "sibling": 1.0, "twin": -4.0, "elder": -3.0}

# level: (same, sibling, twin, elder); a pair is (base, rate).
Value = float | tuple[float, float]
TABLE: dict[str, dict[str, tuple[Value, Value, Value, Value]]] = {
    "given": {
        "same_all": ((-1.5, 1.0), -3, -4, (-3, 1.0)), "same": ((-0.5, 1.0), -2, -4, (-1, 1.0)), "same_middle_differs": ((-4, 1.0), -1, -3, (-2, 1.0)),
        "nickname": ((-4.5, 1.0), 0, -2, (-6, 1.0)), "nickname_own": ((-5, 1.0), 0, -0.5, (-6, 1.0)), "spelling": ((-4.5, 1.0), 0, -2, (-6, 1.0)), "slip": ((-4, 1.0), 0, -2, (-7, 1.0)),
        "close": ((-6.5, 0.7), 0, 0, -2), "shortened": ((-6, 1.0), 0, 0, -2), "initial": (0, 0, 0, 0), "middle": ((-4.5, 1.0), 0, 0, (-5, 1.0)),
        "prefix_only": (-3, 0.5, 0.5, 0), "not_named": (-3, 0, 0, -3), "absent": (0, 0, 0, 0), "different": (-7, 0.3, 0.3, -7), "both_unnamed": (5, -2, -2, -3),
    },
    "family": {
        "same": ((-0.6, 1.0), (-1, 1.0), (-0.6, 1.0), (-1, 1.0)), "gendered": ((-4, 1.0), (-3, 1.0), (-3, 1.0), (-4, 1.0)), "part": ((-4, 1.0), (-4, 1.0), (-4, 1.0), (-4, 1.0)),
        "part_differs": ((-7, 1.0), (-5, 1.0), (-5, 1.0), (-5, 1.0)), "spelling": ((-4.5, 1.0), (-5, 1.0), (-5, 1.0), (-5, 1.0)), "slip": ((-4, 1.0), (-5, 1.0), (-5, 1.0), (-5, 1.0)), "close": ((-6.5, 0.7), (-6.5, 0.7), (-6.5, 0.7), (-6.5, 0.7)),
        "initial": (0, 0, 0, 0), "parent": ((-5, 1.0), (-4, 1.0), (-5, 1.0), (-5, 1.0)), "titles": (-4, -0.5, -1, -2), "absent": (0, 0, 0, 0), "different": (-4.5, -2.5, -4, -4),
    },
    "order": {"as_written": (0.2, 0, 0, 0), "split": (-1.5, 0, 0, 0), "reversed": (-3, -3, -3, -3), "also": (-1.5, -1, -1, -1), "alias": (-2, -2, -2, -2)},
    "birth": {
        "same": ((-0.7, 1.0), -8, (-0.3, 1.0), -6), "same_dummy": ((-0.7, 1.0), -8, (-0.3, 1.0), -6), "swapped": (7, -6, 5, -6), "digit": (3.5, -4, 2, -4),
        "digit_year": (3, -1, 1, -1), "days_off": (3.5, -4, 2, -4), "year_and_days": (0, -2, -2, -3), "dummy_year": ((-4.5, 1.0), -2, (-5, 1), -4), "month": (-1, -2, -3, -4), "day_month": (-2, 0, -4, 1),
        "year": (-5, -1, -5, -3), "partial_month": ((-0.5 + 3.5, 1.0), -3, (0, 1), -5), "partial_year": ((-0.5, 1.0), -1, (-1, 1), -3), "partial_near": (-3, 0, -4, -3),
        "age": ((-0.7, 1.0), -1, (-1, 1), -3), "age_near": (0, 0, 0, -3), "baby": (4, -1, 1, -6), "due": (8, -3, 4, -6), "due_near": (5, -3, 2, -6), "due_off": (1, -3, -2, -6),
        "near_year": (-6, 0.5, -6, -3), "years": (-7, 1, -7, 0), "generation": (-9, -2, -9, 3), "partial_differs": (-5, 0.5, -5, 0), "absent": (0, 0, 0, 0),
    },
    "address": {
        "same": ((-1, 1.0), (-1.5, 1.0), (-1, 1.0), (-1.5, 1.0)), "postcode_house_differs": ((-5, 1.0), (-5, 1.0), (-5, 1.0), (-5, 1.0)), "postcode": ((-0.7, 1.0), (-1, 1.0), (-1, 1.0), (-1, 1.0)),
        "house_street": ((-2, 1.0), (-2.5, 1.0), (-2, 1.0), (-2.5, 1.0)), "house_postcode_near": ((-3, 1.0), (-4, 1.0), (-4, 1.0), (-4, 1.0)), "previous": ((-3, 1.0), (-4, 1.0), (-4, 1.0), (-4, 1.0)), "street": (2, 2, 2, 2),
        "sector": (1, 1, 1, 1), "district": (0.5, 0.5, 0.5, 0.5), "different": (-2, -1.5, -2, -1.5), "absent": (0, 0, 0, 0),
    },
    "gender": {"same": (0.9, 0, 0, 0.8), "different": (-4, 0, 0, -3), "absent": (0, 0, 0, 0)},
    "nhs": {"same": (15, -8, -8, -8), "slip": (7, -3, -3, -6), "differs": (-4, 0, 0, 0), "differs_verified": (-8, 0, 0, 0), "absent": (0, 0, 0, 0)},
    "upn": {"same": (15, -8, -8, -8), "slip": (7, -3, -3, -6), "differs": (-4, 0, 0, 0), "differs_verified": (-8, 0, 0, 0), "absent": (0, 0, 0, 0)},
    "school": {"same": (5, 3, 5, 0), "similar": (2.5, 1.5, 2.5, 0), "different": (-1.5, -0.5, -1.5, 0), "absent": (0, 0, 0, 0)},
    "mother": {"same": (9, 8, 8, 0), "similar": (5, 4, 4, 0), "different": (-4, -4, -4, 0), "absent": (0, 0, 0, 0)},
}  # fmt: skip


def prior_tables() -> tuple[Floats, Floats, Floats]:
    """base, rate and prior in the shape of the weights."""
    shape = (len(STORIES), len(FEATURES), MOST_LEVELS)
    base, rate = np.zeros(shape), np.zeros(shape)
    for place, feature in enumerate(FEATURES):
        for number, level in enumerate(LEVEL_NAMES[place]):
            for story, value in enumerate(TABLE[feature.id][level]):
                base[story, place, number], rate[story, place, number] = value if isinstance(value, tuple) else (value, 0.0)
    return base, rate, np.array([PRIOR[story] for story in STORIES])
