"""All layouts, those written down and those drawn by lot from label variants."""

from __future__ import annotations

from benchmarks.reading.layouts import (
    fit,
    fit_more,
    known,
    report_third,
    work,
    work_far,
    work_kept,
    work_more,
    work_others,
    work_seen,
    work_voices,
    work_voices_more,
)
from benchmarks.reading.layouts.drawn import drawn_layouts
from benchmarks.reading.spec import Layout

SPLITS = ("fit", "work", "report")
KNOWN = frozenset(layout.name for layout in known.LAYOUTS)
"""Forms of the kinds that the product has definitions for."""


def all_layouts(seed: int = 1) -> list[Layout]:
    """Every layout; `seed` draws those that are made up."""
    return [
        *known.LAYOUTS,
        *fit.LAYOUTS,
        *fit_more.LAYOUTS,
        *work.LAYOUTS,
        *work_kept.LAYOUTS,
        *work_more.LAYOUTS,
        *work_others.LAYOUTS,
        *work_far.LAYOUTS,
        *work_seen.LAYOUTS,
        *work_voices.LAYOUTS,
        *work_voices_more.LAYOUTS,
        *report_third.LAYOUTS,
        *drawn_layouts(seed),
    ]
