"""Boxes about a person: what each kind of box may hold, told apart by the shape of what was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from models.document import MarkState
from pipeline.extract.answers import Answer
from pipeline.extract.choices import read_choice, read_options, ticked
from pipeline.extract.contacts import (
    Value,
    clean,
    contacts_in,
    read_address,
    read_contact,
    read_email,
    read_identifier,
    read_phone,
    read_postcode,
    read_school_gp,
    unknown,
    without_contacts,
)
from pipeline.extract.labels import Label, is_guidance
from pipeline.extract.lexicon import lexicon
from pipeline.extract.values import numbers
from pipeline.extract.values.dates import parse_age, parse_born, parse_date
from pipeline.extract.values.ethnicity import NOT_STATED, code_label, ethnicity_code
from pipeline.extract.values.words import is_nothing, is_placeholder, is_unknown, parse_gender, parse_yes_no
from pipeline.extract.wording import key, one_line, tidy


def read_slots(label: Label, answer: Answer, today: date) -> list[Value]:
    """Everything a box says. An explicit unknown is a value of None; an empty box is nothing."""
    slots = label.slots
    if len(slots) > 1:
        return _combined(slots, answer, today)
    slot = slots[0]
    if reader := _READERS.get(slot):
        return reader(slot, answer, today)
    return _text(slot, answer)


def _text(slot: str, answer: Answer) -> list[Value]:
    text = clean(answer)
    if not text:
        return []
    if is_unknown(text) or is_nothing(text):
        return unknown(slot, text)
    return [Value(slot, one_line(text), text, "free")]


def _born(slot: str, answer: Answer, today: date) -> list[Value]:
    text = clean(answer)
    if not text:
        return []
    if is_unknown(text):
        return unknown("born", text)
    born = parse_born(one_line(text), today, due_label=slot == "edd")
    if born.problem:
        return [Value("born", None, text, "odd", born.problem)]
    found: list[Value] = []
    if born.date_of_birth:
        found.append(Value("date_of_birth", born.date_of_birth, text, "odd" if born.swapped else "fits"))
    if born.expected:
        found.append(Value("expected_delivery_date", born.expected, text))
    if born.age is not None:
        found.append(Value("age", born.age, text))
    if born.estimated:
        found.append(Value("estimated", True, text))
    if born.unborn:
        found.append(Value("unborn", True, text))
    return found or [Value("born", None, text, "odd")]


_IF_ESTIMATED = re.compile(r"\(?\s*(?:please\s+)?(?:tick )?if (?:age )?(?:is )?(?:an )?estimated?\b.*", re.IGNORECASE | re.DOTALL)


def _age(slot: str, answer: Answer, today: date) -> list[Value]:
    whole = clean(answer)
    text = _IF_ESTIMATED.sub("", whole).strip()
    if text != whole and ticked(answer):
        return [*_age_words(text), Value("estimated", True, whole)]
    if not text:
        return []
    if re.search(r"\d\s*[/.-]\s*\d|\b(?:19|20)\d\d\b|unborn|edd|due", text, re.IGNORECASE):
        return _born("born", answer, today)
    return _age_words(text)


def _age_words(text: str) -> list[Value]:
    age, _ = parse_age(text)
    if is_unknown(text) or age is None or age > 110:
        return unknown("age", text)
    return [Value("age", age, text)]


def _gender(slot: str, answer: Answer, today: date) -> list[Value]:
    choice = read_choice(answer)
    text = clean(answer)
    chosen = choice.chosen[0] if len(choice.chosen) == 1 else ""
    word = key(chosen or ("" if choice.options else text))
    if "unborn" in word:
        return [Value("unborn", True, text)]
    gender = parse_gender(word)
    if gender is None and chosen and word in {"unknown", "not known"} and choice.how in {"mark", "style"}:
        gender = "unknown"
    if gender:
        return [Value("gender", gender, chosen or text)]
    return unknown("gender", text) if text and not choice.options and is_unknown(text) else []


def _ethnicity(slot: str, answer: Answer, today: date) -> list[Value]:
    options = read_options(answer)
    chosen = [option for option in options if option.state is MarkState.ON and option.text]
    text = one_line(chosen[0].text) if len(chosen) == 1 else ""
    if not chosen:
        text = one_line(clean(answer))
        if not text or len(options) > 3:
            return []
    if not text:
        return []
    code = ethnicity_code(text)
    if is_unknown(text) or code in NOT_STATED:
        return unknown("ethnicity", text)
    found = [Value("ethnicity", text.rstrip("*"), text, "fits" if code else "free")]
    if code and code_label(code):
        found.append(Value("ethnicity_code", code, text))
    return found


def _chosen_text(slot: str, answer: Answer, today: date) -> list[Value]:
    options = read_options(answer)
    chosen = [option.text for option in options if option.state is MarkState.ON and option.text and not option.struck]
    if chosen and len(options) > 1:
        return unknown(slot, chosen[0]) if is_unknown(chosen[0]) or key(chosen[0]) == "not given" else [Value(slot, chosen[0], chosen[0])]
    text = clean(answer)
    if slot == "religion" and is_nothing(text):
        return [Value(slot, one_line(text), text)]
    return _text(slot, answer)


def _yes_no(slot: str, answer: Answer, today: date) -> list[Value]:
    choice = read_choice(answer)
    text = clean(answer)
    if choice.how == "typed" and is_unknown(text):
        return unknown(slot, text)
    if choice.how == "tick":
        return [Value(slot, True, text or "ticked")]
    if len(choice.chosen) > 1:
        return [Value(slot, None, text, "odd", "more than one answer is marked")]
    if choice.chosen:
        answered, _ = parse_yes_no(choice.chosen[0])
        if answered is None:
            return unknown(slot, choice.chosen[0])
        return [Value(slot, answered, choice.chosen[0]), *_details(slot, choice.rest)]
    if choice.options or not text:
        return []
    answered, rest = parse_yes_no(text)
    if answered is not None:
        return [Value(slot, answered, text), *_details(slot, rest)]
    if is_unknown(text):
        return unknown(slot, text)
    return _words_for_yes(slot, text)


def _details(slot: str, rest: str) -> list[Value]:
    if (
        slot != "disability"
        or len(rest) < 3
        or is_placeholder(rest)
        or is_unknown(rest)
        or key(rest) in {"details", "please specify", "if yes", "if so"}
        or is_guidance(rest)
    ):
        return []
    return [Value("disability_details", one_line(rest), rest, "free")]


def _words_for_yes(slot: str, text: str) -> list[Value]:
    """A yes/no box answered in other words."""
    if is_nothing(text):
        return [Value(slot, False, text)]
    if slot == "disability":
        return [Value("disability", True, text, "free"), Value("disability_details", one_line(text), text, "free")]
    if slot == "interpreter" and len(text) < 60:
        return [Value(slot, True, text, "free")]
    return unknown(slot, text)


def _pr(slot: str, answer: Answer, today: date) -> list[Value]:
    return _yes_no("parental_responsibility", answer, today)


def _household(slot: str, answer: Answer, today: date) -> list[Value]:
    found = _yes_no("in_household", answer, today)
    text = clean(answer)
    if found and found[0].value is False and numbers.POSTCODE.search(text):
        _, rest = parse_yes_no(text)
        found.extend(read_address("address", Answer(answer.cells, answer.place), today, rest))
    return found


def _subject(slot: str, answer: Answer, today: date) -> list[Value]:
    choice = read_choice(answer)
    if len(choice.options) > 1:
        said = parse_yes_no(choice.chosen[0])[0] if len(choice.chosen) == 1 else None
        return [Value("subject", said, choice.chosen[0])] if said is not None else []
    mark = ticked(answer)
    if mark is not None:
        return [Value("subject", True, "ticked")] if mark else []
    text = answer.text
    if not text.strip(" *") and "*" not in text:
        return []
    answered, _ = parse_yes_no(text)
    return [Value("subject", answered if answered is not None else text.strip() == "*", text)]


def _unborn(slot: str, answer: Answer, today: date) -> list[Value]:
    mark = ticked(answer)
    found = _yes_no("unborn", answer, today) if mark is None or mark else []
    return [value for value in found if value.value]


def _date(slot: str, answer: Answer, today: date) -> list[Value]:
    text = clean(answer)
    if not text:
        return []
    when = parse_date(one_line(text), today)
    if when is None:
        return []
    return [Value("date", when.iso, text)] if when.iso else [Value("date", None, text, "odd", "this is not a date that exists")]


def _estimated(slot: str, answer: Answer, today: date) -> list[Value]:
    return [Value("estimated", True, "ticked")] if ticked(answer) or parse_yes_no(clean(answer))[0] else []


def _nothing(slot: str, answer: Answer, today: date) -> list[Value]:
    return []


def _combined(slots: tuple[str, ...], answer: Answer, today: date) -> list[Value]:
    """Several kinds in one box: each shape takes its own, the words left over go to the first kind that takes words."""
    text = clean(answer)
    if not text or is_unknown(text):
        return unknown(slots[0], text) if text else []
    if set(slots) <= {"nhs", "upn", "identifier"}:
        return read_identifier("identifier", answer, today)
    if set(slots) <= {"born", "age", "edd"}:
        return _born("born", answer, today)
    if set(slots) == {"school", "gp"}:
        return read_school_gp("school_gp", answer, today)
    found: list[Value] = []
    if {"phone", "email", "contact"} & set(slots):
        found += contacts_in(text)
        text = tidy(without_contacts(text))
    if {"born", "age", "edd"} & set(slots) and not (born := parse_born(one_line(text), today)).empty:
        found += [value for value in _born("born", answer, today) if value.value is not None]
        text = tidy(born.rest)
    return found + _words_left(slots, text, today)


def _words_left(slots: tuple[str, ...], text: str, today: date) -> list[Value]:
    wordy = [slot for slot in slots if slot not in {"phone", "email", "contact", "born", "age", "edd", "nhs", "upn", "postcode"}]
    parts = [part.strip(" ,;") for part in re.split(r"\n|;|\s[-–/|]\s|,\s" if "address" not in wordy else r"\n|;", text) if part.strip(" ,;")]
    if not wordy or not parts:
        return []
    if len(parts) <= len(wordy) and wordy != ["address"]:
        pairs = list(zip(wordy, parts, strict=False))
    else:
        pairs = (
            [(wordy[0], parts[0]), *((wordy[-1], ", ".join(parts[1:])) for _ in range(1) if len(wordy) > 1)]
            if "address" not in wordy
            else [("address", ", ".join(parts))]
        )
    found = []
    for slot, words in pairs:
        found.extend(read_address(slot, Answer(), today, words) if slot == "address" else [Value(slot, words, words, "free")])
    return found


def same_as(text: str) -> str | None:
    """ "As child", "as above": where the value is to be taken from; None for anything else."""
    words = key(re.sub(r"\(.*?\)", " ", text))
    if words in lexicon().as_child:
        return "child"
    return "above" if words in lexicon().as_above or text.strip() in {'"', "''", "“", "”", "〃"} else None


_Reader = Callable[[str, Answer, date], list[Value]]
_READERS: dict[str, _Reader] = {
    "born": _born,
    "edd": _born,
    "age": _age,
    "age_estimated": _estimated,
    "gender": _gender,
    "ethnicity": _ethnicity,
    "religion": _chosen_text,
    "language": _chosen_text,
    "interpreter": _yes_no,
    "disability": _yes_no,
    "pr": _pr,
    "in_household": _household,
    "subject": _subject,
    "unborn": _unborn,
    "nhs": read_identifier,
    "upn": read_identifier,
    "identifier": read_identifier,
    "phone": read_phone,
    "email": read_email,
    "contact": read_contact,
    "address": read_address,
    "address_phone": read_address,
    "previous_address": read_address,
    "postcode": read_postcode,
    "school_gp": read_school_gp,
    "date": _date,
    "year_group": _nothing,
    "nothing": _nothing,
    "title": _nothing,
    "address_other": _nothing,
}
