"""Ticks, circles and crossings-out: which of the printed options was chosen. Nothing marked is nothing chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from models.document import Control, Inline, Line, Mark, MarkState, Origin, Span
from pipeline.extract.answers import Answer

_GLYPH = re.compile(
    r"(?P<off>[☐□◻◯○❏❑⬜]|\[\s*\]|\(\s\))|(?P<on>[☑☒✓✔✗✘■⊠🗹]|\[\s*[xX✓✔]\s*\]|\(\s*[xX✓✔]\s*\))|(?P<x>(?<![\w'’/.-])[xX](?![\w'’/.-]))"
)
_ANSWER = re.compile(
    r"(?<![\w])(?:not\s+known|not\s+applicable|not\s+sure|don[’']?t\s+know|do\s+not\s+know|unknown|unsure|n/?a|n/?k|yes|no|partial(?:ly)?|full(?:y)?|refused|not\s+sought|declined|"
    r"female|male|girl|boy|prefer\s+not\s+to\s+say|unborn|indeterminate|non-?\s?binary|other|(?<=[ynmf]/)[ynmf]|(?<=[ynmf]\s/\s)[ynmf]|(?<=[ynmf]\s/)[ynmf]|[ynmf](?=\s*[/|\\]|\s*$|\s+[YNMF]\b|\s*[☐☒☑]))(?![\w'’])",
    re.IGNORECASE,
)
_DELETE = re.compile(r"\(?\s*\*?\s*(?:please\s+)?(?:delete|circle|tick|highlight|underline|select|choose|mark)\b[^)]*\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Option:
    """One printed option, and what its own box or its formatting says."""

    text: str
    state: MarkState = MarkState.OFF
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen among `options`, and what was written beside them. `how`: mark, style, deleted, typed, tick or nothing."""

    chosen: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    rest: str = ""
    how: str = "nothing"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str = ""
    state: MarkState = MarkState.OFF
    styled: frozenset[str] = frozenset()
    struck: bool = False


def _styles(span: Span) -> frozenset[str]:
    return frozenset(name for name in ("bold", "underline", "highlight") if getattr(span, name))


def _scopes(answer: Answer, *, words: bool) -> list[list[_Token]]:
    """Marks and words, line by line; an empty cell among others may be an empty box."""
    found: list[list[_Token]] = []
    for lines in answer.cells:
        inside = [tokens for line in lines if (tokens := _line_tokens(line, words=words))]
        if not inside and len(answer.cells) > 1:
            inside = [[_Token("mark")]]
        found.extend(inside)
    return found


def _line_tokens(line: Line, *, words: bool) -> list[_Token]:
    found: list[_Token] = []
    runs = _runs(line)
    for number, item in enumerate(runs):
        if isinstance(item, Mark):
            found.append(_Token("mark", item.label or "", MarkState.UNKNOWN if _hides_a_word(runs, number) else item.state))
        elif isinstance(item, Control):
            if item.value:
                found.extend(_text_tokens(item.value, frozenset(), False, words=words))
        elif not item.placeholder and item.text:
            found.extend(_text_tokens(item.text, _styles(item), item.strike, words=words))
    return found


def _hides_a_word(runs: list[Inline], number: int) -> bool:
    """Is this square on a scan a word with a frame about it? Then a stroke parts it from the next option: "▢ / No" was Yes, framed, or was it?"""
    item = runs[number]
    if not isinstance(item, Mark) or item.origin is not Origin.PIXELS:
        return False
    before, after = "".join(_said(other) for other in runs[:number]).strip(), "".join(_said(other) for other in runs[number + 1 :]).strip()
    return (not before and after.startswith(("/", "|"))) or (not after and before.endswith(("/", "|")))


def _said(item: Inline) -> str:
    return item.text if isinstance(item, Span) and not item.placeholder else ""


def _runs(line: Line) -> list[Inline]:
    """The items of a line, with neighbouring words of one style made one: files break them anywhere."""
    found: list[Inline] = []
    for item in line.items:
        last = found[-1] if found else None
        if (
            isinstance(item, Span)
            and isinstance(last, Span)
            and (_styles(item), item.strike, item.placeholder) == (_styles(last), last.strike, last.placeholder)
        ):
            found[-1] = replace(last, text=last.text + item.text)
        else:
            found.append(item)
    return found


