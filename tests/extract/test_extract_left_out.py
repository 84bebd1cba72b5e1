"""What could not be read of a file is told, never passed over."""

from __future__ import annotations

from datetime import date

from models.document import Document, Line, Span
from pipeline.extract.understand import understand


def test_pages_left_out_are_a_gap() -> None:
    said = (Line((Span("Name of child: Orla Tennick"),)), Line((Span("Date of birth: 4 March 2019"),)))
    whole = understand(Document("a.pdf", "pdf", said), (), date(2026, 11, 20))
    cut = understand(Document("a.pdf", "pdf", said, warnings=("pages_left_out",)), (), date(2026, 11, 20))
    assert [gap.field for gap in whole.gaps] == []
    assert [(gap.field, gap.kind) for gap in cut.gaps] == [("referral", "unclear")]
