"""A whole form as one table: headings over its full width part it into blocks."""

from __future__ import annotations

from datetime import date

from pipeline.extract.body import read_body
from pipeline.extract.understand import understand

ROWS = (
    ("About the person referring", None),
    ("Name of referrer", "Sunniva Hale"),
    ("Telephone", "07700 900 321"),
    ("Child's details", None),
    ("Surname", "Tennick"),
    ("First name", "Orla"),
    ("Telephone", "07700 900 654"),
    ("Parents / carers", None),
    ("Name", "Maren Tennick"),
    ("Relationship to child", "Mother"),
)


def test_headings_in_one_long_table_end_the_block_above() -> None:
    html = "".join(f"<tr><td colspan=2><b>{a}</b></td></tr>" if b is None else f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in ROWS)
    record = understand(read_body(None, f"<table>{html}</table>", "a mail"), (), date(2026, 11, 20)).record
    assert (record.referrer.name, record.referrer.phone) == ("Sunniva Hale", "07700 900 321")
    assert [(child.given_names, child.family_name, child.phone) for child in record.children] == [("Orla", "Tennick", "07700 900 654")]
    assert [(person.given_names, person.relationship_to_child) for person in record.people] == [("Maren", "Mother")]