def _text_tokens(text: str, styled: frozenset[str], struck: bool, *, words: bool) -> list[_Token]:
    found: list[_Token] = []
    start = 0
    for match in _GLYPH.finditer(text):
        found.extend(_word_tokens(text[start : match.start()], styled, struck, words=words))
        state = MarkState.OFF if match["off"] else MarkState.ON
        found.append(_Token("mark", state=state))
        start = match.end()
    found.extend(_word_tokens(text[start:], styled, struck, words=words))
    return found


def _word_tokens(text: str, styled: frozenset[str], struck: bool, *, words: bool) -> list[_Token]:
    if not text.strip(" \t\n/|\\,;:·-–"):
        return []
    if not words:
        return [_Token("option", text, styled=styled, struck=struck)]
    text = _DELETE.sub(" ", text)
    found: list[_Token] = []
    start = 0
    for match in _ANSWER.finditer(text):
        if between := text[start : match.start()].strip(" \t\n/|\\,;:·()*"):
            found.append(_Token("text", between, styled=styled, struck=struck))
        found.append(_Token("option", match.group(), styled=styled, struck=struck))
        start = match.end()
    if after := text[start:].strip(" \t\n/|\\,;:·()*"):
        found.append(_Token("text", after, styled=styled, struck=struck))
    return found


def read_choice(answer: Answer) -> Choice:
    """A closed question with options such as Yes, No, Not known, Male, Female."""
    scopes = _scopes(answer, words=True)
    tokens = [token for scope in scopes for token in scope]
    options = [token for token in tokens if token.kind == "option"]
    rest = " ".join(token.text for token in tokens if token.kind == "text" and not token.struck)
    names = tuple(token.text for token in options)
    marks = [token for token in tokens if token.kind == "mark"]
    if any(mark.state is MarkState.ON for mark in marks):
        chosen = tuple(token.text.strip() for token, state in _paired(scopes) if state is MarkState.ON)
        return Choice(chosen, names, rest, "mark") if chosen else Choice(("tick",), names, rest, "tick")
    if len(options) > 1:
        return _without_marks(tokens, options, names, rest)
    if options and not options[0].struck and not marks and _leads(tokens):
        return Choice((options[0].text,), names, rest, "typed")
    return Choice((), names, rest)


def _without_marks(tokens: list[_Token], options: list[_Token], names: tuple[str, ...], rest: str) -> Choice:
    if styled := _styled(options):
        return Choice((styled.text,), names, rest, "style")
    left = [token for token in options if not token.struck]
    if len(left) == 1:
        return Choice((left[0].text,), names, rest, "deleted")
    shown = [token for token in tokens if token.kind in {"option", "text"}]
    if _leads(tokens) and shown[1].kind == "text":
        words = " ".join(token.text for token in shown[1:])
        return Choice((options[0].text,), names, words, "typed")
    return Choice((), names, rest)


def _leads(tokens: list[_Token]) -> bool:
    first = next((token for token in tokens if token.kind in {"option", "text"}), None)
    return first is not None and first.kind == "option"


def _styled(options: list[_Token]) -> _Token | None:
    for style in ("highlight", "underline", "bold"):
        having = [token for token in options if style in token.styled and not token.struck]
        if len(having) == 1:
            return having[0]
    return None


def _paired(scopes: list[list[_Token]]) -> list[tuple[_Token, MarkState]]:
    """Every option with the state of its box. A line that has both settles its own; lines of boxes and lines of words go by their order."""
    found: list[tuple[_Token, MarkState]] = []
    waiting: list[_Token] = []
    for scope in scopes:
        shown = [token for token in scope if token.kind in {"mark", "option"}]
        kinds = {token.kind for token in shown}
        if len(kinds) == 2:
            found.extend(_pair(waiting))
            waiting = []
            found.extend(_pair(shown))
        else:
            waiting.extend(shown)
    found.extend(_pair(waiting))
    return found


def _pair(shown: list[_Token]) -> list[tuple[_Token, MarkState]]:
    """Boxes before or after their options, as the row begins; a lone box belongs to what it follows."""
    if not shown:
        return []
    step = -1 if shown[0].kind == "mark" else 1
    found = []
    for place, token in enumerate(shown):
        if token.kind != "option":
            continue
        near = place + step
        mark = shown[near] if 0 <= near < len(shown) and shown[near].kind == "mark" else None
        found.append((token, mark.state if mark else MarkState.OFF))
    return found


