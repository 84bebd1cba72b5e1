"""Questions with a place of their own: consent, who knows, safety, history, the free-text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from models.document import Control, Mark, MarkState, Span
from pipeline.extract.answers import Answer, has_marks
from pipeline.extract.choices import read_choice, read_options, unsure
from pipeline.extract.consent import read_consent, read_not_given, read_signature
from pipeline.extract.contacts import clean
from pipeline.extract.draft import Draft, Evidence, Problem, found
from pipeline.extract.labels import find_statement
from pipeline.extract.printed import tells_what_to_do
from pipeline.extract.values.dates import parse_date
from pipeline.extract.values.words import is_nothing, is_unknown, parse_yes_no
from pipeline.extract.wording import key, one_line, tidy

_BOOLS = frozenset(
    [
        "consent.parents_aware",
        "consent.sought",
        "consent.child_aware",
        "safeguarding_lead.discussed",
        "safety.immediate_protection",
        "history.child_protection_plan",
        "history.looked_after",
        "history.earlier_assessment",
        "indicators.domestic_abuse",
        "indicators.mental_health",
        "indicators.substance_misuse",
        "indicators.learning_difficulties",
        "referral.child_protection",
        "referral.urgent",
        "consent.child_consent",
    ]
)
_NO_ORDERS = frozenset(
    {
        "consent.status",
        "consent.obtained",
        "consent.parents_aware",
        "history.allocated_worker",
        "safety.immediate_protection",
        "referral.type",
        "referral.child_protection",
    }
)
"""Questions beside which forms print advice; an order is no answer to them."""

_TOLD_INSTEAD = {
    "consent.child_aware": "narrative.child_views",
    "consent.parents_aware": "narrative.parent_views",
    "consent.sought": "consent.reason",
    "safety.immediate_protection": "narrative.harm",
}
"""Where words go that a yes/no question was answered with."""

_AWARE = re.compile(r"\b(?:aware|informed|discussed|knows?|told|agree[sd]?|happy|spoken|consent(?:ed|s)?|supports?|supportive)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|un(?:aware|informed)|without|never|refus\w+|declin\w+|n[o']t|isn'?t|hasn'?t|haven'?t|unable)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d/.])(\d{1,2}\s*½|\d{1,2}(?:\.\d)?)(?:\s*(?:/|out of)\s*10)?(?![\d/])")
_LEVELS = {"4": "child_protection", "3": "child_in_need", "2": "early_help"}


def read_question(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    """Puts an answer where its question says."""
    if unsure(answer) and not any(isinstance(item, Mark) and item.state is MarkState.ON for line in answer.lines for item in line.items):
        draft.problems.append(Problem(_public(field), "unclear", "A tick here could not be made out."))
    if field in _NO_ORDERS and tells_what_to_do(clean(answer)):
        return
    if field in _BOOLS:
        _yes_no(field, answer, seen, draft)
    elif reader := _READERS.get(field):
        reader(field, answer, seen, draft, today)
    elif field != "nothing":
        _text(field, answer, seen, draft)


def _public(field: str) -> str:
    return {
        "referral.child_protection": "referral.type",
        "referral.level": "referral.type",
        "consent.signature": "consent.status",
        "consent.not_given": "consent.status",
        "consent.obtained": "consent.status",
        "consent.refused": "consent.status",
        "consent.not_sought": "consent.status",
        "referral.urgent": "referral.marked_urgent",
    }.get(field, field)


def read_bool(answer: Answer, *, of_telling: bool = False) -> tuple[bool | None, str, str]:
    """A yes/no answer, the words it rests on, and the words beside it. Asked who was told or agreed (`of_telling`), people answer in a sentence too."""
    choice = read_choice(answer)
    text = clean(answer)
    if choice.how == "tick":
        return True, text or "ticked", choice.rest
    if len(choice.chosen) == 1:
        return parse_yes_no(choice.chosen[0])[0], choice.chosen[0], choice.rest
    if choice.chosen or choice.options:
        return None, "", choice.rest
    answered, rest = parse_yes_no(text)
    if of_telling and answered is None and text and not is_unknown(text) and len(text) < 200 and _AWARE.search(text):
        return (not _NOT.search(text)), text, text
    if answered is None and is_nothing(text):
        return False, text, ""
    return answered, text, rest


def _yes_no(field: str, answer: Answer, seen: Evidence, draft: Draft) -> None:
    choice = read_choice(answer)
    if len(choice.chosen) > 1:
        draft.problems.append(Problem(_public(field), "unclear", "More than one answer is marked here."))
        return
    answered, raw, rest = read_bool(answer, of_telling=field.startswith(("consent.", "safeguarding_lead.")))
    if field.startswith("indicators.") and (said := _when(answer)) is not None:
        answered, raw, rest = said, "ticked", ""
    if answered is None:
        if raw and is_unknown(raw):
            draft.add(field, found(None, raw, answer, seen))
        elif not field.startswith("referral.") and not choice.options and len(raw.split()) > 5:
            _text(_told_instead(field), answer, seen, draft)
        return
    if field == "referral.child_protection":
        if answered:
            draft.add("referral.type", found("child_protection", raw, answer, seen))
    elif field == "referral.urgent":
        if answered:
            draft.add("referral.marked_urgent", found(True, raw, answer, seen))
    elif field != "consent.child_consent":
        draft.add(field, found(answered, raw, answer, seen))
        _reason_beside(field, answered, rest, answer, seen, draft)


def _told_instead(field: str) -> str:
    return _TOLD_INSTEAD.get(field) or ("history.previous_involvement" if field.startswith("history.") else "narrative.other")


def _when(answer: Answer) -> bool | None:
    """Options that say when: Current, Past, Never. Only what is so now is so."""
    chosen = [option.text for option in read_options(answer) if option.state is MarkState.ON]
    if len(chosen) != 1:
        return None
    if re.match(r"^(?:never|none|past|previous\w*|histor\w+|not (?:now|present|current\w*))\b", chosen[0], re.IGNORECASE):
        return False
    return True if re.match(r"^(?:current\w*|present|ongoing|now|suspected|known)\b", chosen[0], re.IGNORECASE) else None


def _reason_beside(field: str, answered: bool, rest: str, answer: Answer, seen: Evidence, draft: Draft) -> None:
    """Words after "No -": why not. Words after "Yes -": about what was asked."""
    words = one_line(rest)
    if len(words.split()) < 2:
        return
    if field in {"consent.parents_aware", "consent.sought"} and not answered:
        draft.add("consent.reason", found(words, words, answer, seen))
    elif field in {"history.child_protection_plan", "history.looked_after", "history.earlier_assessment"} and answered and len(words.split()) > 2:
        draft.add("history.previous_involvement", found(words, words, answer, seen))


def _date(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    text = one_line(clean(answer))
    when = parse_date(text, today) if text else None
    if when is None:
        return
    if when.iso is None:
        draft.problems.append(Problem("referral.date", "invalid", "The date of the referral is not a date that exists."))
        return
    draft.add(field, found(when.iso, text, answer, seen))


def _level(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    options = [option.text for option in read_options(answer) if option.state is MarkState.ON]
    text = one_line(" ".join(options) if options else clean(answer))
    match = re.search(r"\b([234])\b", text)
    if match and len(text) < 120 and not re.search(r"\b3\s*(?:/|or|and|-)\s*4\b", text):
        draft.add("referral.type", found(_LEVELS[match[1]], text, answer, seen))
    else:
        _kind(field, answer, seen, draft, today)


def _kind(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    """The kind of referral, from the option chosen or the words written."""
    options = read_options(answer)
    chosen = [option.text for option in options if option.state is MarkState.ON]
    text = one_line(clean(answer))
    if not chosen and len(options) < 2 and len(text) < 80:
        chosen = [text]
    for words in chosen:
        if (says := find_statement(words)) and says[0] == "referral.type":
            draft.add("referral.type", found(says[1], words, answer, seen))
    if not chosen and _story(clean(answer)):
        _text("narrative.reason", answer, seen, draft)


def _story(text: str) -> bool:
    """Words that somebody wrote, rather than a list of printed options."""
    lines = text.split("\n")
    return len(text.split()) > 8 and (len(lines) == 1 or any(len(line.split()) > 20 or line.rstrip().endswith(".") for line in lines))


def _scale(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    """A rating; where several people scored, the worker's own comes first."""
    if styled := _marked_digit(answer):
        draft.add("safety.scale", found(styled, str(styled), answer, seen))
        return
    lines = [line for line in clean(answer).split("\n") if line.strip()]
    scored = [
        (line, float(match[1].replace("½", ".5").replace(" ", "")))
        for line in lines
        if len(line) < 120 and (match := _NUMBER.search(line)) and len(_NUMBER.findall(line)) == 1
    ]
    scored = [(line, score) for line, score in scored if 0 <= score <= 10]
    if not scored:
        return
    own = [pair for pair in scored if re.search(r"\b(?:worker|referrer|professional|practitioner|school|my|our|me|i)\b", pair[0], re.IGNORECASE)]
    line, score = (own or scored)[0]
    draft.add("safety.scale", found(int(score) if score == int(score) else score, line, answer, seen))


