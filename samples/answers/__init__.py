"""What the fictitious referrers wrote, form by form. Nobody named here exists; numbers and domains are the ones kept for fiction."""

from __future__ import annotations

from samples.answers import cafs, iafs, marfs, ssrs

ANSWERS = {**iafs.ANSWERS, **marfs.ANSWERS, **ssrs.ANSWERS, **cafs.ANSWERS}
