"""Where one sentence ends and the next begins, in text as people type it into a form.

Lines and bullets first, then full stops, never inside a quotation that closes, and never after an abbreviation. Everything is offsets; no character is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

MAX_CHARS = 1200
"""A longer stretch is cut at a clause or, failing that, at a space: nobody reads a label over a page of text."""

_ABBREVIATIONS = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "prof",
        "rev",
        "st",
        "rd",
        "ave",
        "approx",
        "appt",
        "appts",
        "ref",
        "tel",
        "ext",
        "no",
        "nos",
        "vs",
        "v",
        "eg",
        "e.g",
        "ie",
        "i.e",
        "cf",
        "al",
        "dept",
        "govt",
        "sgt",
        "pc",
        "insp",
        "supt",
        "cllr",
        "hon",
        "jr",
        "sr",
        "re",
        "yr",
        "yrs",
        "mth",
        "mths",
        "wk",
        "wks",
        "hr",
        "hrs",
        "min",
        "mins",
        "sec",
        "approx",
        "incl",
        "excl",
        "esp",
        "poss",
        "prob",
        "pt",
        "pts",
        "fig",
        "vol",
        "d.o.b",
        "a.k.a",
        "c/o",
    ]
)
_BULLET = re.compile(r"[ \t]*(?:[-–—*•●▪◦·‣➢►✓>o]|\(?(?:\d{1,2}|[ivx]{1,4})[.)]|\(?[a-zA-Z]\))[ \t]+(?=\S)")
_INLINE_BULLET = re.compile(r"\s[•●▪◦‣➢►]\s*")
_DATED = re.compile(r"(?<=\s)(?=\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\s*(?:@?\s*\d{1,2}[:.]?\d{2}\s*(?:hrs?)?\s*)?[-–:]\s)")
_STOP = re.compile(r"([.!?…]+)([\"”’')\]]*)(\s+|(?=[A-Z][a-z]))")
_FUNCTION_WORD = re.compile(
    r"(?:\b(?:the|a|an|of|to|and|or|with|in|on|at|for|by|from|was|is|are|were|has|had|have|that|which|who|his|her|their|my|our|this|be|been|as|not)|,)$",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"[.!?…:;][\"”’')\]]*$")
_CUT = re.compile(r"(?:;|,| -| –) | (?=(?:and then|and|but|then|because) )")


def split(text: str) -> list[Span]:
    """Offsets of every sentence, in order; white space and bullet signs lie between them."""
    found: list[Span] = []
    for start, end in _paragraphs(text):
        for first, last in _sentences(text, start, end):
            found.extend(_within_limit(text, first, last))
    return found


def _paragraphs(text: str) -> Iterator[Span]:
    """Lines, with those joined again that were only wrapped to fit a page."""
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n\r\v\f\u2028\u2029]+", text)]
    width = max((end - start for start, end in lines), default=0)
    begun: int | None = None
    for (start, end), following in zip(lines, [*lines[1:], None], strict=False):
        if not text[start:end].strip():
            continue
        begun = start if begun is None else begun
        if following is None or not _wrapped(text, (start, end), following, width):
            yield begun, end
            begun = None
    if begun is not None and lines:
        yield begun, lines[-1][1]


def _wrapped(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether a line only ran out of room: the next goes on in its middle."""
    between = text[line[1] : following[0]]
    here, there = text[line[0] : line[1]].rstrip(), text[following[0] : following[1]]
    if between.replace("\r\n", "\n").count("\n") > 1 or not there.strip() or _BULLET.match(there) or _TERMINAL.search(here):
        return False
    if re.match(r"\s*\d{1,2}[/.:]\d", there):
        return False
    long = line[1] - line[0] >= 0.7 * width
    if _FUNCTION_WORD.search(here):
        return long or there.lstrip()[0].islower()
    if there.lstrip()[0].islower():
        return long and width >= 40
    return width >= 60 and line[1] - line[0] >= 0.85 * width and len(there) > 1 and not here.isupper() and _lines_fill(text)


