"""Whom words are about: kin words, names and pronouns of a sentence, each as child, mother, father, other or unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models.narrative import Who
from pipeline.authorities.term_patterns import PatternIndex, compile_pattern
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
_PATIENT = frozenset({"pt", "patient", "client", "tenant", "service", "su"})
_NAMED = re.compile(
    r"\b(?P<kin>[Mm]um|[Mm]other|MOC|[Dd]ad|[Ff]ather|FOC|[Ss]tep-?(?:mum|mother|dad|father)|[Pp]artner|[Bb]oyfriend|[Hh]usband|[Ww]ife|[Gg]irlfriend|[Uu]ncle|[Aa]unt(?:ie)?"
    r"|[Gg]ran(?:dmother|dfather|dad|ny)?|[Nn]an|[Ee]x-?(?: ?partner)?)(?: is|,| \(|:| called| named| -)? ?\(?(?P<name>[A-Z][a-z]{2,})\b"
)
_AFTER = re.compile(
    r"\b(?P<name>[A-Z][a-z]{2,})(?: [A-Z][a-z]+)?,? \(?(?:(?:his|her|their|the|the children's|child's) )?(?P<kin>mum|mother|MOC|dad|father|FOC|step-?(?:mum|mother|dad|father)|uncle|aunt|gran|nan|grandmother)\b[,)]"
)


_AGED = re.compile(r"(?:\(|,)? ?(?:aged |age )?(?:[0-9]|1[0-7])(?: ?(?:y|yrs|years|months|weeks|mths|wks|m|w|yo))*(?: old)? ?[),]")
"""What follows a child's name: "(9)", ", aged 12,"."""


_SEIZES = ("pull", "twist", "yank", "drag", "grab", "bend", "bent", "slap", "smack", "squeez", "wrench", "flick")
_HELD = [(word,) for word in ("hair", "arm", "arms", "ear", "ears", "leg", "legs", "wrist", "neck", "face", "fingers")]


@dataclass(frozen=True)
class Person:
    """Somebody mentioned: the words they stand at, who they are, and whether outside the family."""

    first: int
    last: int
    who: Who
    female: bool | None = None
    outside: bool = False
    pronoun: bool = False


_CHILD = Person(0, 0, "child")
"""Whom a parent acts on when the text has named nobody else of that sex."""

_SEX = re.compile(r"(?<![\w])(?P<age>\d{1,2}) ?(?:y/?o|yr old|yrs old|year old|yrs?)?[ ,/-]{0,2}(?P<sex>F|M|female|male|woman|man)\b", re.IGNORECASE)
_GENDERED = re.compile(r"\b([A-Z][a-z]{2,})\b([^.!?\n]{0,60}?)\b(she|her|herself|he|his|him|himself)\b")
_MID = re.compile(
    r"(?<!\bin)(?<!\bat)(?<!\bof)(?<!\bon)(?<!\bnear)(?<!\bfrom)(?<=[a-z,]) ([A-Z][a-z]{2,})\b(?! (?:Road|Street|Lane|School|Primary|Park|House|Hospital|Team|Service|Centre))"
)
_ACTS = re.compile(
    r"(?:^|[.!?\n:-] ?)([A-Z][a-z]{2,})(?='s|,? (?:is|was|has|had|said|says|told|came|arrived|asked|did|does|went|appeared|attends|attended|lives|presented|disclosed|sat|ran"
    r"|will|would|can|cannot|could|and [A-Z]|became|looked|seemed|seems|stated|reported|threw|hit|would|hides|asked|talked|completed|brought|left|gets|wears|stayed)\b)"
)
_NO_NAMES = frozenset(
    "mum mother mam dad father she her his they this that there these those it who what when where then the and but baby child children police officers school nursery parents both "
    "nan gran grandmother grandad grandma uncle aunt auntie staff social caller neighbour patient client tenant monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december christmas easter english polish year female male home house nobody someone everyone weight "
    "attendance one two three four five she's he's key mrs miss step stepdad stepmum stepfather stepmother partner crew team family".split()
)
_TELLS = frozenset(
    "say says said tell told tells report reports reported saw sees heard hears state states stated mention mentioned mentions think thinks noticed rang called believes claims reckons "
    "advised informed confirmed asked seen".split()
)
_KIN_WORDS = re.compile(
    r"\b(?:mum|mother|dad|father|nan|gran|aunt|uncle|sister|brother|step|partner|boyfriend|husband|wife|grand|he|she|his|her)\w*", re.IGNORECASE
)


