"""One mail's share of reading time."""

from __future__ import annotations

from models.extraction import Extraction, FormIdentity
from models.mail import FileKind
from pipeline.extract.budget import Bounded


class Slow:
    """A reader by whose clock every reading takes ten seconds."""

    now = 0.0

    def _read(self, name: str) -> Extraction:
        self.now += 10
        return Extraction(path=name, status="read", form=FormIdentity())

    def file(self, data: bytes, name: str, kind: FileKind) -> Extraction:
        return self._read(name)

    def files(self, data: bytes, name: str, kind: FileKind) -> tuple[Extraction, ...]:
        return (self._read(name),)

    def body(self, text: str | None, html: str | None, name: str) -> Extraction:
        return self._read(name)

    def paper(self, data: bytes, name: str, kind: FileKind) -> dict[str, str]:
        self.now += 10
        return {"tag": name}


def test_what_comes_after_the_time_is_up_is_told_by_name_and_the_words_are_still_read() -> None:
    slow = Slow()
    bounded = Bounded(slow, 25, lambda: slow.now)
    told = [bounded.files(b"x", f"{number}.pdf", FileKind.PDF)[0] for number in range(5)]
    assert [one.status for one in told] == ["read", "read", "read", "unreadable", "unreadable"]
    assert told[4].problem is not None
    assert told[4].problem.code == "too_slow"
    assert "4.pdf" in told[4].problem.detail
    assert bounded.file(b"x", "last.pdf", FileKind.PDF).status == "unreadable"
    assert bounded.paper(b"x", "paper.pdf", FileKind.PDF) == {}
    assert slow.now == 30
    assert bounded.body("words", None, "body").status == "read"


def test_each_mail_has_its_own_share() -> None:
    slow = Slow()
    for _ in range(3):
        assert Bounded(slow, 5, lambda: slow.now).file(b"x", "a.pdf", FileKind.PDF).status == "read"
