"""Answers that list several things in one place: who holds parental responsibility, what happened when."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.reading.answers import Answer
from benchmarks.reading.cast import Case
from benchmarks.reading.gold import Gold
from benchmarks.reading.spec import Grid
from benchmarks.reading.voice import Voice

EVENTS = (
    ("Late four times this month", "Spoke to parent at the gate"),
    ("Did not attend the hearing test", "Letter sent"),
    ("Neighbour reported shouting at night", "Logged, no further action"),
    ("Came in with a torn coat", "Coat lent"),
    ("Home visit, nobody in", "Card left"),
    ("Missed immunisations", "Rang twice"),
    ("Food parcel asked for", "Voucher given"),
    ("Went home with a friend without telling anyone", "Found within the hour"),
)


def holders_in_words(case: Case, gold: Gold, voice: Voice, dice: Random) -> Answer:
    """Everybody who holds parental responsibility, in one cell."""
    holders = [a for a in (*case.adults, *case.elsewhere) if a.holds_pr]
    if not holders or dice.random() < 0.1:
        return Answer()
    words = []
    for adult in holders:
        path = gold.person(id(adult))
        gold.set(f"{path}.given_names", adult.given)
        gold.set(f"{path}.family_name", adult.family)
        gold.set(f"{path}.parental_responsibility", value=True)
        gold.set(f"{path}.relationship_to_child", adult.relationship)
        gold.ignore.add(f"{path}.in_household")
        words.append(f"{adult.name} ({adult.relationship.lower()})")
    return Answer(dice.choice([" and ", ", ", "\n"]).join(words))


def chronology(grid: Grid, case: Case, gold: Gold, voice: Voice, dice: Random) -> tuple[tuple[Answer, ...], ...]:
    """What happened before, a row each: words for which the record has no field of its own."""
    days = sorted(dice.sample(range(20, 700), dice.randint(0, 4)), reverse=True)
    rows = []
    for ago, (event, action) in zip(days, dice.sample(EVENTS, len(days)), strict=True):
        written = {"when": voice.date(case.referred_on - timedelta(days=ago)), "event": event, "action": action}
        rows.append(tuple(Answer(written[slot.key]) for slot in grid.slots))
    if rows:
        gold.unassigned.append(" ".join(answer.text for row in rows for answer in row) + " " + " ".join(s.label for s in grid.slots))
        gold.unassigned += [answer.text for row in rows for answer in row]
    return tuple(rows)
