"""A document to a draft: every question and answer put to the person or the place it belongs to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from models.document import Document, MarkState, Span
from models.forms import FormDefinition
from pipeline.extract.answers import Answer
from pipeline.extract.choices import read_options, ticked
from pipeline.extract.consent import asks_the_parents
from pipeline.extract.contacts import clean
from pipeline.extract.draft import Draft, Evidence, evidence, found
from pipeline.extract.events import Event, Heading, Loose, Pair, Rows
from pipeline.extract.labels import Finder, Label, find_heading, find_statement, finder, is_guidance
from pipeline.extract.layout import read_layout
from pipeline.extract.neighbours import with_neighbours
from pipeline.extract.people import People
from pipeline.extract.printed import tells_what_to_do
from pipeline.extract.prompts import without_prompts
from pipeline.extract.questions import prose, read_bool, read_question
from pipeline.extract.stories import story_of
from pipeline.extract.values.listed import RELATION
from pipeline.extract.values.words import is_placeholder, is_unknown
from pipeline.extract.wording import key, one_line

_ABOUT_CONSENT = frozenset({"consent.status", "consent.parents_aware", "consent.sought", "consent.reason"})
_TYPED_URGENT = re.compile(r"^\W*(?:very\s+|most\s+)?urgent(?:\s+(?:child protection\s+)?referral)?\W*$", re.IGNORECASE)
_VIEWS = {"consent.child_aware": "narrative.child_views", "consent.parents_aware": "narrative.parent_views"}
_URGENT = re.compile(r"^\W*(?:very\s+)?urgent\b|\bmarked\s+urgent\b|\burgent\s+(?:child protection\s+)?referral\b", re.IGNORECASE)


def read_fields(document: Document, definition: FormDefinition | None, today: date) -> Draft:
    """Everything a document says, as a draft."""
    find = finder(definition.labels, definition.statements) if definition else finder({})
    reader = _FormReader(today, definition, find)
    for event in with_neighbours(without_prompts(read_layout(document, find))):
        reader.take(event)
    reader.finish()
    return reader.draft


class _FormReader:
    """Takes the events in turn and remembers what a follow-up question may hang on."""

    def __init__(self, today: date, definition: FormDefinition | None, find: Finder) -> None:
        self.find = find
        self.draft = Draft()
        self.today = today
        self.ignored = frozenset(key(text) for text in definition.ignore) if definition else frozenset()
        self.blocks = {key(text): block for text, block in definition.blocks.items()} if definition else {}
        self.statements = {key(text): _assignment(says) for text, says in definition.statements.items()} if definition else {}
        self.people = People(self.draft, today)
        self.last: dict[tuple[str, int], str] = {}
        self.last_any: str | None = None
        self.told: list[tuple[str, Answer]] = []
        self.of_holders = False

    def take(self, event: Event) -> None:
        """One event."""
        if isinstance(event, Heading):
            self._heading(event)
        elif isinstance(event, Rows):
            self.people.rows(event)
            self._questions_over_rows(event)
        elif isinstance(event, Pair):
            self._pair(event)
        else:
            self._loose(event)

    def finish(self) -> None:
        """Sentences in passing count only where no box of its own was answered."""
        for field, answer in self.told:
            if field not in self.draft.singles:
                read_question(field, answer, Evidence(match="rule", how="line", block="guess"), self.draft, self.today)

    def _heading(self, heading: Heading) -> None:
        if own := self.blocks.get(key(heading.text)):
            heading = replace(heading, block=own)
        self.people.heading(heading)
        self.of_holders = _OF_HOLDERS.search(heading.text) is not None
        self.last_any = heading.label.field if heading.label else None

    def _questions_over_rows(self, rows: Rows) -> None:
        """A column head may be a question about the whole referral, such as its date."""
        for head, answers in zip(rows.heads, zip(*rows.rows, strict=True), strict=True):
            if head is not None and head.field and self.people.block != "taken":
                for answer in answers:
                    if answer.filled and not (head.field.startswith("narrative.") and answer.text.count(" ") < _FEW):
                        self._question(Pair(head, answer, how="head", printed=head.text, table=rows.table, strange=rows.strange), head.field)

    def _pair(self, pair: Pair) -> None:
        self._leave_the_office(pair)
        if key(pair.printed) in self.ignored or (self.people.block == "taken" and not (pair.label and (pair.label.block or pair.label.field))):
            return
        if pair.follows:
            self._follow_up(pair)
        elif pair.label is None:
            self._unknown(pair)
        elif pair.label.field:
            if pair.label.field == "referral.urgent" and pair.how == "line" and not pair.answer.text and _TYPED_URGENT.match(pair.printed):
                self.draft.add("referral.marked_urgent", found(True, pair.printed, pair.answer, evidence(pair, block="guess")))
            if not self._ticked_statement(pair):
                self._question(pair, pair.label.field)
        elif "signature" in pair.label.slots:
            self._question(pair, "consent.signature" if pair.label.block in {"carer", "mother", "father", "child"} else "nothing")
        else:
            self._box(pair, pair.label.slot)

    def _leave_the_office(self, pair: Pair) -> None:
        """Below boxes for the office, whose heading said no more than that, what no office is asked opens the form itself."""
        asked = set(pair.label.slots) if pair.label else set()
        if (
            self.people.block == "taken"
            and self.people.sure != "heading"
            and (asked & _NEVER_OFFICE or _opens(pair, pair.label.slot if pair.label else None))
        ):
            self.people.heading(Heading("", None))

    def _ticked_statement(self, pair: Pair) -> bool:
        """A sentence with a box of its own, and nothing else: what it says when ticked, however much it reads like a question."""
        ticks = ticked(pair.answer)
        says = self._says(pair.printed) if ticks is not None and not clean(pair.answer) else None
        if says is None or pair.printed.rstrip().endswith(("?", ":")):
            return False
        if ticks:
            self.draft.add(says[0], found(says[1], pair.printed, pair.answer, evidence(pair, block="label")))
        return True

    def _box(self, pair: Pair, slot: str | None) -> None:
        """A box that asks for one thing: some of them are about the referral, or open a section, rather than about a person."""
        text = clean(pair.answer)
        self.of_holders = self.of_holders or (slot == "pr_holders" and not text)
        if slot == "date" and self._dates_the_referral(pair):
            self._question(pair, "referral.date")
        elif not pair.table and not pair.answer.filled and (block := _opens(pair, slot)):
            self.people.heading(Heading(pair.printed, block))
        elif slot == "nothing" and self.last_any in _ABOUT_CONSENT and _BY_WHOM.match(pair.printed):
            self._question(pair, "consent.given_by")
        elif slot == "nothing" and self.people.speaks_of_writer and "fax" not in key(pair.printed):
            self.people.told(pair)  # the school's telephone is the child's for nobody, and the referrer's here
        elif (slot == "pr_holders" or self._names_holders(pair)) and text and not is_unknown(text):
            self.draft.pr_holders.append(found(text, text, pair.answer, evidence(pair)))
        elif slot not in {"people", "nothing", "pr_holders"}:
            self._person(pair)

    def _names_holders(self, pair: Pair) -> bool:
        """Names in a box under "Who holds parental responsibility?": they do."""
        label = pair.label
        return self.of_holders and label is not None and "name" in label.slots and set(label.slots) <= {"name", "relationship", "people"}

    def _person(self, pair: Pair) -> None:
        if pair.label and pair.label.block == "role" and ticked(pair.answer) is not None and (says := self._says(pair.printed)):
            if ticked(pair.answer):
                self.draft.add(says[0], found(says[1], pair.printed, pair.answer, evidence(pair, block="label")))
            return
        if pair.label and pair.label.block == "role" and _only_asks_whether(pair.answer):
            return
        self.people.pair(pair)
        if pair.label and pair.label.slots:
            self._remember(pair, f"person.{pair.label.slots[0]}")

    def _question(self, pair: Pair, field: str) -> None:
        if field in _MAY_NAME and (names := _names_family(pair)):
            self.people.pair(names)
            return
        asked = "consent.obtained" if field == "consent.status" and not asks_the_parents(pair.printed) else field
        read_question(asked, pair.answer, evidence(pair, block="label"), self.draft, self.today)
        self._remember(pair, field)

    def _remember(self, pair: Pair, field: str) -> None:
        self.last[pair.table, pair.column] = field
        self.last_any = field

    def _dates_the_referral(self, pair: Pair) -> bool:
        """A bare "Date": the referral's own unless it stands beside a signature."""
        if pair.how == "below" and "\n" in pair.answer.text:
            return False  # a column of dates: a chronology, visits
        return (self.last_any not in {"consent.signature", "person.signature"} and not pair.label) or self.last_any != "consent.signature"

    def _follow_up(self, pair: Pair) -> None:
        """ "If no, why?" hangs on the question before it: in its own column where two stand side by side."""
        about = self.last.get((pair.table, pair.column)) if pair.table else None
        about = about or self.last_any or ""
        text = clean(pair.answer)
        if not text or is_unknown(text):
            return
        seen = evidence(pair, block="anchor")
        negative = pair.follows in {"no", "not"} or "why" in key(pair.printed) or "reason" in key(pair.printed)
        if negative and (about in _ABOUT_CONSENT or self._withheld()):
            self.draft.add("consent.reason", found(prose(pair.answer), text, pair.answer, seen))
        elif about in _VIEWS and not negative:
            self.draft.add(_VIEWS[about], found(prose(pair.answer), text, pair.answer, seen))
        elif about in {"person.disability", "person.disability_details"} and not negative:
            self._details(text, pair, seen)
        elif about.startswith("history.") and not negative:
            self.draft.add("history.previous_involvement", found(prose(pair.answer), text, pair.answer, seen))
        elif len(text.split()) > 6:
            self.draft.add("narrative.other", found(prose(pair.answer), text, pair.answer, seen))

    def _withheld(self) -> bool:
        """Was a question about consent answered No a little earlier, with no reason so far?"""
        said = [found.value for path in ("consent.status", "consent.parents_aware", "consent.sought") for found in self.draft.singles.get(path, ())]
        return any(value in {False, "no", "none", "refused", "not_sought"} for value in said) and "consent.reason" not in self.draft.singles

    def _details(self, text: str, pair: Pair, seen: Evidence) -> None:
        entity = next((other for other in reversed(self.draft.entities) if "disability" in other.seen or "disability" in other.slots), None)
        if entity is not None:
            entity.slots.setdefault("disability_details", []).append(found(one_line(text), text, pair.answer, seen))

    def _unknown(self, pair: Pair) -> None:
        """A question nobody has taught us: a tick may speak for itself, and long words are kept."""
        if self._ticks(pair.answer, pair.printed) or self.people.told(pair):
            return
        if names := _names_family(pair):
            self.people.pair(names)
            return
        text = prose(pair.answer)
        if len(text.split()) >= 8 and not is_placeholder(text) and not tells_what_to_do(text) and self.people.block != "taken":
            self.draft.add(story_of(pair.printed, least=1) or "narrative.other", found(text, text, pair.answer, evidence(pair, block="guess")))

    def _ticks(self, answer: Answer, printed: str) -> bool:
        mark = ticked(answer)
        if mark is None:
            return False
        seen = Evidence(match="rule", how="option", block="label")
        if not clean(answer):
            says = self._says(printed)
            if mark and says:
                self.draft.add(says[0], found(says[1], printed, answer, seen))
            return True
        any_said = False
        for option in read_options(answer):
            if option.state is MarkState.ON and len(option.text) < 200 and (says := self._says(option.text)):
                self.draft.add(says[0], found(says[1], option.text, answer, seen))
                any_said = True
        if mark and not any_said and (says := self._says(printed)) and read_bool(answer)[0]:
            self.draft.add(says[0], found(says[1], printed, answer, seen))
        return True

    def _says(self, words: str) -> tuple[str, str | bool] | None:
        return self.statements.get(key(words)) or find_statement(words)

    def _sentences(self, answer: Answer) -> None:
        """A printed sentence with a word taken out of it, or one written in a mail: "Parents have not consented to this referral"."""
        for line in answer.lines:
            text = one_line(line.text)
            told = _TOLD.search(text)
            if (
                told is None
                or _BOTH.search(text)
                or not 3 < len(text.split()) < 17
                or text.endswith("?")
                or not _FAMILY.search(text)
                or re.search(r"[.!]\s+\S", text)
            ):
                continue
            label = self.find((text[: told.start()] + text[told.end() :]).rstrip(" .") + "?")
            said = "No" if told["no"] else "Yes"
            own = Answer(((replace(line, items=(Span(said),)),),), answer.place or line.place)
            if label is not None and label.field in _TOLD_OF and not is_guidance(text):
                self.told.append((label.field, own))
            elif label is not None and label.slot in {"interpreter", "disability"} and self.people.block in {None, "child"}:
                self.people.pair(Pair(label, own, how="line", printed=text))

    def _loose(self, loose: Loose) -> None:
        """Words under no label: tick lists, a typed URGENT; the rest is furniture."""
        self._ticks(loose.answer, "")
        text = one_line(loose.answer.text)
        if len(text) < 120 and _URGENT.search(text):
            self.draft.add("referral.marked_urgent", found(True, text, loose.answer, Evidence(match="rule", how="line", block="guess")))
        self._sentences(loose.answer)
        if len(text) < 90 and (heading := find_heading(text)) and heading[0] not in {"body", "consent"} and text.endswith(":"):
            self.people.heading(Heading(text, heading[0], heading[1]))


