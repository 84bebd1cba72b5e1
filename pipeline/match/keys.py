"""Blocking keys: what a record is filed under, and where a query looks.

Every key is a stable 32-bit hash (crc32) of a kind and its parts, the same in every process. A collision only brings one more candidate to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from zlib import crc32

from pipeline.match.asked import Asked
from pipeline.match.dates import Born
from pipeline.match.fold import sound
from pipeline.match.held import Held
from pipeline.match.identifiers import near_numbers
from pipeline.match.tables import naming_tables

# How much a key counts when the best candidates are chosen for comparison.
WEIGHTS = {
    "nhs": 14.0, "nhs?": 7.0, "upn": 14.0, "dob": 4.0, "dob?": 1.5, "dob+name": 5.0, "dob?+name": 4.0, "pair": 5.0, "pair+year": 3.0, "name+month": 3.0,
    "initials+2": 2.0, "postcode": 4.0, "street": 4.0, "name": 2.5, "unborn": 4.0, "unborn+mother": 7.0, "unborn+month": 3.0, "school+name": 4.0,
    "nickname": -1.0, "initial": 1.5, "initial+year": 2.5,
}  # fmt: skip


Look = Callable[..., None]


def stable_hash(kind: str, *parts: object) -> int:
    """The same number for the same key in every process and on every machine."""
    for part in parts:
        kind = f"{kind}\x1f{part}"
    return crc32(kind.encode())


def record_keys(row: Held) -> set[int]:
    """Everything one record is filed under."""
    found: set[int] = set()
    _file_names(row, found)
    found.update(stable_hash("postcode", code) for code in row.postcodes if code)
    if row.house and row.street:
        found.add(street_key(row.house, row.street))
    if row.nhs:
        found.add(stable_hash("nhs", row.nhs))
    if row.upn:
        found.add(stable_hash("upn", row.upn))
    if row.born.day:
        found.add(stable_hash("dob", _number(row.born)))
    if row.household:
        found.add(stable_hash("household", row.household))
    for given, family in row.parents:
        found.update(stable_hash("child of", pair) for pair in pairs_of(given, family))
    if row.unborn:
        _file_unborn(row, found)
    return found


def pair_key(one: str, other: str) -> int:
    """Two sounds of one name, in no order."""
    return stable_hash("pair", " ".join(sorted((one, other))))


def pairs_of(given: Iterable[str], family: Iterable[str]) -> set[str]:
    """The sounds of a name, two by two and in no order."""
    return set(_pairs(_sounds(given), _sounds(family)))


def _file_names(row: Held, found: set[int]) -> None:
    born = row.born
    singles: set[str] = set()
    pairs: set[str] = set()
    for name in row.names:
        singles |= _sounds((*name[0], *name[1]))
        pairs |= set(_pairs(_sounds(name[0]), _sounds(name[1])))
        if born.day:
            found.update(stable_hash("initials+2", letters, part) for letters in _initials(*name) for part in _two_parts(born))
        for heard in _initial_and_sound(*name):
            found.add(stable_hash("initial", heard))
            if born.year:
                found.add(stable_hash("initial+year", heard, born.year))
    given = _sounds(row.names[0][0]) if row.names else set()
    for _, family in row.parents:
        pairs |= set(_pairs(given, _sounds(family)))
    for pair in pairs:
        found.add(stable_hash("pair", pair))
        if born.year:
            found.add(stable_hash("pair+year", pair, born.year))
    for single in singles:
        found.add(stable_hash("name", single))
        if born.day:
            found.add(stable_hash("dob+name", _number(born), single))
        if born.month:
            found.add(stable_hash("name+month", single, born.year * 100 + born.month))
    if row.school:
        found.update(stable_hash("school+name", row.school, single) for single in given)


def _file_unborn(row: Held, found: set[int]) -> None:
    for _, family in row.names:
        found.update(stable_hash("unborn", heard) for heard in _sounds(family))
    for given, family in row.parents:
        found.update(stable_hash("unborn", heard) for heard in _sounds(family))
        found.update(stable_hash("unborn+mother", pair) for pair in _pairs(_sounds(given), _sounds(family)))
    if row.born.month:
        found.add(stable_hash("unborn+month", row.born.year * 100 + row.born.month))


def street_key(house: str, street: str) -> int:
    """House number and the sound of the street's first word."""
    return stable_hash("street", house, sound(street.split(maxsplit=1)[0]) or street)


def query_keys(query: Asked) -> dict[int, float]:
    """Where to look, each place with what it counts."""
    places = _Places()
    _look_by_number_and_place(query, places)
    plain, nick = _query_sounds(query)
    dates = near_dates(query.born)
    for born, exact in dates.items():
        places.look("dob" if exact else "dob?", born, filed="dob")
    for single, less in (*((s, 0.0) for s in plain), *((s, WEIGHTS["nickname"]) for s in nick - plain)):
        places.look("name", single, less=less)
        for born, exact in dates.items():
            places.look("dob+name" if exact else "dob?+name", born, single, filed="dob+name", less=less)
        for month in _months(query.born):
            places.look("name+month", single, month, less=less)
        if query.school:
            places.look("school+name", query.school, single, less=less)
    _look_for_pairs(query, places.look)
    if _baby(query):
        _look_for_unborn(query, plain, places.look)
    return places.found


def _look_by_number_and_place(query: Asked, places: _Places) -> None:
    if query.nhs:
        places.look("nhs", query.nhs)
        for near in near_numbers(query.nhs):
            places.look("nhs?", near, filed="nhs")
    if query.upn:
        places.look("upn", query.upn)
    if query.postcode:
        places.look("postcode", query.postcode)
    if query.house and query.street:
        places.found[street_key(query.house, query.street)] = WEIGHTS["street"]


