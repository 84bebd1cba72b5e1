"""What referrers do to names, dates and addresses: separate code from the matcher, on purpose simple-minded."""

from __future__ import annotations

import random
from datetime import date, timedelta

_NEIGHBOURS = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl", "l": "ko", "m": "n", "n": "bm", "o": "ip", "p": "o",
    "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "xa",
}  # fmt: skip
_SPOKEN = (
    ("ee", "i"), ("i", "ee"), ("ou", "u"), ("u", "oo"), ("oo", "u"), ("ph", "f"), ("f", "ph"), ("kh", "k"), ("k", "c"), ("c", "k"), ("q", "k"), ("z", "s"), ("s", "z"),
    ("w", "v"), ("v", "w"), ("ck", "k"), ("y", "i"), ("i", "y"), ("ai", "ay"), ("ei", "ie"), ("ie", "ei"), ("sh", "sch"), ("th", "t"), ("t", "th"), ("mm", "m"), ("ll", "l"),
    ("l", "ll"), ("nn", "n"), ("n", "nn"), ("a", "e"), ("e", "a"), ("o", "u"), ("gh", "g"), ("dh", "d"), ("j", "dj"), ("x", "ks"), ("ey", "y"), ("le", "el"), ("ah", "a"), ("a", "ah"),
)  # fmt: skip
_VARIANTS = (
    "Mohammed Muhammad Mohamed Mohammad Mohamud Md", "Hussain Hussein Hossain Husain", "Ahmed Ahmad Ahmet", "Chowdhury Choudhury Chaudhry", "Khatun Khatoon", "Begum Begam Begom", "Yusuf Yousef Yousuf",
    "Aisha Ayesha Aysha", "Fatima Fatema Fatimah", "Rahman Rehman", "Akhtar Akter Akther", "Miah Mia Miya", "Abdi Cabdi", "Hassan Hasan Xasan", "Omar Umar", "Osman Usman", "Ali Aly Cali", "Abdullahi Abdulahi",
    "Catherine Katherine Kathryn", "Stephen Steven", "Sean Shaun Shawn", "Sophie Sofie", "Isabelle Isabel Isobel", "Lily Lilly", "Zachary Zachery", "Callum Calum", "Aiden Aidan", "Jayden Jaiden", "Kayleigh Kayley Kaylee",
    "Reid Reed Read", "Clark Clarke", "Thompson Thomson", "Davies Davis", "Phillips Philips", "McDonald MacDonald", "O'Neill O'Neil Oneil", "Nguyen Nguyn", "Aleksandra Alexandra", "Michal Michael", "Zainab Zaynab Zeinab",
    "Maryam Mariam Miriam", "Khadija Khadijah", "Olena Elena", "Oleksandr Alexander", "Hussein Huseyin", "Iqbal Ikbal", "Siddiqui Siddique", "Malik Mallick", "Uddin Udin",
)  # fmt: skip
_SHORT = {
    "Oliver": "Ollie", "Olivia": "Liv", "Alexander": "Alex", "Benjamin": "Ben", "Daniel": "Danny", "Samuel": "Sam", "Thomas": "Tom", "William": "Billy", "James": "Jamie", "Joshua": "Josh", "Matthew": "Matt",
    "Michael": "Mick", "Christopher": "Chris", "Robert": "Bob", "Richard": "Rich", "Elizabeth": "Beth", "Katherine": "Katie", "Rebecca": "Becky", "Jessica": "Jess", "Charlotte": "Lottie", "Isabella": "Bella", "Amelia": "Millie",
    "Abigail": "Abi", "Natalie": "Nat", "Samantha": "Sam", "Deborah": "Debs", "Susan": "Sue", "Patricia": "Trish", "Margaret": "Maggie", "Mohammed": "Mo", "Zachary": "Zac", "Nathaniel": "Nate", "Frederick": "Fred", "Theodore": "Teddy",
    "Edward": "Ted", "Joseph": "Joe", "Anthony": "Tony", "Andrew": "Andy", "Stephen": "Steve", "Katarzyna": "Kasia", "Malgorzata": "Gosia", "Aleksandra": "Ola", "Jakub": "Kuba", "Wojciech": "Wojtek", "Gurpreet": "Preet", "Harpreet": "Harps",
    "Oluwaseun": "Seun", "Temitope": "Temi", "Chukwuemeka": "Emeka", "Babatunde": "Tunde", "Damilola": "Dami", "Magdalena": "Magda", "Joanna": "Asia", "Krzysztof": "Krzys", "Tomasz": "Tomek", "Victoria": "Vicky", "Eleanor": "Ellie",
    "Emily": "Em", "Florence": "Flo", "Imogen": "Immy", "Harriet": "Hattie", "Sebastian": "Seb", "Finley": "Fin", "Leonard": "Len", "Archie": "Arch", "Zuzanna": "Zuzia", "Danielle": "Dani", "Nicola": "Nicky", "Jermaine": "Jay", "Lauren": "Loz",
}  # fmt: skip
_CONFUSED = {"l": "1", "o": "0", "s": "5", "i": "l", "m": "rn", "b": "6", "e": "c", "w": "vv", "g": "q", "a": "o"}
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def typo(text: str, rng: random.Random) -> str:
    """One slip of the fingers, seldom in the first letter."""
    letters = [place for place, letter in enumerate(text) if letter.isalpha()]
    if len(letters) < 3:
        return text
    place = rng.choice(letters[1:] if rng.random() < 0.93 else letters)
    kind = rng.random()
    if kind < 0.28:
        return text[:place] + text[place + 1 :]
    if kind < 0.5:
        return text[:place] + text[place] * 2 + text[place + 1 :]
    if kind < 0.72:
        near = rng.choice(_NEIGHBOURS.get(text[place].lower(), "e"))
        return text[:place] + near + text[place + 1 :]
    if kind < 0.85 and place + 1 < len(text) and text[place + 1].isalpha():
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text[:place] + rng.choice("aeiouhrnstl") + text[place:]


