"""Answers in a reply's own words: beneath our questions, or by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.alike import squeezed
from models.contact import Contact
from models.contact_paper import ANSWER, ELSEWHERE, REFERENCE
from models.extraction import Gap, Source
from pipeline.route.asked_again import question_of

_NUMBER = re.compile(
    r"^[*_(\[]*(?:(?P<said>(?:q(?:uestion|n)?|ans(?:wer)?|#)[.:]?\s*#?)|no\.?\s*|a(?=\d))?(?P<number>\d{1,3})"
    r"(?(said)[*_]*(?:\s*[.):\]–-]+[*_]*|(?=\s)|$)|[*_]*(?:\s*[.):\]–-][*_]*(?!\d)|\t))\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^(?P<number>\d{1,3}) +(?P<rest>\S.*)$")
_INLINE = re.compile(
    r"(?:(?<=^)|(?<=\s))(?P<said>(?:q(?:uestion)?|a(?:ns(?:wer)?)?)[. ]?)?(?P<number>\d{1,3})(?P<mark>[.):])(?=\s+\S)", re.IGNORECASE
)
_MARKS = re.compile(r"^(?:[>|]\s?)+")
_HEADERS = re.compile(
    r"^(from|sent|to|cc|subject|date):\s|^on .{5,150}(wrote|writes):?\s*$|^-{2,} ?(original|forwarded) message|^_{10,}$|^-- ?$|^sent from my\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^((kind|best|warm|many)? ?(regards|wishes|thanks)|thanks|thank you|yours (sincerely|faithfully)|best)\W*$", re.IGNORECASE)
_BELOW = r"([,.;]? *(please )?(see|find)?( the| my| our)? ?(answers?|replies|information|details)? ?(is |are )?(below|attached|enclosed|as follows))?"
_POLITE = re.compile(
    rf"^(((hi|hello|hiya|dear|good (morning|afternoon|evening))( [^\W\d]+){{0,4}}|(please |here ).{{0,12}}(see|find|are|is)\b[^\d.]{{0,40}}|(many |with )?thanks?( you)?( very much)?"
    rf"( for (your|the) (e-?mail|letter|message|reply))?|(so |very )?sorry( about| for)? ?(the |any )?(gaps?|delay|late reply|inconvenience)?|apologies( for the \w+)?|as requested){_BELOW}"
    r"|(your |our )?ref(erence)?\b[ :.]*[\w-]+)\W*$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^(#+ .*|how to answer|what happens next|what would help us further|what we need to know)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `path` where it is for one place of the record, `number` where it answers a question, neither where nobody can tell.

    `reference` is the contact that a contact record says it belongs to.
    """

    words: str
    source: Source
    path: str | None = None
    number: int | None = None
    confidence: float = 0.9
    reference: str | None = None


def from_reply(body: str, contact: Contact, name: str) -> tuple[Answer, ...]:
    """The answers in a reply to one of our letters, in its new words or written beneath our questions in the quoted letter.

    New words that answer no question by number come last, as an answer that nobody placed.
    """
    asked = {gap.number: gap for gap in contact.gaps if gap.number is not None and gap.question}
    names = {
        f"{group}.{number}": frozenset(re.findall(r"[a-z]+", person.name.casefold()))
        for group in ("children", "people")
        for number, person in enumerate(getattr(contact.record, group))
    }
    found, loose = _walk(body, asked, names)
    answers = [
        Answer(words, Source(document=name, where=f"answer to question {number}", text=words), number=number, confidence=0.85)
        for number, words in found.items()
    ]
    rest = " ".join(" ".join(loose).split())
    if rest:
        answers.append(Answer("\n".join(loose).strip(), Source(document=name, where="the reply's own words", text=rest), confidence=0.5))
    return tuple(answers)


def from_paper(filled: Mapping[str, str], name: str) -> tuple[Answer, ...]:
    """The answers of a contact record that came back, by its tags (`models.contact_paper.read_answers`)."""
    return tuple(_of_tag(tag, words, name, filled.get(REFERENCE)) for tag, words in filled.items() if tag != REFERENCE)


def _of_tag(tag: str, words: str, name: str, reference: str | None) -> Answer:
    source = Source(document=name, where=f"contact record, place {tag}", text=words)
    if tag == ELSEWHERE:
        return Answer(words, Source(document=name, where="contact record, beside its places", text=words), confidence=0.5, reference=reference)
    number = tag.removeprefix(ANSWER)
    if tag.startswith(ANSWER) and number.isdigit():
        return Answer(words, source, number=int(number), confidence=0.9, reference=reference)
    return Answer(words, source, path=tag, confidence=0.98, reference=reference)