_FEW = 3
_NEVER_OFFICE = frozenset("family given born gender ethnicity religion nhs upn identifier school disability subject unborn".split())
_MAY_NAME = frozenset({"narrative.other", "narrative.family"})


def _names_family(pair: Pair) -> Pair | None:
    """ "Any other family details", answered with names and what each is to the child and nothing else: a list of people."""
    text = one_line(clean(pair.answer))
    parts = [part for part in re.split(r"\s*(?:;|\n|\s&\s|\sand\s|\),)\s*", clean(pair.answer)) if part.strip()]
    if len(text) > 400 or not parts or not all(_ONE_OF_FAMILY.match(part.strip()) and RELATION.search(part) for part in parts):
        return None
    return replace(pair, label=Label(pair.printed, block="carer", slots=("name",), match="part"))


_ONE_OF_FAMILY = re.compile(r"^(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}\s*(?:\(|,|[-–])\s*[\w'’ /.,-]{2,40}\)?\.?$")
_TOLD = re.compile(r"\b(?:does|do|has|have|is|are|did)\b(?P<no>\s+not\b|n[o']t\b)?", re.IGNORECASE)
_BOTH = re.compile(r"[/|]\s*(?:(?:do|does|has|have|is|are|did|was|were|can|will)\s*)?n[o']t\b|\bnot?\s*[/|]", re.IGNORECASE)
"""Both halves of a choice still stand: nobody chose."""
_BY_WHOM = re.compile(r"^\W*(?:if (?:so|yes),?\s*)?(?:by|from|with) (?:whom|which (?:parent|carer|adult))\b", re.IGNORECASE)
_OF_HOLDERS = re.compile(r"\b(?:who|holders?|holds?)\b.*\bparental\s+(?:rights|responsibilit)", re.IGNORECASE)
_FAMILY = re.compile(
    r"\b(?:parents?|carers?|mother|father|mum|dad|famil(?:y|ies)|child(?:ren)?|young pe(?:rson|ople)|guardians?|they|s?he)\b", re.IGNORECASE
)
_TOLD_OF = frozenset({"consent.status", "consent.parents_aware", "consent.child_aware", "consent.sought"})


def _opens(pair: Pair, slot: str | None) -> str | None:
    """The block that words on a line of their own open, with nothing after them: "Subject", "Child / unborn", "Family members living in the household"."""
    if slot == "subject":
        return "child"
    label = pair.label
    closed = pair.printed.rstrip().endswith((":", "?"))
    return label.block if label is not None and slot in {"unborn", "in_household"} and not closed else None


_WHETHER = frozenset("yes no y n not known unknown applicable na don t dont know sure".split())


def _only_asks_whether(answer: Answer) -> bool:
    """Yes, No and Not known beside a service: whether it was ever involved, not who works there."""
    first = next((cell for cell in answer.cells if any(line.items for line in cell)), ())
    words = key(" ".join(line.text for line in first)).split()
    return bool(words) and set(words) <= _WHETHER and ticked(answer) is not None


def _assignment(says: str) -> tuple[str, str | bool]:
    path, _, value = (part.strip() for part in says.partition("="))
    return path, value == "true" if value in {"true", "false"} else value
