"""The narrative as the referrer wrote it, with its marks laid over it: nothing is reworded, left out or put in another order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from models.contact import Contact, ContactNarrative
from models.narrative import ConcernMention, Sentence, UrgencySignal
from pipeline.review import words


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that carry the same marks. `ends` holds the numbers of the concerns that end with this run."""

    text: str
    concerns: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or the characters between two: `kind` is fact, reported, opinion, or empty. `number` counts sentences from 1."""

    runs: tuple[Run, ...]
    kind: str = ""
    number: int = 0

    @property
    def label(self) -> str:
        """The word that stands before a sentence."""
        return words.FACTUALITY.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Passage:
    """One box of the form."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ConcernView:
    """A mention of a concern, numbered as in the text. `told` is empty when the words stand in no sentence."""

    number: int
    sentence: int
    category: str
    status: str
    settled: bool
    who: str
    text: str
    rule: str | None
    says: str | None
    cues: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with why it bears its label."""

    number: int
    text: str
    kind: str
    label: str
    sure: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything the page says of the narrative. `unread` is the text of boxes that no marks were made for."""

    passages: tuple[Passage, ...] = ()
    concerns: tuple[ConcernView, ...] = ()
    sentences: tuple[SentenceView, ...] = ()
    raised: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    language: str | None = None
    unmarked: tuple[Passage, ...] = ()

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many sentences bear each label."""
        return tuple((label, sum(one.kind == kind for one in self.sentences)) for kind, label in words.FACTUALITY.items())


def told(contact: Contact) -> Told:
    """The narrative of a contact for the page."""
    narrative = contact.narrative
    if narrative is None:
        return Told(unmarked=tuple(_unmarked(contact, "")))
    text = narrative.text or _rebuilt(narrative)
    mentions = _numbered(narrative)
    return Told(
        passages=tuple(_passages(narrative, text, mentions)),
        concerns=tuple(_concern(number, at, mention) for number, at, mention in mentions),
        sentences=tuple(_sentence(number, sentence) for number, sentence in enumerate(narrative.sentences, 1)),
        raised=tuple(
            (words.look_up(words.CATEGORIES, name), f"{chance:.2f}") for name, chance in sorted(narrative.raised.items(), key=lambda x: -x[1])
        ),
        notes=narrative.notes,
        language=narrative.language,
        unmarked=tuple(_unmarked(contact, text)),
    )


def _rebuilt(narrative: ContactNarrative) -> str:
    """The text as far as the sentences tell it, each where its offsets say, for a narrative that came without its own."""
    text = ""
    for sentence in sorted(narrative.sentences, key=lambda one: one.start):
        text = text.ljust(sentence.start) + sentence.text
    return text


def _numbered(narrative: ContactNarrative) -> list[tuple[int, int, ConcernMention]]:
    """Each mention with its own number and its sentence's."""
    pairs = [(at, mention) for at, sentence in enumerate(narrative.sentences, 1) for mention in sentence.concerns]
    return [(number, at, mention) for number, (at, mention) in enumerate(pairs, 1)]


def _passages(narrative: ContactNarrative, text: str, mentions: list[tuple[int, int, ConcernMention]]) -> Iterator[Passage]:
    reached = 0
    for box, start, end in sorted(narrative.parts, key=lambda part: part[1]):
        if text[reached:start].strip():
            yield Passage("", tuple(_pieces(narrative, text, mentions, reached, start)))
        yield Passage(words.passage(box), tuple(_pieces(narrative, text, mentions, max(start, reached), end)))
        reached = max(reached, end)
    if text[reached:].strip():
        yield Passage("", tuple(_pieces(narrative, text, mentions, reached, len(text))))


def _pieces(narrative: ContactNarrative, text: str, mentions: list[tuple[int, int, ConcernMention]], start: int, end: int) -> Iterator[Piece]:
    """Sentences and what stands between them, without a gap or an overlap, so that the words come out exactly as they went in."""
    marks = _Marks(mentions, narrative.urgent, text)
    at = start
    for number, sentence in sorted(enumerate(narrative.sentences, 1), key=lambda pair: pair[1].start):
        first, last = max(sentence.start, at), min(sentence.end, end)
        if first >= last:
            continue
        if first > at:
            yield Piece(marks.runs(at, first))
        yield Piece(marks.runs(first, last), sentence.factuality, number)
        at = last
    if at < end:
        yield Piece(marks.runs(at, end))


class _Marks:
    """The marks over a text, cut into runs wherever one begins or ends."""

    def __init__(self, mentions: list[tuple[int, int, ConcernMention]], urgent: tuple[UrgencySignal, ...], text: str) -> None:
        self._concerns = [(number, mention.start, mention.end) for number, _, mention in mentions]
        self._urgent = [(signal.start, signal.end) for signal in urgent]
        self._text = text

    def runs(self, start: int, end: int) -> tuple[Run, ...]:
        edges = {start, end}
        for first, last in [(a, b) for _, a, b in self._concerns] + self._urgent:
            edges |= {edge for edge in (first, last) if start < edge < end}
        ordered = sorted(edges)
        return tuple(self._run(a, b) for a, b in pairwise(ordered))

    def _run(self, start: int, end: int) -> Run:
        over = [(number, last) for number, first, last in self._concerns if first < end and last > start]
        return Run(
            text=self._text[start:end],
            concerns=tuple(number for number, _ in over),
            ends=tuple(number for number, last in over if last <= end),
            urgent=any(first < end and last > start for first, last in self._urgent),
        )


def _concern(number: int, sentence: int, mention: ConcernMention) -> ConcernView:
    return ConcernView(
        number=number,
        sentence=sentence,
        category=words.look_up(words.CATEGORIES, mention.category),
        status=words.look_up(words.STATUSES, mention.status),
        settled=mention.status == "affirmed",
        who=words.look_up(words.WHO, mention.who),
        text=mention.text,
        rule=mention.rule,
        says=mention.says,
        cues=mention.cues,
        code=mention.category,
    )


def _sentence(number: int, sentence: Sentence) -> SentenceView:
    label = words.look_up(words.FACTUALITY, sentence.factuality)
    return SentenceView(number, sentence.text, sentence.factuality, label, f"{sentence.confidence:.2f}", sentence.cues)


def _unmarked(contact: Contact, text: str) -> Iterator[Passage]:
    """Boxes whose words are not in the marked text: shown plainly, because no word of a referral may be missing from the page."""
    for name, title in words.SECTIONS["narrative"][1].items():
        value = getattr(contact.record.narrative, name)
        if value and value.strip() not in text:
            yield Passage(title, (Piece((Run(value),)),))