def heard(text: str, rng: random.Random) -> str:
    """Another spelling of a name as it sounds: a known variant, else a change of letters."""
    words = text.split(" ")
    order = list(range(len(words)))
    rng.shuffle(order)
    for place in order:
        for line in _VARIANTS:
            forms = line.split()
            if words[place] in forms:
                words[place] = rng.choice([form for form in forms if form != words[place]])
                return " ".join(words)
    place = max(order, key=lambda at: len(words[at]))
    lower = words[place].lower()
    fitting = [pair for pair in _SPOKEN if pair[0] in lower[1:]]
    if fitting:
        written, other = rng.choice(fitting)
        at = lower.index(written, 1)
        words[place] = words[place][:at] + other + words[place][at + len(written) :]
    return " ".join(words)


def scanned(text: str, rng: random.Random) -> str:
    """What a poor scan makes of it."""
    places = [place for place, letter in enumerate(text) if letter.lower() in _CONFUSED and place > 0]
    if not places:
        return text
    place = rng.choice(places)
    return text[:place] + _CONFUSED[text[place].lower()] + text[place + 1 :]


def short_form(given: str) -> str | None:
    """The pet name of the first name, where there is one."""
    return _SHORT.get(given.split(maxsplit=1)[0])


def part(given: str, family: str, rng: random.Random) -> tuple[str, str]:
    """One half of a double name, or what a narrow box leaves of it; a prefix left out."""
    parts = family.replace("-", " ").split()
    if len(parts) > 1:
        return given, f"{parts[0]}-{parts[-1][0]}" if rng.random() < 0.15 else rng.choice(parts)
    words = given.split()
    if len(parts) == 1 and rng.random() < 0.15 and len(family) > 6:
        return given, family[: len(family) // 2 + 1]  # cut short, as narrow boxes do
    if words[0] in {"Md", "Mohammed", "Abdul", "Muhammad"} and len(words) > 1:
        return words[1], family
    return given, family


def written(born: date, rng: random.Random) -> str:
    """A date in one of the ways people write dates."""
    year2 = f"{born.year % 100:02}"
    forms = (
        f"{born.day:02}/{born.month:02}/{born.year}", f"{born.day}/{born.month}/{year2}", f"{born.day:02}.{born.month:02}.{born.year}", f"{born.day} {_MONTHS[born.month - 1]} {born.year}",
        born.isoformat(), f"{born.day:02}-{_MONTHS[born.month - 1][:3]}-{born.year}", f"{born.day:02} {born.month:02} {year2}", f"{born.day}{_ordinal(born.day)} {_MONTHS[born.month - 1]} {born.year}",
        f"{born.day:02}{born.month:02}{born.year}",
    )  # fmt: skip
    return rng.choices(forms, (34, 16, 10, 10, 10, 6, 5, 6, 3))[0]


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def slipped_date(born: date, kind: str, rng: random.Random, today: date) -> str | None:
    """A birth date in a given way of being wrong or partial; None where nothing is written."""
    if kind == "missing":
        return rng.choice((None, None, "not known", "N/K", "?", "unknown"))
    if kind == "month":
        return rng.choice((f"{_MONTHS[born.month - 1][:3]} {born.year}", f"{born.month:02}/{born.year}", f"{_MONTHS[born.month - 1]} {born.year}"))
    if kind == "year":
        return str(born.year)
    if kind == "age":
        age = int((today - born).days / 365.25) + rng.choice((0, 0, 0, 0, -1, 1))
        return rng.choice(("approx {}", "{}", "aged {}", "about {} yrs", "{} years")).format(max(age, 0))
    if kind == "dummy":
        return written(date(born.year, 1, 1), rng)
    if kind == "wrong":  # somebody else's date stands in the box
        return written(date(rng.randint(1960, today.year - 1), rng.randint(1, 12), rng.randint(1, 28)), rng)
    return written(_wrong(born, kind, rng), rng)


def _wrong(born: date, kind: str, rng: random.Random) -> date:
    for _ in range(40):
        try:
            if kind == "swap":
                return date(born.year, born.day, born.month)
            if kind == "digit":
                text = f"{born.day:02}{born.month:02}{born.year}"
                place = rng.choice((0, 1, 2, 3, 6, 7, 7))
                text = text[:place] + rng.choice("0123456789") + text[place + 1 :]
                found = date(int(text[4:]), int(text[2:4]), int(text[:2]))
                if found != born:
                    return found
            elif kind == "days":
                return born + timedelta(days=rng.choice((-7, -3, -2, -1, 1, 1, 2, 3, 7)))
            elif kind == "near_year":
                return born.replace(year=born.year + rng.choice((-1, 1))) + timedelta(days=rng.choice((0, 0, 0, 0, 2, -3)))
            else:
                return born
        except ValueError:
            if kind == "swap":
                return born
    return born