def read_options(answer: Answer) -> list[Option]:
    """An open list of options, each with its box: services, kinds of concern, ethnic groups."""
    scopes = [_joined(scope) for scope in _scopes(answer, words=False)]
    tokens = [token for scope in scopes for token in scope]
    if not any(token.kind == "mark" and token.state is MarkState.ON for token in tokens):
        styled = _styled([token for token in tokens if token.kind == "option"])
        return [
            Option(_clean(token.text), MarkState.ON if token is styled else MarkState.OFF, token.struck) for token in tokens if token.kind == "option"
        ]
    return [Option(_clean(token.text), state, token.struck) for token, state in _paired(scopes)]


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(" \t:;,-–|/")


def _joined(tokens: list[_Token]) -> list[_Token]:
    """Words of one option that the file broke into several runs, put together again."""
    found: list[_Token] = []
    for token in tokens:
        last = found[-1] if found else None
        if last is not None and token.kind == last.kind == "option" and (last.styled, last.struck) == (token.styled, token.struck):
            found[-1] = _Token("option", last.text + token.text, styled=token.styled, struck=token.struck)
        else:
            found.append(token)
    return found


def ticked(answer: Answer) -> bool | None:
    """A box with no options of its own: ticked, empty, or not a box at all."""
    marks = [token for scope in _scopes(answer, words=True) for token in scope if token.kind == "mark"]
    if not marks:
        return None
    return any(mark.state is MarkState.ON for mark in marks)


def unsure(answer: Answer) -> bool:
    """Is there a box whose state could not be made out?"""
    return any(token.kind == "mark" and token.state is MarkState.UNKNOWN for scope in _scopes(answer, words=True) for token in scope)


_SENTENCE = re.compile(r"\b(?P<verb>does|do|has|have|is|are|was|were)\b(?P<between>[\s/|*☐☒☑✓✔xX\u0000]*)\b(?P=verb)\s*n[o']t\b", re.IGNORECASE)


def read_sentence(line: Line) -> tuple[str, bool | None] | None:
    """`The child does / does not need an interpreter`: the sentence without its choice, and what was chosen; None for any other line."""
    pieces: list[tuple[str, object]] = []
    for item in line.items:
        if isinstance(item, Mark):
            pieces.append(("\u0000", item))
        elif isinstance(item, Span) and not item.placeholder:
            pieces.extend(_boxes_typed(item))
    text = "".join(words for words, _ in pieces)
    match = _SENTENCE.search(text) if len(text) < 300 else None
    if match is None:
        return None
    words = " ".join((text[: match.start()] + " " + text[match.end() :]).replace("\u0000", " ").split())
    return words, _chosen_half(pieces, match)


def _boxes_typed(span: Span) -> list[tuple[str, object]]:
    """Words with the boxes typed among them ("[X] is  [ ] is not") as boxes."""
    found: list[tuple[str, object]] = []
    start = 0
    for match in _GLYPH.finditer(span.text):
        if match["x"]:
            continue
        if match.start() > start:
            found.append((span.text[start : match.start()], replace(span, text=span.text[start : match.start()])))
        found.append(("\u0000", Mark(MarkState.OFF if match["off"] else MarkState.ON, span.origin)))
        start = match.end()
    return [*found, (span.text[start:], replace(span, text=span.text[start:]))] if start else [(span.text, span)]


def _chosen_half(pieces: list[tuple[str, object]], match: re.Match[str]) -> bool | None:
    """Which half of the choice stands: by its box, by the other being struck out, or by how it is set apart."""
    middle = match.end("verb")
    marks: list[tuple[int, Mark]] = []
    yes: list[Span] = []
    no: list[Span] = []
    start = 0
    for words, item in pieces:
        end = start + len(words)
        if isinstance(item, Mark):
            marks.append((start, item))
        elif isinstance(item, Span) and words.strip() and start < match.end() and end > match.start():
            (yes if start < middle else no).append(item)
            if start < middle < end and end > match.start("between") + 1:
                no.append(item)
        start = end
    on = [place for place, mark in marks if mark.state is MarkState.ON and match.start() - 4 <= place <= match.end() + 2]
    if len(on) == 1:
        leads = any(place < match.start() for place, _ in marks)
        return on[0] < match.start() if leads else on[0] < match.end() - 2
    return _by_style(yes, no)


def _by_style(yes: list[Span], no: list[Span]) -> bool | None:
    if not yes or not no or yes[0] is no[-1]:
        return None
    if yes[0].strike != no[-1].strike:
        return no[-1].strike
    for style in ("highlight", "underline", "bold"):
        if getattr(yes[0], style) != getattr(no[-1], style):
            return bool(getattr(yes[0], style))
    return None
