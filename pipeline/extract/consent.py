"""Consent: given, partial, refused, not sought; by an answer, a signature, a ticked statement, or the reason somebody wrote."""

from __future__ import annotations

import re
from datetime import date

from models.document import MarkState
from pipeline.extract.answers import Answer
from pipeline.extract.choices import Choice, read_choice, read_options, ticked
from pipeline.extract.contacts import clean
from pipeline.extract.draft import Draft, Evidence, Problem, found
from pipeline.extract.values.dates import parse_date
from pipeline.extract.values.words import is_unknown, parse_yes_no
from pipeline.extract.wording import key, one_line

_REFUSED = re.compile(
    r"\b(?:refus\w+|declin\w+|withheld|withdr\w+|does not (?:consent|agree)|did not (?:consent|agree)|do not (?:consent|agree)|not agreed|objects?|unwilling)\b",
    re.IGNORECASE,
)
_NOT_SOUGHT = re.compile(
    r"\b(?:not (?:been )?(?:sought|asked|requested|obtained|informed|contacted|spoken|told|discussed|possible|safe|appropriate)|unable to|could not|cannot be|can'?t|no contact|un-?contactable|not reach|(?:would|may|might|could) (?:place|put|increase)|"
    r"at (?:greater |further |increased )?risk|alert|tip(?:ped)? off|have not|has not|haven'?t|hasn'?t|without (?:consent|seeking|asking|informing))\b",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    r"\b(?:partial\w*|but (?:not|does not|did not|refus\w+|would not)|except|only (?:to|for|with)|only,? (?:and )?not|not to (?:share|her|his|their)|limited)\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"\b(?:given|gained|obtained|agree[sd]?|consent(?:s|ed|ing)?|verbal(?:ly)?|written|yes|happy|signed|full)\b", re.IGNORECASE)


_BOTH_STAND = re.compile(r"(has|have|is|are|do|does|did|was|were) \1 not")
"""Both halves of a choice with nothing marked: nobody chose."""
_SAID = {"consent.refused": "refused", "consent.not_sought": "not_sought", "consent.not_given": "none"}
"""What a tick beside a printed statement says."""

_PARENTS_SAY = re.compile(
    r"\b(?:agree[sd]?|consent(?:s|ed|ing)|do you consent|(?:do|does|did|will|would) (?!you\b|we\b|i\b)(?:\S+ ){1,5}consent|giv(?:e|es|en|ing)|gave|happy|willing|said|say)\b",
    re.IGNORECASE,
)
"""A question after what the parents decided. One after what the referrer holds ("consent obtained?") leaves open whether anybody asked them."""


def asks_the_parents(question: str) -> bool:
    """Does a question about consent ask what the parents decided, so that No is their answer?"""
    return bool(_PARENTS_SAY.search(question))


def read_consent(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    """Given, partial, refused, not sought; a bare No stays open until the reason has been read: "no" of the parents, "none" held by the referrer."""
    choice = read_choice(answer)
    words = clean(answer)
    own = _own_words(choice, answer)
    raw = own or " ".join(choice.chosen) or words
    if len(choice.chosen) > 1:
        draft.problems.append(Problem("consent.status", "unclear", "More than one answer about consent is marked."))
        return
    if not choice.chosen and _BOTH_STAND.fullmatch(key(words)):
        return
    if not raw or (choice.options and not choice.chosen) or is_unknown(raw):
        if raw and is_unknown(raw):
            draft.add("consent.status", found(None, raw, answer, seen))
        return
    beside = choice.rest if choice.how not in {"mark", "style", "deleted"} or len(choice.rest.split()) > 3 else ""
    status = _says(own) if own else _status_of(raw, beside)
    if status:
        held = "none" if status == "no" and field == "consent.obtained" else status
        draft.add("consent.status", found(held, raw, answer, seen))
    rest = "" if own else one_line(choice.rest)
    if status in {"no", "refused", "not_sought", "partial"} and len(rest.split()) > 2:
        draft.add("consent.reason", found(rest, rest, answer, seen))


def _own_words(choice: Choice, answer: Answer) -> str:
    """What was chosen; of options printed as words of their own ("Consent given", "Consent not sought"), the words of the marked one."""
    if choice.how in {"mark", "tick"} and all(parse_yes_no(option)[0] is None for option in choice.options):
        marked = [option.text for option in read_options(answer) if option.state is MarkState.ON and option.text]
        if len(marked) == 1 and len(marked[0].split()) < 16 and parse_yes_no(marked[0])[0] is None and _says(marked[0]) is not None:
            return marked[0]
    return ""


def read_not_given(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    """A tick on "Consent refused" or on "I have not gained consent"; the latter is open until the reason says which kind of no."""
    choice = read_choice(answer)
    answered = True if choice.how == "tick" else parse_yes_no(choice.chosen[0])[0] if len(choice.chosen) == 1 else ticked(answer)
    if answered:
        draft.add("consent.status", found(_SAID[field], clean(answer) or "ticked", answer, seen))


def _status_of(raw: str, rest: str) -> str | None:
    whole = f"{raw} {rest}"
    if re.match(r"^\W*partial", raw, re.IGNORECASE):
        return "partial"
    answered, _ = parse_yes_no(raw)
    if answered:
        return "partial" if _PARTIAL.search(rest) else "given"
    if key(raw) in {"tick", "full", "fully"}:
        return "given"
    if answered is False and not _REFUSED.search(whole) and not _NOT_SOUGHT.search(whole):
        return "no"
    return _says(whole)


def _says(words: str) -> str | None:
    """What words say of consent: a refusal before an omission, both before a yes."""
    if _REFUSED.search(words):
        return "refused"
    if _NOT_SOUGHT.search(words):
        return "not_sought"
    if _GIVEN.search(words):
        return "partial" if _PARTIAL.search(words) else "given"
    return None


def status_from_reason(reason: str) -> str | None:
    """What a written reason says of consent, when the question itself was answered No or not at all."""
    if _PARTIAL.search(reason) and _GIVEN.search(reason):
        return "partial"
    if _REFUSED.search(reason):
        return "refused"
    return "not_sought" if _NOT_SOUGHT.search(reason) else None


def read_signature(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    """A name under "I agree" is consent, and says whose; a printed statement with nobody's name is nothing."""
    if parse_yes_no(one_line(clean(answer)))[0] is not None or len(read_choice(answer).options) > 1:
        read_consent("consent.status", answer, seen, draft, today)
        return
    words = one_line(re.sub(r"\b(?:signed|signature|print(?:ed)? name|name|date)\b\s*:?", " ", clean(answer), flags=re.IGNORECASE))
    when = parse_date(words, today)
    name = when.rest if when else words
    if not key(name) and not ticked(answer):
        return
    if is_unknown(name) or _REFUSED.search(name):
        return
    draft.add("consent.status", found("given", name or "ticked", answer, seen))
    if name and len(name.split()) <= 4 and not _GIVEN.search(name):
        draft.add("consent.given_by", found(name, name, answer, seen))