@dataclass
class Cast:
    """Who has been spoken of so far: what names stand for, and whom "she", "he" and a missing subject would mean."""

    names: dict[str, Person] = field(default_factory=dict)
    genders: dict[str, bool] = field(default_factory=dict)
    called: frozenset[str] = frozenset()
    patient: Who = "mother"
    she: Person | None = None
    he: Person | None = None
    subject: Person | None = None
    hurt: Person | None = None
    """Whom violence was last said to have been done to."""

    def remember(self, people: list[Person]) -> None:
        """Take note of a sentence's people for the pronouns of the next: the first named of each sex, and its subject."""
        named = [person for person in people if not person.pronoun and person.who != "unknown"]
        self.she = next((person for person in named if person.female is True), None) or self.she
        self.he = next((person for person in named if person.female is False), None) or self.he
        for person in named[:1]:
            if person.female is None and person.who in ("child", "mother", "father"):
                self.she = self.she or person
                self.he = self.he or person
        self.subject = next((person for person in people if person.who != "unknown"), None) or self.subject


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
            ("((health|home) visitor|(family|support|outreach|key|youth|social|case|recovery|housing) worker)", "unknown", None, False),
            ("$outsider 's (mum|mother|dad|father|parents|brother|sister|son|daughter|children|family|partner|husband|wife)", "other", None, True),
            ("$outsider", "other", None, True),
            ("(a|another|other|different) (child|pupil|student|boy|girl|parent|mum|mother|father|dad|family|young person)", "other", None, True),
            ("$mother", "mother", True, False),
            ("$father", "father", False, False),
            ("(husband|boyfriend|partner|hubby|fiance)", "father", False, False),
            ("(wife|girlfriend)", "mother", True, False),
            ("(pt|patient|client|tenant|service user|su)", "mother", None, False),
            ("(female|fem|ms|mrs|miss)", "mother", True, False),
            ("(the)? (victim|aggrieved|ip)", "mother", None, False),
            ("(male|mr)", "father", False, False),
            ("(both)? ($parent|couple|mum and dad|they both|adults)", "unknown", None, False),
            ("$child", "child", None, False),
        ]
        self._kinds = [(who, female, outside) for _, who, female, outside in kinds]
        self._patterns = tuple(compile_pattern(source, terms.lexicon) for source, *_ in kinds)
        self._index = PatternIndex(list(self._patterns))

    def names(self, text: str) -> dict[str, Person]:
        """What each name of the narrative stands for, where the text says so."""
        found: dict[str, Person] = {}
        for pattern in (_NAMED, _AFTER):
            for match in pattern.finditer(text):
                found.setdefault(match["name"].lower(), _kin(match["kin"].lower().replace("-", "")))
        return found

    def cast(self, text: str) -> Cast:
        """Everybody whom the narrative itself explains, before its first sentence."""
        votes: dict[str, int] = {}
        for name, between, pronoun in _GENDERED.findall(text):
            if not _KIN_WORDS.search(between):
                votes[name.lower()] = votes.get(name.lower(), 0) + (1 if pronoun in ("she", "her", "herself") else -1)
        return Cast(self.names(text), {name: vote > 0 for name, vote in votes.items() if vote}, _called(text), _patient(text))

    def people(self, view: View, cast: Cast) -> list[Person]:
        """Everybody in a sentence, in order; pronouns resolved by those spoken of before."""
        taken = [False] * len(view.words)
        found: list[Person] = []
        for number, first, last in view.find(self._patterns, self._index):
            who, female, outside = self._kinds[number]
            if not any(taken[first:last]):
                taken[first:last] = [True] * (last - first)
                one = cast.patient if view.words[first] in _PATIENT else who
                teller = outside and any(word in _TELLS for word in view.words[last : last + 3])
                if not teller:
                    found.append(Person(first, last, one, _gender(view.words[first:last], female), outside))
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
                found.append(Person(number, number + 1, "child", cast.genders.get(word)))


def _called(text: str) -> frozenset[str]:
    """Words that the narrative uses as names: capitals in mid-sentence that no place follows, or a capital that acts."""
    found = {match[1].lower() for pattern in (_MID, _ACTS) for match in pattern.finditer(text)}
    return frozenset(found - _NO_NAMES)


def _patient(text: str) -> Who:
    """Whom "pt" or "client" stands for: by the first age and sex that the text gives, a parent otherwise."""
    match = _SEX.search(text)
    if match is None:
        return "mother"
    if int(match["age"]) < 18:
        return "child"
    return "mother" if match["sex"].lower() in ("f", "female", "woman") else "father"


def _acts(view: View, number: int) -> bool:
    """Whether a proper name stands as a person does: before a verb or a possessive, or after one."""
    after = view.tags[number + 1] if number + 1 < len(view.tags) else ""
    before = view.tags[number - 1] if number else ""
    if _AGED.match(" ".join(view.words[number + 1 : number + 5])):
        return True
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


def _pronouns(view: View, cast: Cast, taken: list[bool], found: list[Person]) -> list[Person]:
    pronouns: list[Person] = []
    for number, word in enumerate(view.words):
        if taken[number] or word not in ("she", "her", "he", "him", "his", "herself", "himself", "hers"):
            continue
        female = word in ("she", "her", "herself", "hers")
        object_ = word == "him" or (word == "her" and (view.tags[number] == "PRP" or _seized(view, number)))
        meant = _meant(view, number, female, object_, found, pronouns, cast)
        if meant is not None:
            pronouns.append(Person(number, number + 1, meant.who, female, meant.outside, pronoun=True))
    return pronouns


def _seized(view: View, number: int) -> bool:
    """Whether a body is taken hold of: in "Mum pulls her hair" it is not Mum's own."""
    return number > 0 and view.words[number - 1].startswith(_SEIZES) and view.words[number + 1 : number + 2] in _HELD


def _meant(view: View, number: int, female: bool, object_: bool, found: list[Person], pronouns: list[Person], cast: Cast) -> Person | None:
    """Whom a pronoun means: the first of its sex named before in the sentence; an object never the one who acts on it; else whom the text spoke of."""
    earlier = sorted([*(person for person in found if person.last <= number), *pronouns], key=lambda person: person.first)
    fitting = [person for person in earlier if person.female in (female, None) and person.who != "unknown"]
    actor: Person | None = None
    other_acts = bool(earlier) and any(word in ("he" if female else "she", "they", "who") for word in view.words[earlier[-1].last : number])
    if object_ and earlier and fitting and earlier[-1] is fitting[-1] and not other_acts:
        actor = fitting.pop()
        fitting = [person for person in fitting if person.who != actor.who]
    same = [person for person in fitting if person.female is female]
    meant = next(iter(same or fitting), None) or (cast.she if female else cast.he)
    if actor is not None and (meant is None or meant.who == actor.who):
        return _CHILD if actor.who in ("mother", "father") else None
    return meant
