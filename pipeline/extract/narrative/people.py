"""Whom words are about: kin words, names and pronouns of a sentence, each as child, mother, father, other or unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from models.narrative import Who
from pipeline.authorities.term_patterns import Pattern, compile_pattern
from pipeline.authorities.terms import Terms
from pipeline.extract.narrative.view import View

_FEMALE = frozenset(
    [
        "mum",
        "mother",
        "mam",
        "mummy",
        "moc",
        "mom",
        "mama",
        "stepmum",
        "stepmother",
        "girl",
        "daughter",
        "sister",
        "nan",
        "gran",
        "grandmother",
        "aunt",
        "wife",
        "girlfriend",
        "woman",
        "mgm",
        "pgm",
        "nana",
        "grandma",
    ]
)
_MALE = frozenset(
    [
        "dad",
        "father",
        "daddy",
        "foc",
        "fob",
        "stepdad",
        "stepfather",
        "boy",
        "son",
        "brother",
        "uncle",
        "grandad",
        "grandfather",
        "husband",
        "boyfriend",
        "man",
        "mgf",
        "pgf",
        "lad",
    ]
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|Sgt|Nurse|Sister)\.? [A-Z]")
_NAMED = re.compile(
    r"\b(?P<kin>[Mm]um|[Mm]other|MOC|[Dd]ad|[Ff]ather|FOC|[Ss]tep-?(?:mum|mother|dad|father)|[Pp]artner|[Bb]oyfriend|[Hh]usband|[Ww]ife|[Gg]irlfriend|[Uu]ncle|[Aa]unt(?:ie)?"
    r"|[Gg]ran(?:dmother|dfather|dad|ny)?|[Nn]an|[Ee]x-?(?: ?partner)?)(?: is|,| \(|:| called| named| -)? ?\(?(?P<name>[A-Z][a-z]{2,})\b"
)
_AFTER = re.compile(
    r"\b(?P<name>[A-Z][a-z]{2,})(?: [A-Z][a-z]+)?,? \(?(?:(?:his|her|their|the|the children's|child's) )?(?P<kin>mum|mother|MOC|dad|father|FOC|step-?(?:mum|mother|dad|father)|uncle|aunt|gran|nan|grandmother)\b[,)]"
)


@dataclass(frozen=True)
class Person:
    """Somebody mentioned: the words they stand at, who they are, and whether outside the family."""

    first: int
    last: int
    who: Who
    female: bool | None = None
    outside: bool = False
    pronoun: bool = False


@dataclass
class Cast:
    """Who has been spoken of so far: what names stand for, and whom "she", "he" and a missing subject would mean."""

    names: dict[str, Person] = field(default_factory=dict)
    she: Person | None = None
    he: Person | None = None
    subject: Person | None = None

    def remember(self, people: list[Person]) -> None:
        """Take note of a sentence's people for the pronouns of the next."""
        for person in reversed(people):
            if person.pronoun:
                continue
            if person.female is not False and person.who != "unknown" and not (person.who == "child" and person.female is None and self.she):
                self.she = person
            if person.female is not True and person.who != "unknown" and not (person.who == "child" and person.female is None and self.he):
                self.he = person
        first = next((person for person in people if person.who != "unknown"), None)
        self.subject = first or self.subject