class _Places:
    """Where to look, each key with the most it may count."""

    def __init__(self) -> None:
        self.found: dict[int, float] = {}

    def look(self, kind: str, *parts: object, filed: str | None = None, less: float = 0.0) -> None:
        key = stable_hash(filed or kind, *parts)
        self.found[key] = max(self.found.get(key, 0.0), WEIGHTS[kind] + less)


def _look_for_pairs(query: Asked, look: Look) -> None:
    years = _years(query.born)
    for reading in query.name.readings:
        given = _sounds(reading.given)
        for sounds, less in ((given, 0.0), (_nickname_sounds(reading.given) - given, WEIGHTS["nickname"])):
            for pair in _pairs(sounds, _sounds(reading.family)):
                look("pair", pair, less=less)
                for year in years:
                    look("pair+year", pair, year, less=less)
        for heard in _initial_and_sound(reading.given, reading.family):
            look("initial", heard)
            for year in years:
                look("initial+year", heard, year)
        if query.born.kind == "full":
            for letters in _initials(reading.given, reading.family):
                for part in _two_parts(query.born):
                    look("initials+2", letters, part)


def _look_for_unborn(query: Asked, plain: set[str], look: Look) -> None:
    for heard in plain:
        look("unborn", heard)
    for mother in query.name.mother:
        for pair in _pairs(_sounds(mother.given), _sounds(mother.family)):
            look("unborn+mother", pair)
            look("pair", pair)
    for month in _months(query.born):
        look("unborn+month", month)


def _baby(query: Asked) -> bool:
    """An unborn child, or one born so lately that the record may still say unborn."""
    if query.unborn:
        return True
    born = query.born.exact
    return born is not None and query.as_of is not None and query.as_of - born < timedelta(days=500)


def _query_sounds(query: Asked) -> tuple[set[str], set[str]]:
    plain = _sounds(query.name.tokens)
    nick: set[str] = set()
    for reading in query.name.readings:
        nick |= _nickname_sounds(reading.given)
    return plain, nick


def _nickname_sounds(given: Iterable[str]) -> set[str]:
    tables = naming_tables()
    found: set[str] = set()
    for token in given:
        for group in tables.nickname_groups.get(token, ()):
            found |= _sounds(tables.nickname_lines[group])
    return found


def _sounds(tokens: Iterable[str]) -> set[str]:
    return {heard for token in tokens if (heard := sound(token))}


def _pairs(left: set[str], right: set[str]) -> Iterator[str]:
    for one in left:
        for other in right:
            if one != other or len(left) == len(right) == 1:
                yield f"{one} {other}" if one < other else f"{other} {one}"


def _initials(given: Iterable[str], family: Iterable[str]) -> set[str]:
    firsts = {token[0] for token in list(given)[:2]}
    lasts = {token[0] for token in family}
    return {"".join(sorted(first + last)) for first in firsts for last in lasts}


def _initial_and_sound(given: tuple[str, ...], family: tuple[str, ...]) -> set[str]:
    """One name by its sound and the other by its first letter: what a slip in one of the two leaves."""
    if not given or not family:
        return set()
    found = {f"{heard} {given[0][0]}" for heard in _sounds(family)}
    return found | {f"{heard} {last[0]}" for heard in _sounds(given[:1]) for last in (family[0], family[-1])}


def _two_parts(born: Born) -> tuple[str, ...]:
    return (f"ym{born.year}-{born.month}", f"md{born.month}-{born.day}", f"yd{born.year}-{born.day}")


def _number(born: Born) -> int:
    return born.year * 10_000 + born.month * 100 + born.day


def near_dates(born: Born) -> dict[int, bool]:
    """The date (True) and those one slip away (False): a digit, day and month exchanged, a few days off."""
    if born.kind == "due" and born.first and born.last:
        span = (born.last - born.first).days
        return {_number_of(born.first + timedelta(days=offset)): False for offset in range(span + 1)} if born.day else {}
    if born.kind != "full":
        return {}
    digits = f"{born.day:02}{born.month:02}{born.year:04}"
    found: dict[int, bool] = {}
    for place in range(8):
        for digit in "0123456789":
            _add_date(digits[:place] + digit + digits[place + 1 :], found)
        if place < 7:
            _add_date(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :], found)
    _add_date(digits[2:4] + digits[:2] + digits[4:], found)
    for offset in (-7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7):
        found[_number_of(date(born.year, born.month, born.day) + timedelta(days=offset))] = False
    for year in (born.year - 1, born.year + 1):
        _add_date(f"{digits[:4]}{year:04}", found)
    found[_number(born)] = True
    return found


def _add_date(digits: str, found: dict[int, bool]) -> None:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if 1 <= day <= 31 and 1 <= month <= 12 and 1900 <= year <= 2100:
        found.setdefault(year * 10_000 + month * 100 + day, False)


def _number_of(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _months(born: Born) -> list[int]:
    if born.kind in {"full", "month"}:
        place = born.year * 12 + born.month - 1
        near = (place,) if born.kind == "full" else (place - 1, place, place + 1)
        return [at // 12 * 100 + at % 12 + 1 for at in near]
    if born.kind == "due" and born.first and born.last:
        start, end = born.first.year * 12 + born.first.month - 1, born.last.year * 12 + born.last.month - 1
        return [at // 12 * 100 + at % 12 + 1 for at in range(start, end + 1)]
    return []


def _years(born: Born) -> list[int]:
    if born.kind == "baby" and born.first and born.last:
        return list(range(born.first.year, born.last.year + 1))
    if born.kind in {"full", "month", "year"}:
        return [born.year - 1, born.year, born.year + 1]
    if born.first and born.last:
        return list(range(born.first.year - 1, born.last.year + 2))
    return []
