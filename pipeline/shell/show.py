"""What the commands say to a person: plain text, for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.contact import Contact
from models.extraction import Extraction, FieldValue
from models.forms import FormDefinition, FormTrial
from models.matching import MatchResult
from models.narrative import Narrative

if TYPE_CHECKING:
    from models.runs import RoundSummary
    from pipeline.app import App
    from pipeline.route.feedback import AgencyFeedback

CLEAR, CHECK = 0.95, 0.6
_RELATIVES = {"twin", "sibling", "parent"}
WIDTH = 88


def extraction(answer: Extraction) -> str:
    """A readable report of one document."""
    lines = [f"== {answer.path}"]
    if answer.problem:
        return "\n".join([*lines, f"   could not be read ({answer.problem.code}): {answer.problem.detail}"])
    form = answer.form
    lines.append(f"   {form.type}" + (f", {form.title}" if form.title else "") + f" ({_sure(form.confidence)})" + _definition(form.definition))
    if answer.status == "not_a_referral":
        lines.append("   This is not a referral form; a person should look at it all the same.")
    lines += [_value(value) for value in answer.fields]
    lines += [f"   ! {gap.kind}: {gap.field}: {gap.message}" for gap in answer.gaps]
    return "\n".join(lines)


def _definition(name: str | None) -> str:
    return f", read by the definition {name}" if name else ", read by general means"


def _value(value: FieldValue) -> str:
    shown = "(said to be unknown)" if value.value is None else str(value.value).replace("\n", " / ")
    where = ", ".join(part for part in (f"page {value.source.page}" if value.source.page else "", value.source.where or "") if part)
    return f"   {value.path:<38} {_cut(shown)}   [{_sure(value.confidence)}{'; ' + where if where else ''}]"


def _sure(confidence: float) -> str:
    word = "read clearly" if confidence >= CLEAR else "check" if confidence >= CHECK else "doubtful"
    return f"{word}, {confidence:.2f}"


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def narrative(answer: Narrative) -> str:
    """Each sentence with its label and what it raises."""
    lines = [f"== {answer.id}"]
    for sentence in answer.sentences:
        cues = f"  ({', '.join(sentence.cues)})" if sentence.cues else ""
        lines.append(f"   {sentence.factuality:<9}{sentence.confidence:.2f}  {sentence.text.strip()}{cues}")
        lines += [f"               {c.category}: {c.status}, {c.who}: “{c.text}”" for c in sentence.concerns]
    lines += [f"   URGENT  {signal.says}: “{signal.text}” ({signal.rule})" for signal in answer.urgent] or ["   no urgent rule matched"]
    lines.append("   raised: " + (", ".join(f"{name} {chance:.2f}" for name, chance in answer.raised.items()) or "nothing"))
    return "\n".join([*lines, *(f"   note: {note}" for note in answer.notes)])


def match(answer: MatchResult) -> str:
    """Candidates with what speaks for and against each."""
    lines = [f"== {answer.id}: {answer.decision}"]
    for candidate in answer.candidates:
        marks = [
            f"or their {candidate.story}" if candidate.story in _RELATIVES else candidate.story,
            "restricted record" if candidate.restricted else None,
        ]
        lines.append("  ".join([f"   {candidate.record_id}", f"{candidate.probability:.3f}", *filter(None, marks)]))
        lines += [f"      {evidence.weight:+6.1f}  {evidence.field}: {evidence.comparison}" for evidence in candidate.evidence]
    if answer.searched:
        lines.append("   searched by " + ", ".join(answer.searched))
    return "\n".join([*lines, *(f"   note: {note}" for note in answer.notes)])


def contacts(found: Sequence[Contact]) -> str:
    """A line each; names are for those who may open the contact."""
    if not found:
        return "No contacts yet."
    head = f"{'reference':<20}{'received':<18}{'decision':<20}{'gaps':>5}  {'children':>8}  form"
    rows = [
        f"{one.reference:<20}{one.received_at:%Y-%m-%d %H:%M}  {one.routing.decision:<20}{len(one.gaps):>5}  {len(one.record.children):>8}  "
        + ", ".join(dict.fromkeys(answer.form.type for answer in one.extractions if answer.status == "read"))
        for one in found
    ]
    return "\n".join([head, *rows])


def contact(one: Contact) -> str:
    """One contact: decision and reasons first, then clocks, gaps, letters, and what was read."""
    lines = [f"{one.reference}  ({one.authority}, received {one.received_at:%Y-%m-%d %H:%M})", f"decision: {one.routing.decision}"]
    lines += [f"   {reason.rule}: {reason.because}" for reason in one.routing.reasons]
    lines += [f"due: {clock.what} by {clock.due_at:%Y-%m-%d %H:%M}" + (" (met)" if clock.met_at else "") for clock in one.deadlines]
    lines += [f"gap: {gap.kind}: {gap.field}: {gap.message}" for gap in one.gaps]
    lines += [f"letter: {letter.kind.value}, {letter.state}" for letter in one.correspondence]
    lines += [match(result) for result in one.matches]
    return "\n".join([*lines, *(extraction(answer) for answer in one.extractions)])


def forms(known: Iterable[FormDefinition]) -> str:
    """The definitions, a line each."""
    return "\n".join(f"{form.id:<36}{form.type:<7}{form.authority:<16}{form.title}" for form in known)


def form(known: FormDefinition) -> str:
    """What one definition says."""
    said = [f"{name}: {len(value) if isinstance(value, (tuple, dict)) else value}" for name, value in known if value]
    return "\n".join(["The definition is sound.", *(f"   {line}" for line in said)])


def trial(tried: FormTrial, known: FormDefinition) -> str:
    """What a definition finds in a sample: whether it is recognised, which of its words are there, what it must fill, and each value.

    `+` marks a value only the definition reads, `~` one that it reads otherwise; a value read without it only is told as lost.
    """
    read = tried.with_it
    if read.problem:
        return extraction(read)
    lines = [f"== {read.path}", _recognised(tried, known)]
    for part, entries in ((name, getattr(known, name)) for name in ("titles", "headings", "labels", "blocks", "statements", "ignore")):
        if entries:
            absent = tried.absent.get(part, ())
            lines.append(
                f"   {part}: {len(entries) - len(absent)} of {len(entries)} stand in the sample" + (f"; not: {_quoted(absent)}" if absent else "")
            )
    filled = {re.sub(r"\.\d+\.", ".*.", value.path) for value in read.fields if value.value is not None}
    lines += [f"   requires {path}: {'found' if path in filled else 'NOT FOUND'}" for path in known.requires]
    before = {value.path: value.value for value in tried.without_it.fields}
    for value in read.fields:
        mark = "+" if value.path not in before else "~" if before[value.path] != value.value else " "
        lines.append(f" {mark}{_value(value)[2:]}")
    here = {value.path for value in read.fields}
    lines += [f" - {path:<38} is read only without the definition" for path in before if path not in here]
    return "\n".join([*lines, *(f"   ! {gap.kind}: {gap.field}: {gap.message}" for gap in read.gaps)])


def _recognised(tried: FormTrial, known: FormDefinition) -> str:
    form = tried.with_it.form
    if form.definition == known.id:
        return f"   recognised: yes ({_sure(form.confidence)})"
    instead = f"taken for {form.definition}" if form.definition else "read by general means"
    return (
        f"   recognised: NO, {instead}. Give words of its title as they stand in the form under titles, and headings that only it has under headings."
    )


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f'"{_cut(text)}"' for text in words)


def round_summary(summary: RoundSummary) -> str:
    """One pass in a line: counts only."""
    return (
        f"{summary.at:%Y-%m-%d %H:%M:%S}  mail: {summary.seen} in the folder, {summary.stored} new; "
        f"contacts: {summary.contacts}, urgent {summary.urgent}, with a person {summary.person}; letters: {summary.sent} sent, {summary.waiting} waiting"
        + (f"; {summary.note}" if summary.note else "")
    )


def agencies(found: Sequence[AgencyFeedback]) -> str:
    """Each organisation with the questions its referrals leave open most."""
    lines = []
    for one in found:
        lines.append(f"{one.organisation}: {one.referrals} referrals, {one.returned} returned" + ("" if one.enough else " (too few to judge by)"))
        lines += [f"   {blank.title}: open in {blank.referrals}" for blank in one.blanks]
    return "\n".join(lines) or "No referrals of an organisation yet."


def import_with_progress(intake: App, file: Path, mapping: Path | None) -> None:
    """Load records with a progress bar on standard error; say by line number what was left out."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("records", total=None)
        outcome = intake.import_records(file, mapping, lambda done: bar.update(task, completed=done))
    for line, why in outcome.problems[:50]:
        console.print(f"line {line}: {why}", markup=False, highlight=False)
    if len(outcome.problems) > 50:
        console.print(f"and {len(outcome.problems) - 50} more lines", markup=False, highlight=False)
    console.print(f"{outcome.taken} records taken in, {outcome.left_out} left out.", markup=False, highlight=False)
    with console.status("making the index"):
        records = intake.people.ready()
    console.print(f"The index is ready: {records} records.", markup=False, highlight=False)
