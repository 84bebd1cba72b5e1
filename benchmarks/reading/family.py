"""A made-up family, the person who refers it and the professionals around it: what is true before anybody fills in a form."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.reading import pools
from benchmarks.reading.cast import Case, Someone, Worker

GRANDMOTHERS = ("Maternal grandmother", "Nan", "Gran")
TODAY = date(2026, 11, 16)
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def nhs_number(dice: Random) -> str:
    """Ten digits of the range kept for tests, with a right check digit."""
    while True:
        digits = "999" + "".join(dice.choice("0123456789") for _ in range(6))
        check = 11 - sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return digits + str(check % 11)


def pupil_number(dice: Random) -> str:
    """A UPN with its check letter."""
    digits = "9" + "".join(dice.choice("0123456789") for _ in range(11))
    return UPN_LETTERS[sum(int(d) * w for d, w in zip(digits, range(2, 14), strict=True)) % 23] + digits


def _home(dice: Random) -> tuple[str, str]:
    town, area = dice.choice(pools.TOWNS)
    number = f"{dice.randint(1, 180)}{dice.choice(['', '', '', 'a', 'b'])}"
    street = f"{number} {dice.choice(pools.STREETS)}, {town}"
    if dice.random() < 0.2:
        street = f"Flat {dice.randint(1, 40)}, {dice.choice(pools.BUILDINGS)}, {street}"
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return street, f"{area}{dice.randint(1, 19)} {dice.randint(1, 9)}{dice.choice(letters)}{dice.choice(letters)}"


def draw_worker(dice: Random, name: str, kind: str | None = None, role: str | None = None) -> Worker:
    """Somebody who works with families, of the kind of agency asked for or of any."""
    kind = kind or dice.choice(list(pools.AGENCIES))
    agencies, roles, domains = pools.AGENCIES[kind]
    parts = name.removeprefix("Dr ").lower().replace("'", "").split()
    local = dice.choice([f"{parts[0]}.{parts[-1]}", f"{parts[0][0]}{parts[-1]}", f"{parts[-1]}.{parts[0][0]}"])
    street, code = _home(dice)
    return Worker(
        name,
        role or dice.choice(roles),
        dice.choice(agencies),
        dice.choice(pools.PHONES).format(dice.randint(100, 999)),
        f"{local}@{dice.choice(domains)}",
        f"{street}, {code}",
    )


def _child(dice: Random, heritage: dict[str, tuple[str, ...]], family: str, taken: set[str], role: str) -> Someone:
    female = dice.random() < 0.5
    given = dice.choice([n for n in heritage["female" if female else "male"] if n not in taken] or ["Sam"])
    taken.add(given)
    ethnicity, code = dice.choice(heritage["ethnicity"]).split("|")
    days = dice.randint(20, 17 * 365)
    child = Someone(
        role,
        given,
        family,
        female,
        "",
        TODAY - timedelta(days=days),
        ethnicity=ethnicity,
        ethnicity_code=code,
        religion=dice.choice(heritage["religion"]),
        language=dice.choice(heritage["language"]),
    )
    child.interpreter = child.language != "English" and dice.random() < 0.4
    child.disabled = dice.random() < 0.25
    child.disability = dice.choice(pools.DISABILITIES) if child.disabled else ""
    child.nhs, child.upn = nhs_number(dice), pupil_number(dice) if days > 4 * 365 else ""
    child.school = dice.choice(pools.SCHOOLS) if days > 3 * 365 else ""
    child.gp = f"{dice.choice(pools.DOCTORS)}, {dice.choice(pools.SURGERIES)}"
    child.relationship = {"subject": "", "sibling": "Sister" if female else "Brother"}[role]
    if dice.random() < 0.15:
        child.aliases = (f"{given.split()[0]} {dice.choice(heritage['family'])}",)
    return child


def _adult(dice: Random, heritage: dict[str, tuple[str, ...]], family: str, taken: set[str], relationship: str, female: bool, role: str) -> Someone:
    given = dice.choice([n for n in heritage["female" if female else "male"] if n not in taken] or ["Alex"])
    taken.add(given)
    ethnicity, code = dice.choice(heritage["ethnicity"]).split("|")
    adult = Someone(
        role,
        given,
        family,
        female,
        relationship,
        TODAY - timedelta(days=dice.randint(20 * 365, 55 * 365)),
        ethnicity=ethnicity,
        ethnicity_code=code,
        religion=dice.choice(heritage["religion"]),
        language=dice.choice(heritage["language"]),
    )
    adult.phone = dice.choice(pools.PHONES).format(dice.randint(100, 999))
    adult.at_home = role != "elsewhere"
    adult.holds_pr = relationship in {"Mother", "Mum", "Birth mother", "Father", "Dad"}
    if role == "elsewhere":
        adult.street, adult.postcode = _home(dice)
    return adult


def _adults(dice: Random, heritage: dict[str, tuple[str, ...]], family: str, taken: set[str]) -> tuple[list[Someone], list[Someone]]:
    mother = _adult(
        dice,
        heritage,
        family if dice.random() < 0.7 else dice.choice(heritage["family"]),
        taken,
        dice.choice(["Mother", "Mother", "Mum", "Birth mother"]),
        True,
        "parent",
    )
    home, away = [mother], []
    father = _adult(dice, heritage, family, taken, dice.choice(["Father", "Father", "Dad"]), False, "parent")
    if dice.random() < 0.5:
        home.append(father)
    elif dice.random() < 0.6:
        father.role, father.at_home = "elsewhere", False
        father.street, father.postcode = _home(dice)
        away.append(father)
    if dice.random() < 0.3:
        home.append(
            _adult(
                dice,
                heritage,
                dice.choice(heritage["family"]),
                taken,
                dice.choice(["Mother's partner", "Lodger", "Maternal uncle", "Step-father"]),
                False,
                "household",
            )
        )
    if dice.random() < 0.4:
        away.append(
            _adult(
                dice,
                heritage,
                dice.choice(heritage["family"]),
                taken,
                dice.choice(["Maternal grandmother", "Paternal aunt", "Gran"]),
                True,
                "elsewhere",
            )
        )
    father.holds_pr = dice.random() >= 0.12
    if dice.random() < 0.06:
        home, away = _kinship(dice, heritage, taken, home, away)
    for person in (*home, *away):
        if dice.random() < 0.3:
            person.born = None
    return home, away


def _kinship(
    dice: Random, heritage: dict[str, tuple[str, ...]], taken: set[str], home: list[Someone], away: list[Someone]
) -> tuple[list[Someone], list[Someone]]:
    """The children live with a grandmother, the parents somewhere else."""
    carer = _adult(dice, heritage, dice.choice(heritage["family"]), taken, dice.choice(GRANDMOTHERS[:2]), True, "household")
    carer.holds_pr = dice.choice([True, None])
    parents = [adult for adult in home if adult.role == "parent"]
    street, postcode = _home(dice)
    for parent in parents:
        parent.role, parent.at_home, parent.street, parent.postcode = "elsewhere", False, street, postcode
    others = [adult for adult in home if adult not in parents and adult.relationship not in {"Mother's partner", "Step-father"}]
    return [carer, *others], [*parents, *(adult for adult in away if adult.relationship not in GRANDMOTHERS)]


FLAGS = (
    "domestic_abuse",
    "mental_health",
    "substance_misuse",
    "learning_difficulties",
    "plan",
    "looked_after",
    "assessed",
    "lead_discussed",
    "child_aware",
)


def _unborn(dice: Random, baby: Someone, mother: Someone) -> None:
    """Make a child one that is not born yet."""
    baby.due, baby.born = TODAY + timedelta(days=dice.randint(20, 200)), None
    baby.given = baby.nhs = baby.upn = baby.school = baby.disability = ""
    baby.aliases, baby.disabled, baby.family = (), None, mother.family


def _workers(dice: Random, names: list[str]) -> list[Worker]:
    """Professionals who are involved beside the referrer."""
    roles = dice.sample(pools.OTHER_ROLES, dice.randint(1, 3))
    return [draw_worker(dice, name, kind, role) for name, (role, kind) in zip(names, roles, strict=False)]


def make_case(dice: Random) -> Case:
    """A family drawn by lot."""
    heritage = dice.choice(pools.HERITAGES)
    family, taken = dice.choice(heritage["family"]), set[str]()
    street, postcode = _home(dice)
    home, away = _adults(dice, heritage, family, taken)
    children = [_child(dice, heritage, family, taken, "subject") for _ in range(dice.choices([1, 2, 3], [6, 3, 1])[0])]
    surnames = [family, family, home[0].family]
    siblings = [_child(dice, heritage, dice.choice(surnames), taken, "sibling") for _ in range(dice.choices([0, 1, 2], [5, 4, 2])[0])]
    if dice.random() < 0.08:
        _unborn(dice, children[0], home[0])
    elif dice.random() < 0.07:
        children[0].born, children[0].age, children[0].estimated = None, dice.randint(1, 15), True
    phone = dice.choice(pools.PHONES).format(dice.randint(100, 999))
    for person in (*children, *siblings, *home):
        person.street, person.postcode = street, postcode
        person.phone = phone if person.role == "subject" else person.phone
    names = dice.sample(pools.PROFESSIONALS, 6)
    consent = dice.choices(["given", "refused", "not_sought", "partial"], [12, 4, 4, 1])[0]
    return Case(
        children=children,
        siblings=siblings,
        adults=home,
        elsewhere=away,
        referrer=draw_worker(dice, names[0]),
        workers=_workers(dice, names[1:]),
        lead=draw_worker(dice, names[5]),
        street=street,
        postcode=postcode,
        previous=_home(dice)[0],
        referred_on=TODAY - timedelta(days=dice.randint(0, 12)),
        kind=dice.choice(["child_protection", "child_in_need", "early_help"]),
        aware=consent != "not_sought" or dice.random() < 0.3,
        consent=consent,
        theme=dice.randrange(7),
        scale=dice.choice([1, 2, 3, 4, 5, 6, 7, 2.5]),
        relationship=dice.choice(pools.KNOWN_AS),
        flags={name: dice.choice([True, False, None]) for name in FLAGS},
    )