def _marked_digit(answer: Answer) -> float | int | None:
    chosen = [option.text for option in read_options(answer) if option.state is MarkState.ON and re.fullmatch(r"\d{1,2}(?:\.5)?", option.text)]
    if len(chosen) != 1 and len(answer.lines) == 1:
        spans = [item for item in answer.lines[0].items if isinstance(item, Span) and item.text.strip()]
        styled = [
            item.text.strip() for item in spans if (item.bold or item.highlight or item.underline) and re.fullmatch(r"\s*\d{1,2}\s*", item.text)
        ]
        chosen = styled if len(spans) > 1 else []
    return (float(chosen[0]) if "." in chosen[0] else int(chosen[0])) if len(chosen) == 1 else None


def _several(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    """One question about several kinds of concern: only ticks on named options say which."""
    for option in read_options(answer):
        if option.state is MarkState.ON and (says := find_statement(option.text)) and says[0].startswith("indicators."):
            draft.add(says[0], found(True, option.text, answer, seen))
    if _story(clean(answer)) and not has_marks(answer.lines):
        _text("narrative.other", answer, seen, draft)


def _worker(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    text = one_line(clean(answer))
    answered, rest = parse_yes_no(text)
    words = rest if answered else text
    if answered is False or not words or is_unknown(text) or is_nothing(text) or read_choice(answer).options:
        return
    draft.add(field, found(words, text, answer, seen))


def _involvement(field: str, answer: Answer, seen: Evidence, draft: Draft, today: date) -> None:
    choice = read_choice(answer)
    text = clean(answer)
    if choice.options and not choice.chosen:
        return
    if choice.chosen and choice.how != "typed":
        answered, _ = parse_yes_no(choice.chosen[0])
        text = (
            (f"Yes: {choice.rest}" if choice.rest else "Yes")
            if answered
            else choice.rest
            if answered is False and len(choice.rest.split()) > 2
            else ""
        )
    if text and not is_unknown(text) and key(text) not in {"no", "n"} and not is_nothing(text):
        draft.add(field, found(tidy(text), text, answer, seen))


def _text(field: str, answer: Answer, seen: Evidence, draft: Draft) -> None:
    text = prose(answer)
    if not text or _only_options(answer, text):
        return
    if is_unknown(text) or (is_nothing(text) and not field.startswith("safety.")):
        draft.add(field, found(None, text, answer, seen))
        return
    draft.add(field, found(text, text, answer, seen))


_OPTION = re.compile(r"\b(?:yes|no|y|n|not|known|unknown|don['’]?t|know|n/?a|applicable|sure|unsure|x)\b|[☐☒☑✓✔/|\W]", re.IGNORECASE)


def _only_options(answer: Answer, text: str) -> bool:
    """Yes, No and Don't know with boxes, under a question that was taken to want a story: none was written."""
    return len(text) < 60 and not _OPTION.sub("", text) and (has_marks(answer.lines) or len(read_choice(answer).options) > 1)


def prose(answer: Answer) -> str:
    """Free text as written: lines that only the width of the page broke are one again."""
    text = clean(answer)
    if any(isinstance(item, Control) for line in answer.lines for item in line.items):
        return text
    joined: list[str] = []
    for line in text.split("\n"):
        if joined and len(joined[-1]) > 40 and not re.search(r"[.!?:;][\"”')\]]*$", joined[-1]) and re.match(r"[a-z(\"“']", line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


_Reader = Callable[[str, Answer, Evidence, Draft, date], None]
_READERS: dict[str, _Reader] = {
    "consent.status": read_consent,
    "consent.not_given": read_not_given,
    "consent.obtained": read_consent,
    "consent.refused": read_not_given,
    "consent.not_sought": read_not_given,
    "consent.signature": read_signature,
    "referral.date": _date,
    "referral.date_phone": _date,
    "referral.date_assessment": _date,
    "referral.level": _level,
    "referral.type": _kind,
    "safety.scale": _scale,
    "indicators.several": _several,
    "history.allocated_worker": _worker,
    "history.previous_involvement": _involvement,
}