def _lines_fill(text: str) -> bool:
    """Whether the text's lines mostly run to one width, as wrapped text does."""
    lengths = [len(line) for line in text.splitlines() if line.strip()]
    return len(lengths) >= 3 and sum(length >= 0.7 * max(lengths) for length in lengths) >= 0.5 * len(lengths)


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    bullet = _BULLET.match(text, start, end)
    begun = bullet.end() if bullet else start
    quoted = quotations(text, begun, end)
    cuts = sorted({*_stops(text, begun, end, quoted), *_marks(text, begun, end, quoted)})
    for cut in [*cuts, end]:
        span = _trim(text, begun, cut)
        if span is not None:
            yield span
            begun = cut


def _stops(text: str, start: int, end: int, quoted: list[Span]) -> Iterator[int]:
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, start, match, quoted):
            yield match.end(2)


def _marks(text: str, start: int, end: int, quoted: list[Span]) -> Iterator[int]:
    for pattern in (_INLINE_BULLET, _DATED):
        for match in pattern.finditer(text, start, end):
            if not any(first < match.start() < last for first, last in quoted):
                yield match.start()


def _ends_sentence(text: str, start: int, match: re.Match[str], quoted: list[Span]) -> bool:
    after = text[match.end() : match.end() + 1]
    if any(first < match.start() and match.end(2) < last for first, last in quoted):
        return False
    if match[2] and after.islower():
        return False
    before = text[max(start, match.start() - 24) : match.start()]
    if match[1] == "?" and (not before or before[-1].isspace()):
        return False
    if match[1] != ".":
        return not (match[1].startswith((".", "…")) and after.islower())
    word = re.split(r"[\s(\"'“‘/-]", before)[-1]
    if not match[3]:
        return len(word) > 1 and word[-1].islower() and "." not in word and "@" not in word and word.lower() not in ("www", "http")
    return not _is_abbreviation(word, after)


def _is_abbreviation(word: str, after: str) -> bool:
    lower = word.lower()
    if lower in ("no", "nos", "v", "re", "sec", "min"):
        return after.isdigit() or (lower == "v" and after.isupper())
    if lower in ("yr", "yrs", "mth", "mths", "wk", "wks", "hr", "hrs", "mins", "appt", "appts", "st", "rd", "ave", "pt", "pts"):
        return not after.isupper() or lower in ("st", "pt")
    if lower in _ABBREVIATIONS:
        return True
    if len(word) == 1 and word.isalpha():
        return word.isupper() and word != "I" and after.isupper()
    return bool(re.fullmatch(r"(?:[a-z]\.)+[a-z]", lower)) and not after.isupper()


def quotations(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of quotations, marks included, that open and close within the stretch."""
    end = len(text) if end is None else end
    found: list[Span] = []
    pattern = re.compile(r"“[^”“]{1,900}[”\"]|(?<![\w\"])\"[^\"“]{1,900}\"|(?<![\w'’])[‘'](?=[\w£?.])(?:[^\n\"“”]{1,400}?)(?<=[\w.!?,…])['’](?![\w])")
    for match in pattern.finditer(text, start, end):
        if match[0][0] in "‘'" and not _is_quotation(match[0]):
            continue
        found.append(match.span())
    return found


def _is_quotation(text: str) -> bool:
    """A stretch between single marks, told from a plural's apostrophe: it is short, or ends like a sentence."""
    return len(text) <= 160 or text[-2] in ".!?,"


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in "•●▪◦‣➢►"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if any(char.isalnum() for char in text[start:end]) else None


def _within_limit(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > MAX_CHARS:
        cuts = [match.end() for match in _CUT.finditer(text, start + MAX_CHARS // 2, start + MAX_CHARS)]
        space = text.rfind(" ", start + MAX_CHARS // 2, start + MAX_CHARS)
        cut = cuts[-1] if cuts else space if space > 0 else start + MAX_CHARS
        span = _trim(text, start, cut)
        if span is not None:
            yield span
        start = cut
    span = _trim(text, start, end)
    if span is not None:
        yield span
