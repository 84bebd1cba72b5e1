"""Who is said to say what: the outermost attribution of a sentence, and whether it carries a quotation heard first-hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.authorities.term_patterns import Pattern, PatternIndex, compile_pattern
from pipeline.authorities.terms import Terms
from pipeline.extract.narrative.view import View

Kind = Literal["account", "quotation", "own_act", "own_belief", "belief", "perception", "passive"]

_WRITER = frozenset({"i", "we", "myself"})
_AGENCY = frozenset(["staff", "crew", "officers", "colleagues", "team", "clinicians", "school", "nursery", "teachers"])
_LISTENERS = frozenset(["me", "us", "myself", "staff"])
_BE = frozenset(["be", "been", "being", "was", "were", "is", "are", "am", "'s", "'re", "get", "got"])
_SKIP = frozenset(["also", "then", "later", "again", "just", "only", "still", "previously", "initially", "now", "further", "since", "to"])
_HELPERS = frozenset(["has", "have", "had", "having", "did", "does", "do", "'ve", "'d", "'s"])
_SUBJECTS = frozenset(["both", "one", "someone", "somebody", "everyone", "people", "another", "others"])
_OPENERS = tuple((word,) for word in ["that", "me", "us", "he", "she", "they", "her", "him", "it", "there"])
_ALWAYS_VERBS = frozenset(["says", "states", "reports", "claims", "denies", "feels", "describes", "said", "stated", "report", "told"])
_PASSIVES = frozenset(["told", "informed", "advised", "said", "alleged", "reported", "claimed", "given", "assured"])
_WITNESSES = frozenset(
    [
        "neighbour",
        "neighbours",
        "nbr",
        "friend",
        "friends",
        "mum",
        "mother",
        "dad",
        "father",
        "aunt",
        "auntie",
        "nan",
        "gran",
        "grandmother",
        "grandma",
        "grandad",
        "sister",
        "brother",
        "cousin",
        "parent",
        "uncle",
        "caller",
        "tenant",
        "resident",
        "lodger",
        "witness",
        "partner",
        "boyfriend",
        "husband",
        "wife",
        "girlfriend",
        "daughter",
        "son",
        "fella",
        "lady",
        "classmate",
        "foc",
        "moc",
        "mgm",
    ]
)
_NOT_A_SPEAKER = frozenset(
    [
        "nobody",
        "none",
        "you",
        "record",
        "records",
        "notes",
        "file",
        "system",
        "report",
        "chronology",
        "letter",
        "results",
        "result",
        "scan",
        "test",
        "tests",
        "x",
        "survey",
        "nothing",
    ]
)


@dataclass(frozen=True)
class Attribution:
    """One: its kind, the speaker's word (None where it is left out), and where the verb stands."""

    kind: Kind
    first: int
    last: int
    subject: str | None
    words: str


class Attributions:
    """Finds attributions by the lexicon's verbs of telling, believing and perceiving."""

    def __init__(self, terms: Terms) -> None:
        sources = [("tell", "$tell"), ("believe", "$believe"), ("perceive", "$perceive")]
        self._kinds = [name for name, _ in sources]
        self._patterns: tuple[Pattern, ...] = tuple(compile_pattern(source, terms.lexicon) for _, source in sources)
        self._index = PatternIndex(list(self._patterns))

    def find(self, view: View) -> list[Attribution]:
        """Every attribution outside quotations, in order."""
        found = []
        for number, first, last in view.find(self._patterns, self._index):
            if not view.quoted[first]:
                attribution = _attribution(view, self._kinds[number], first, last)
                if attribution is not None:
                    found.append(attribution)
        return sorted(found, key=lambda attribution: attribution.first)


def _attribution(view: View, verb: str, first: int, last: int) -> Attribution | None:
    tag, word = view.tags[first], view.words[first]
    if tag.startswith(("NN", "JJ", "IN")) and word not in _ALWAYS_VERBS:
        return None
    subject, passive, helped = _subject(view, first)
    if tag == "VBN" and not helped and not passive and view.words[last : last + 1] not in _OPENERS:
        return None
    if tag == "VB" and not helped and first > 1:
        return None
    kind = _kind(view, verb, first, last, subject, passive)
    return Attribution(kind, first, last, subject, f"{subject or ''} {' '.join(view.words[first:last])}".strip()) if kind else None


def _subject(view: View, verb: int) -> tuple[str | None, bool, bool]:
    """The word that does the telling, over helpers and adverbs; whether the verb is passive; whether a helper stands before it."""
    passive = helped = False
    steps = 0
    for place in range(verb - 1, max(verb - 14, -1), -1):
        word, tag = view.words[place], view.tags[place]
        if steps == 0 and word in _BE:
            passive = view.tags[verb] in ("VBN", "VBD")
        elif steps == 0 and (word in _HELPERS or tag == "MD"):
            helped = True
        elif word in _SKIP or tag.startswith(("RB", "MD", "CD")) or word in ("n't", ",", "(", ")"):
            continue
        elif tag.startswith(("NN", "PRP")) or word in _WRITER or word in _SUBJECTS:
            if not _aside(view, place):
                return word, passive, helped
        elif word in (";", ".", ":", "that", "-", "who") or (tag == "CC" and word != "and"):
            return ("who" if word == "who" else None), passive, helped
        else:
            steps += 1
            if steps > 5:
                return None, passive, helped
    return None, passive, helped


def _aside(view: View, place: int) -> bool:
    """Whether a pronoun belongs to an inserted clause: "Aunt, when I rang, said"."""
    return place > 1 and view.words[place - 1] in ("when", "as", "after", "once") and view.words[place - 2] == ","


def _kind(view: View, verb: str, first: int, last: int, subject: str | None, passive: bool) -> Kind | None:
    if passive:
        told = view.words[first] in _PASSIVES
        hearer = subject in _WRITER or subject in _AGENCY or subject == "it" or view.words[first] in ("alleged", "claimed", "said")
        return "passive" if told and hearer and "missing" not in view.words[first : first + 3] else None
    if subject in _NOT_A_SPEAKER or (subject is None and first > 1) or _nobody(view, subject):
        return None
    if subject in _WRITER:
        return "own_belief" if verb == "believe" else "own_act"
    if verb == "believe":
        return "own_belief" if subject in _AGENCY else "belief" if subject else None
    if verb == "perceive":
        return "perception" if subject in _WITNESSES and view.tags[first] in ("VBD", "VBZ", "VBN", "VBP") else None
    return "quotation" if _direct(view, first, last) else "account"


def _nobody(view: View, subject: str | None) -> bool:
    return subject == "one" and "no" in view.words[:4]


def _direct(view: View, first: int, last: int) -> bool:
    """Whether the verb is followed, or led, by the speaker's own words rather than a paraphrase; and said to the writer, or to nobody named."""
    quoted = view.quoted
    if not any(quoted):
        return False
    ahead = next((place for place in range(last, len(quoted)) if quoted[place]), None)
    if ahead is None:
        return quoted[0] or sum(quoted[:first]) > 2
    between = [word for word in view.words[last:ahead] if word not in (",", ":", "-", "to", "and", "then", "just", "only")]
    hearers = [word for word in between if word not in _LISTENERS]
    rest = sum(1 for place in range(ahead, len(quoted)) if not quoted[place] and view.words[place] not in (".", ","))
    return (
        len(hearers) <= 1
        and "that" not in between
        and sum(quoted[ahead:]) >= 3
        and rest <= 4
        and not (hearers and view.words[first] in ("told", "tells", "telling"))
    )
