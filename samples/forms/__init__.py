"""Blank council forms built as Word documents, eight layouts of four kinds: `LAYOUTS[name](answers)` gives the bytes of a filled .docx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from samples.forms import caf_full, caf_sections, iaf_agency, iaf_single, marf_hub, marf_lettered, ssr_green, ssr_school

Answers = dict[str, Any]
Layout = Callable[[Answers], bytes]

LAYOUTS: dict[str, Layout] = {
    "caf_sections": caf_sections.build,
    "caf_full": caf_full.build,
    "iaf_single": iaf_single.build,
    "iaf_agency": iaf_agency.build,
    "marf_hub": marf_hub.build,
    "marf_lettered": marf_lettered.build,
    "ssr_school": ssr_school.build,
    "ssr_green": ssr_green.build,
}
