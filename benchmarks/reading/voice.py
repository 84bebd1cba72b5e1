"""How one referrer writes: dates, names, telephone numbers, and what they put where they do not know."""

from __future__ import annotations

import re
from datetime import date
from random import Random

from benchmarks.reading import pools

_DATES = (
    "%d/%m/%Y",
    "%d/%m/%Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d/%m/%y",
    "%d.%m.%y",
    "{d} %B %Y",
    "{d} %b %Y",
    "%d-%m-%Y",
    "{d}/{m}/%Y",
    "{o} %B %Y",
    "%d-%b-%Y",
    "%Y-%m-%d",
    "{d} %b %y",
)
_SAYS_YES = ("yes", "y", "does", "do", "has", "have", "is", "are", "was", "were")
_YES = {
    **dict.fromkeys((*_SAYS_YES, "current"), True),
    **dict.fromkeys(("no", "n", "never", *(f"{word} not" for word in _SAYS_YES)), False),
}


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 11 <= day <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


class Voice:
    """One person's habits."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.date_style = dice.choice(_DATES)
        self.names = dice.choice(["plain", "plain", "plain", "capitals", "comma", "plain"])
        self.unknown = dice.choice(pools.UNKNOWN)
        self.careless = dice.choice([0.02, 0.06, 0.12, 0.2])
        self.short_gender = dice.random() < 0.5
        self.bullets = dice.random() < 0.12
        self.nothing = dice.choice(pools.NOTHING) if dice.random() < 0.2 else ""
        self.titles = dice.random() < 0.1
        self.x_mark = dice.choice(["X", "x", "X", "✓", "✔"])

    def skips(self, dice: Random, chance: float = 0.05) -> bool:
        """Whether this person leaves a question unanswered, for once."""
        return dice.random() < chance + 0.3 * self.careless

    def date(self, day: date) -> str:
        """A date in this person's way."""
        style = self.date_style if self.dice.random() < 0.85 else "%d/%m/%Y"
        return day.strftime(style.replace("{d}", str(day.day)).replace("{m}", str(day.month)).replace("{o}", _ordinal(day.day)))

    def name(self, given: str, family: str) -> str:
        """A whole name in one cell."""
        if not given or not family:
            return given or family
        if self.names == "capitals":
            return f"{given} {family.upper()}"
        return f"{family.upper()}, {given}" if self.names == "comma" else f"{given} {family}"

    def titled(self, name: str, *, female: bool) -> str:
        """The name of an adult, by some people with a title."""
        return f"{self.dice.choice(['Ms', 'Mrs', 'Miss']) if female else 'Mr'} {name}" if self.titles and "," not in name else name

    def gender(self, female: bool) -> str:
        """M, F, or the word."""
        return ("F" if female else "M") if self.short_gender else ("Female" if female else "Male")

    def prose(self, text: str) -> str:
        """A free-text answer, by some people in bullets."""
        if not self.bullets or text.count(". ") < 2:
            return text
        return "\n".join(f"• {sentence.rstrip('.')}." for sentence in text.replace("\n", " ").split(". ") if sentence)


def truth_of(option: str) -> bool | None:
    """What a printed option says: yes, no, or neither."""
    word = re.split(r"\s*[–,(]|\s-\s", option.strip().casefold(), maxsplit=1)[0].rstrip(".")
    return _YES.get(word)