class PeopleFinder:
    """Finds people in sentences, by the lexicon's kin words."""

    def __init__(self, terms: Terms) -> None:
        kinds: list[tuple[str, Who, bool | None, bool]] = [
            ("(her|his|their|mum 's|dad 's|mother 's|father 's|my) own ($mother|$father|parents|childhood)", "other", None, False),
            ("($mother|$father) 's (~1 ($mother|$father|$relative|sister|brother|parents|friend|friends|cousin))", "other", None, False),
            ("($mother|her|mum and her) 's? (new|current|live in|late|then)? ($partner)", "father", False, False),
            ("($father|his) 's? (new|current|live in|then)? (partner|girlfriend|wife|fiancee)", "mother", True, False),
            ("(ex|former|estranged|previous) ($partner|wife|husband|boyfriend|girlfriend)", "other", None, False),
            ("(maternal|paternal|great)? $relative", "other", None, False),
            ("$outsider", "other", None, True),
            ("(a|another|other|different) (child|pupil|student|boy|girl|parent|mum|mother|father|dad|family|young person)", "other", None, True),
            ("$mother", "mother", True, False),
            ("$father", "father", False, False),
            ("(husband|boyfriend|partner|hubby|fiance)", "father", False, False),
            ("(wife|girlfriend)", "mother", True, False),
            ("(both)? ($parent|couple|mum and dad|they both|adults)", "unknown", None, False),
            ("$child", "child", None, False),
        ]
        self._kinds = [(compile_pattern(source, terms.lexicon), who, female, outside) for source, who, female, outside in kinds]

    def names(self, text: str) -> dict[str, Person]:
        """What each name of the narrative stands for, where the text says so."""
        found: dict[str, Person] = {}
        for pattern in (_NAMED, _AFTER):
            for match in pattern.finditer(text):
                found.setdefault(match["name"].lower(), _kin(match["kin"].lower().replace("-", "")))
        return found

    def people(self, view: View, cast: Cast) -> list[Person]:
        """Everybody in a sentence, in order; pronouns resolved by those spoken of before."""
        taken = [False] * len(view.words)
        found: list[Person] = []
        for pattern, who, female, outside in self._kinds:
            for first, last in _places(pattern, view):
                if not any(taken[first:last]):
                    taken[first:last] = [True] * (last - first)
                    found.append(Person(first, last, who, _gender(view.words[first:last], female), outside))
        self._names(view, cast, taken, found)
        found.sort(key=lambda person: person.first)
        return sorted([*found, *_pronouns(view, cast, taken, found)], key=lambda person: person.first)

    def _names(self, view: View, cast: Cast, taken: list[bool], found: list[Person]) -> None:
        for number, (word, tag) in enumerate(zip(view.words, view.tags, strict=True)):
            if taken[number] or not word.isalpha() or len(word) < 3:
                continue
            known = cast.names.get(word)
            if known is not None:
                found.append(Person(number, number + 1, known.who, known.female, known.outside))
            elif (
                tag == "NNP"
                and view.text[view.places[number][0]].isupper()
                and not view.text[slice(*view.places[number])].isupper()
                and _acts(view, number)
            ):
                found.append(Person(number, number + 1, "child"))


def _acts(view: View, number: int) -> bool:
    """Whether a proper name stands as a person does: before a verb or a possessive, or after one."""
    after = view.tags[number + 1] if number + 1 < len(view.tags) else ""
    before = view.tags[number - 1] if number else ""
    return after.startswith(("VB", "MD", "POS", "RB")) or before.startswith(("VB", "IN", "TO")) or after in ("CC", ",") or not number


def _kin(word: str) -> Person:
    if word in ("mum", "mother", "moc", "stepmum", "stepmother", "wife", "girlfriend"):
        return Person(0, 1, "mother", True)
    if word in ("dad", "father", "foc", "stepdad", "stepfather", "partner", "boyfriend", "husband"):
        return Person(0, 1, "father", False)
    return Person(0, 1, "other", word in ("aunt", "auntie", "nan", "grandmother", "granny") or None)


def _gender(words: tuple[str, ...], default: bool | None) -> bool | None:
    if words and words[-1] in _FEMALE:
        return True
    if words and words[-1] in _MALE:
        return False
    return default


def _places(pattern: Pattern, view: View) -> list[tuple[int, int]]:
    if pattern.anchors and not any(word in pattern.anchors or any(anchor.endswith("*") for anchor in pattern.anchors) for word in view.words):
        return []
    return [(first, last) for _, first, last in view.find((pattern,), _EVERY)]


class _Every:
    """An index that leaves nothing out."""

    def candidates(self, words: list[str]) -> list[int]:
        """The one pattern."""
        return [0]


_EVERY: Any = _Every()


def _pronouns(view: View, cast: Cast, taken: list[bool], found: list[Person]) -> list[Person]:
    pronouns = []
    for number, word in enumerate(view.words):
        if taken[number] or word not in ("she", "her", "he", "him", "his", "herself", "himself", "hers"):
            continue
        female = word in ("she", "her", "herself", "hers")
        earlier = [person for person in found if person.last <= number and person.female in (female, None) and person.who != "unknown"]
        same = [person for person in earlier if person.female is female]
        meant = next(iter(same or earlier), None) or (cast.she if female else cast.he)
        if meant is not None:
            pronouns.append(Person(number, number + 1, meant.who, female, meant.outside, pronoun=True))
    return pronouns
