"""From the text of a referral to its Narrative: sentences, how the writer knows, concerns, and what asks for a person at once."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from models.narrative import Category, ConcernMention, Narrative, Sentence, UrgencySignal
from models.record import Indicators
from pipeline.authorities.terms import load_terms
from pipeline.extract.narrative.clean import Cleaned, clean
from pipeline.extract.narrative.concerns import Concerns, Mention, as_record
from pipeline.extract.narrative.factuality import FactualityReader
from pipeline.extract.narrative.language import other_language, views
from pipeline.extract.narrative.loading import load_language
from pipeline.extract.narrative.raising import Evidence, chances, gather
from pipeline.extract.narrative.sentences import split
from pipeline.extract.narrative.urgency import Urgency, of_mentions, speaks_of_baby
from pipeline.extract.narrative.view import View

MAX_CHARS = 1_000_000
"""Longer texts are read to here, and a note says so."""

Indicator = Literal["domestic_abuse", "mental_health", "substance_misuse", "learning_difficulties"]

_TICKS: tuple[tuple[Indicator, Category, str], ...] = (
    ("domestic_abuse", "domestic_abuse", "domestic abuse"),
    ("mental_health", "mental_health", "mental health"),
    ("substance_misuse", "substance_misuse", "substance misuse"),
    ("learning_difficulties", "disability", "learning difficulties"),
)


class Narrator:
    """Reads narratives. Made once: loading the language model and the terms takes most of a second."""

    def __init__(self, terms_folder: Path | None = None) -> None:
        terms = load_terms(terms_folder)
        self._language = load_language()
        self._concerns = Concerns(terms)
        self._factuality = FactualityReader(terms)
        self._urgency = Urgency(terms)

    def read(self, id: str, text: str) -> Narrative:  # noqa: A002 - the contract's word
        """The narrative of a text. Never raises for what the text holds; offsets are characters of the text as given."""
        notes = []
        if len(text) > MAX_CHARS:
            notes.append(f"only the first {MAX_CHARS} characters were read")
        cleaned = clean(text[:MAX_CHARS])
        if not cleaned.text.strip():
            return Narrative(id=id, notes=("no text",))
        language = other_language(cleaned.text)
        spans = split(cleaned.text)
        if language is not None:
            notes.append(f"the text looks like {language}, not English: nothing was read from it, a person must")
            return Narrative(id=id, language=language, notes=tuple(notes))
        return self._read(id, text, cleaned, spans, notes)

    def _read(self, id: str, text: str, cleaned: Cleaned, spans: list[tuple[int, int]], notes: list[str]) -> Narrative:  # noqa: A002
        cast = self._concerns.names(cleaned.text)
        baby = speaks_of_baby(cleaned.text)
        sentences: list[Sentence] = []
        urgent: list[UrgencySignal] = []
        evidence: dict[Category, Evidence] = {}
        elsewhere: set[str] = set()
        for view in views(self._language, cleaned.text, spans):
            foreign = other_language(view.text)
            if foreign is not None:
                elsewhere.add(foreign)
                sentences.append(_unread(view, foreign, text, cleaned))
                continue
            mentions = self._concerns.mentions(view, cast)
            sentences.append(self._sentence(view, mentions, text, cleaned))
            urgent.extend(self._signals(view, [*self._urgency.signals(view), *of_mentions(mentions, baby)], text, cleaned))
            gather(((one.term.category, one.status, one.term.weak) for one in mentions if not one.outside), evidence)
        notes.extend(f"part of the text looks like {name}, not English: nothing was read from that part, a person must" for name in sorted(elsewhere))
        if not urgent:
            notes.append("no urgent rule matched; that does not mean safe")
        return Narrative(id=id, sentences=tuple(sentences), raised=chances(evidence), urgent=tuple(urgent), notes=tuple(notes))

    def _sentence(self, view: View, mentions: list[Mention], text: str, cleaned: Cleaned) -> Sentence:
        judgement = self._factuality.judge(view)
        start, end = cleaned.original(view.start, view.start + len(view.text))
        concerns: list[ConcernMention] = []
        for mention in mentions:
            first, last = _place(view, mention.first, mention.last, cleaned)
            concerns.append(as_record(mention, view, first, last, text[first:last]))
        return Sentence(
            start=start,
            end=end,
            text=text[start:end],
            factuality=judgement.label,
            confidence=judgement.confidence,
            cues=judgement.cues,
            concerns=tuple(concerns),
        )

    def _signals(self, view: View, signals: list[tuple[UrgencySignal, int, int]], text: str, cleaned: Cleaned) -> list[UrgencySignal]:
        found = []
        for signal, first, last in signals:
            start, end = _place(view, first, last, cleaned)
            found.append(signal.model_copy(update={"start": start, "end": end, "text": text[start:end]}))
        return found


def _unread(view: View, language: str, text: str, cleaned: Cleaned) -> Sentence:
    """A sentence in another language: shown where it stands, nothing read from it, and never passed as fact."""
    start, end = cleaned.original(view.start, view.start + len(view.text))
    return Sentence(start=start, end=end, text=text[start:end], factuality="reported", confidence=0.34, cues=(f"looks like {language}: not read",))


def _place(view: View, first: int, last: int, cleaned: Cleaned) -> tuple[int, int]:
    start, end = view.slice(first, last)
    return cleaned.original(view.start + start, view.start + end)


def contradictions(narrative: Narrative, indicators: Indicators) -> tuple[str, ...]:
    """Where the form's ticks and its text say different things, in words for the screener."""
    found = []
    for field, category, words in _TICKS:
        ticked: bool | None = getattr(indicators, field)
        statuses = {mention.status for sentence in narrative.sentences for mention in sentence.concerns if mention.category == category}
        raised = category in narrative.raised
        if ticked is False and raised:
            found.append(f"the form says no to {words}, but the text raises it")
        if ticked is True and not raised and "negated" in statuses:
            found.append(f"the form ticks {words}, but the text denies it")
        elif ticked is True and not raised and narrative.sentences:
            found.append(f"the form ticks {words}, but the text says nothing of it now")
    return tuple(found)
