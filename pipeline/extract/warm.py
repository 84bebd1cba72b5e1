"""What the sandbox's server loads before it forks: importing this leaves lexicon, form definitions and patterns ready in every child.

Without it each child would read and compile them anew, which takes longer than reading a form.
"""

from __future__ import annotations

from datetime import date

from pipeline.authorities.forms import load_forms
from pipeline.extract.body import read_body
from pipeline.extract.understand import understand

understand(read_body("Name of child: \nDate of birth: 1/2/2020\nAre the parents aware? Yes", None, "warm"), load_forms(), date(2026, 1, 1))