def _walk(body: str, asked: Mapping[int, Gap], names: Mapping[str, frozenset[str]]) -> tuple[dict[int, str], list[str]]:
    """Answers by number, and new words under no number. Our own words, quoted and perhaps wrapped anew, are passed over."""
    ours = _ours(asked.values())
    found: dict[int, list[str]] = {}
    loose: list[str] = []
    current: int | None = None
    in_quote = signed = False
    bare = _numbers_stand_bare(body, asked)
    for line, quoted in _one_answer_a_line(_lines(body), asked):
        in_quote = in_quote or _HEADERS.match(line) is not None
        numbered = _NUMBER.match(line) or (_BARE.match(line) if bare and not quoted else None)
        if numbered and int(numbered["number"]) in asked:
            current = int(numbered["number"])
            rest = _after_question(numbered["rest"], ours) if quoted else _strip_ours(numbered["rest"], ours)
            if rest:
                found.setdefault(current, []).append(rest)
        elif quoted and not _HEADERS.match(line):
            current = question_of(line, asked.values(), names) or current
            if current is not None and (rest := _after_question(line, ours)):
                found.setdefault(current, []).append(rest)
        elif _is_ours(line, ours) or _HEADERS.match(line):
            continue
        elif _ENDS.match(line) or _SIGNED.match(line):
            current, signed = None, _SIGNED.match(line) is not None
        elif current is not None:
            found.setdefault(current, []).append(line)
        elif not in_quote and not (signed and _is_signature(line)):
            loose.append(line)
    return {number: "\n".join(lines).strip() for number, lines in found.items()}, _worth_reading(loose)


def _numbers_stand_bare(body: str, asked: Mapping[int, Gap]) -> bool:
    """Whether a reply numbers its answers with nothing behind the number: then they are several, each one of ours, and they rise."""
    found = [match for line, quoted in _lines(body) if not quoted and (match := _BARE.match(line))]
    numbers = [int(match["number"]) for match in found]
    return len(numbers) > 1 and numbers == sorted(set(numbers)) and all(number in asked for number in numbers)


def _one_answer_a_line(lines: Iterable[tuple[str, bool]], asked: Mapping[int, Gap]) -> Iterator[tuple[str, bool]]:
    """Lines that answer several questions, "1) yes 3) no", broken before each number."""
    for line, quoted in lines:
        starts = [] if quoted else _answers_within(line, asked)
        ends = [*starts[1:], len(line)] if starts else []
        yield from (
            ((line[start:end].strip().rstrip(";,"), False) for start, end in zip(starts, ends, strict=True)) if len(starts) > 1 else ((line, quoted),)
        )


def _answers_within(line: str, asked: Mapping[int, Gap]) -> list[int]:
    """Where answers start in a line that begins with one: numbers of ours that rise.

    "She is 2. Lives with Mum" is no second answer: a number with a full stop counts behind a finished sentence, or as one of three and more.
    """
    found, last = [], 0
    for match in _INLINE.finditer(line):
        if int(match["number"]) in asked and int(match["number"]) > last:
            found.append(match)
            last = int(match["number"])
    if not found or found[0].start() != 0:
        return []
    many = len(found) > 2
    return [
        one.start() for one in found if many or one["said"] or one["mark"] != "." or not one.start() or line[: one.start()].rstrip()[-1] in ".;,!?)"
    ]


def _lines(body: str) -> Iterator[tuple[str, bool]]:
    """Each line that says something, without quotation marks, and whether it had any."""
    for line in body.splitlines():
        bare = _MARKS.sub("", line.strip())
        if bare.strip():
            yield bare.strip(), bare != line.strip()


def _is_signature(line: str) -> bool:
    """A line beneath a farewell that is no sentence: name, post, number."""
    return len(line) < 60 and line[-1] not in ".!?"


def _ours(gaps: Iterable[Gap]) -> str:
    """Every word of our questions, squeezed, to know them again however a mail program broke the lines."""
    texts = [f"{gap.question} Why we ask: {gap.why or ''}" for gap in gaps]
    return squeezed(" ".join(texts))


def _is_ours(line: str, ours: str) -> bool:
    letters = squeezed(line)
    return len(letters) >= 12 and letters in ours


def _strip_ours(text: str, ours: str) -> str:
    """What stands after our question on its own line; nothing when the line is only our question, or the first part of it."""
    about = re.sub(r"^About [^:]{1,80}: ", "", text)
    if _is_ours(about, ours):
        return ""
    cut = about.rfind("? ")
    while cut > 0:
        if _is_ours(about[: cut + 1], ours):
            return about[cut + 2 :].strip()
        cut = about.rfind("? ", 0, cut)
    return "" if about != text and len(squeezed(about)) < 12 else text.strip()


def _after_question(text: str, ours: str) -> str:
    """What somebody typed behind our question within the quoted letter itself; nothing unless the end of one of our questions stands before it."""
    about = re.sub(r"^About [^:]{1,80}: ", "", text)
    cut = about.find("? ")
    rest = about[cut + 2 :].strip() if cut > 0 else ""
    return rest if rest and squeezed(about[: cut + 1]) in ours and not _is_ours(rest, ours) and not rest.startswith("Why we ask") else ""


def _worth_reading(lines: list[str]) -> list[str]:
    """Loose words without greetings, thanks, excuses and our own reference."""
    return [line for line in lines if not _POLITE.match(line)]
