"""The small pattern language of the term files, compiled to regular expressions over a line of words.

A sentence is matched as its words in lower case, each followed by one space, quotation marks and inner hyphens left out.
A pattern is a row of pieces with a space between them:

    word        that word                    word*  *word   words that begin or end so
    word+       every form of the verb       #              a number
    (a|b c|d+)  one of these                 piece?         may be absent
    ~3          up to three words            $name          a list of the lexicon
    ^           only at the sentence's start #<90 #10+ #year  a number below, a number of two digits and more, a year

Every pattern knows its anchors, the words of which one must be there, so that a sentence tries only the patterns it could match.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

_GAP = r"(?:(?![;.!?] |but )[^ ]+ ){0,%s}?"
_NUMBER = r"[0-9][^ ]* "
_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "is",
        "was",
        "are",
        "were",
        "be",
        "been",
        "has",
        "had",
        "have",
        "he",
        "she",
        "his",
        "her",
        "him",
        "they",
        "them",
        "their",
        "it",
        "i",
        "we",
        "my",
        "our",
        "for",
        "with",
        "by",
        "from",
        "that",
        "this",
        "not",
        "no",
        "any",
        "or",
        "as",
        "who",
        "do",
        "does",
        "did",
        "up",
        "out",
        "off",
        "all",
        "me",
        "you",
        "mum",
        "dad",
        "mother",
        "father",
        "s",
        "'s",
        "n't",
        "said",
        "says",
        "about",
    ]
)


_Built = tuple[str, frozenset[str], bool]
"""A piece as regular expression, its anchors, and whether it must be there."""

_AS_READ = (
    (r"\bca n't", "can n't"),
    (r"\bwo n't", "will n't"),
    (r"\bcannot\b", "can not"),
    (r"\b(gon|wan)na\b", r"\1 na"),
    (r"\b(\d\d?)(am|pm)\b", r"\1 \2"),
)
"""Spellings that the words of a sentence never have, and how they stand there: a pattern may be written either way."""


_ODD = re.compile("|".join(written for written, _ in _AS_READ))


class PatternError(ValueError):
    """A pattern that does not follow the rules above."""


@dataclass(frozen=True)
class Lexicon:
    """Named lists of words, and the forms of verbs that do not follow the rule."""

    lists: Mapping[str, tuple[str, ...]]
    irregular: Mapping[str, tuple[str, ...]]
    built: dict[str, _Built] = field(default_factory=dict, compare=False, repr=False)
    """Pieces compiled before: the same lists and words stand in many patterns."""

    def forms(self, verb: str) -> tuple[str, ...]:
        """Every form of a verb: `slap` gives slap, slaps, slapped, slapping."""
        if verb in self.irregular:
            return (verb, *self.irregular[verb])
        if verb.endswith("e"):
            return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
        if verb.endswith("y") and verb[-2] not in "aeiou":
            return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
        if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb):
            return (verb, third, verb + verb[-1] + "ed", verb + verb[-1] + "ing", verb + "ed", verb + "ing")
        return (verb, third, verb + "ed", verb + "ing")


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern. `anchors` are words, or beginnings of words that end in `*`; empty when nothing can be relied on."""

    source: str
    expression: str
    anchors: frozenset[str]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when first needed: most sentences need few of the hundreds."""
        return re.compile(self.expression)


def compile_pattern(source: str, lexicon: Lexicon) -> Pattern:
    """Compile, or raise PatternError with the piece that is wrong."""
    spelt = source
    if _ODD.search(source):
        for written, read in _AS_READ:
            spelt = re.sub(written, read, spelt)
    pieces = _pieces(spelt)
    if not pieces:
        raise PatternError("the pattern is empty")
    start = r"\^ " if pieces[0] == "^" else "(?<= )"
    body = pieces[1:] if pieces[0] == "^" else pieces
    built = [_piece(piece, lexicon) for piece in body]
    return Pattern(source, start + "".join([regex for regex, _, _ in built]), _best(built))


def _cost(words: frozenset[str]) -> int:
    return len(words) + 1000 * len(words & _COMMON)


def _best(built: list[_Built]) -> frozenset[str]:
    """The words of the piece that must be there and says most; none when no piece has words to rely on."""
    choices = [words for _, words, needed in built if needed and words]
    return choices[0] if len(choices) == 1 else min(choices, key=_cost, default=frozenset())


def _pieces(source: str) -> list[str]:
    """Split on spaces that stand outside brackets."""
    return [piece for piece in _outside_brackets(source.strip(), " ") if piece]


def _alternatives(inner: str) -> list[str]:
    return _outside_brackets(inner, "|")


def _outside_brackets(source: str, mark: str) -> list[str]:
    """Split at a mark, but not inside brackets. A thousand patterns are split when the reader starts: no character is looked at alone."""
    parts = source.split(mark)
    if "(" not in source and ")" not in source:
        return parts
    found: list[str] = []
    open_parts: list[str] = []
    depth = 0
    for part in parts:
        closes_first = -1 < part.find(")") < (part.find("(") % (len(part) + 1))
        if depth == 0 and closes_first:
            raise PatternError("a bracket closes that never opened")
        depth += part.count("(") - part.count(")")
        if depth < 0:
            raise PatternError("a bracket closes that never opened")
        open_parts.append(part)
        if depth == 0:
            found.append(mark.join(open_parts))
            open_parts = []
    if depth:
        raise PatternError("a bracket is not closed")
    return found


def _piece(piece: str, lexicon: Lexicon) -> _Built:
    """A piece as regular expression, its anchors, and whether it must be there."""
    if piece not in lexicon.built:
        lexicon.built[piece] = _build(piece, lexicon)
    return lexicon.built[piece]


def _build(piece: str, lexicon: Lexicon) -> _Built:
    if piece.startswith("~"):
        if not piece[1:].isdigit():
            raise PatternError(f"{piece!r}: ~ wants a number after it")
        return _GAP % piece[1:], frozenset(), False
    if len(piece) > 1 and piece.endswith("?"):
        regex, _, _ = _piece(piece[:-1], lexicon)
        return f"(?:{regex})?", frozenset(), False
    if piece.startswith("("):
        if not piece.endswith(")"):
            raise PatternError(f"{piece!r}: only ? may follow a bracket")
        return _group(_alternatives(piece[1:-1]), lexicon)
    if piece.startswith("$"):
        if piece[1:] not in lexicon.lists:
            raise PatternError(f"{piece!r}: no such list in the lexicon")
        return _group(list(lexicon.lists[piece[1:]]), lexicon)
    return _word(piece, lexicon)


def _group(alternatives: list[str], lexicon: Lexicon) -> _Built:
    regexes: list[str] = []
    anchors: set[str] = set()
    anchored = True
    for alternative in alternatives:
        if alternative.isalpha() and alternative.islower():
            regexes.append(alternative + " ")
            anchors.add(alternative)
            continue
        built = [_piece(piece, lexicon) for piece in _pieces(alternative)]
        if not built:
            raise PatternError("an alternative is empty; write ? after the bracket instead")
        regexes.append("".join([regex for regex, _, _ in built]))
        best = _best(built)
        anchored = anchored and bool(best)
        anchors |= best
    return f"(?:{'|'.join(regexes)})", frozenset(anchors) if anchored else frozenset(), True


def _word(piece: str, lexicon: Lexicon) -> _Built:
    if piece.startswith("#"):
        return _number(piece), frozenset(), True
    if re.search(r"[A-Z|]", piece):
        raise PatternError(f"{piece!r}: patterns are written in lower case, and | only inside brackets")
    if len(piece) > 1 and piece.endswith("+"):
        forms = lexicon.forms(piece[:-1])
        return f"(?:{'|'.join(map(re.escape, forms))}) ", frozenset(forms), True
    if "*" in piece.strip("*"):
        raise PatternError(f"{piece!r}: * stands only at a word's start or end")
    regex = "".join("[^ ]*" if char == "*" else re.escape(char) for char in piece) + " "
    if piece.startswith("*"):
        return regex, frozenset(), True
    if piece.endswith("*") and len(piece) < 4:
        return regex, frozenset(), True
    return regex, frozenset({piece}), True


def _number(piece: str) -> str:
    """`#` any number, `#<90` one below ninety (tens only), `#10+` ten and more, `#year` a year."""
    if piece == "#":
        return _NUMBER
    if piece == "#year":
        return "(?:19|20)[0-9][0-9] "
    if piece == "#10+":
        return "[1-9][0-9]+ "
    below = re.fullmatch(r"#<([1-9])0", piece)
    if below is None:
        raise PatternError(f"{piece!r}: numbers are #, #<10 to #<90, #10+ or #year")
    tens = int(below[1]) - 1
    return rf"{f'[1-{tens}]?' if tens else ''}[0-9](?:\.[0-9]+)? "


class PatternIndex:
    """Which of many patterns a sentence could match, by its words."""

    def __init__(self, patterns: list[Pattern]) -> None:
        self._always = [number for number, pattern in enumerate(patterns) if not pattern.anchors]
        self._by_word: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            for anchor in pattern.anchors:
                self._by_word.setdefault(anchor, []).append(number)
        self._lengths = sorted({len(word) - 1 for word in self._by_word if word.endswith("*")})

    def candidates(self, words: list[str]) -> list[int]:
        """Numbers of the patterns worth trying, in order."""
        found = set(self._always)
        for word in set(words):
            found.update(self._by_word.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                found.update(self._by_word.get(word[:length] + "*", ()))
        return sorted(found)
