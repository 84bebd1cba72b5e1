"""Makes `samples/records.csv`: about sixty people whom the fictitious councils know already. `python -m samples.records`."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

COLUMNS = [
    "record_id",
    "given_names",
    "family_name",
    "aliases",
    "date_of_birth",
    "gender",
    "address",
    "postcode",
    "previous_postcodes",
    "nhs_number",
    "upn",
    "school",
    "household_id",
    "relationships",
    "case_status",
    "closed_on",
    "allocated_worker",
    "flags",
]

# The families of the samples: known exactly, by another name, with day and month swapped, as a twin, closed lately, open with a worker.
KNOWN: tuple[dict[str, str], ...] = (
    {
        "record_id": "R1001",
        "given_names": "Joe",
        "family_name": "Rahman",
        "date_of_birth": "2018-03-14",
        "gender": "M",
        "address": "Flat 9, Cormorant House, 40 Dyers Yard, Easterham",
        "postcode": "EJ4 2NB",
        "school": "Larkhall Primary School",
        "household_id": "H101",
        "relationships": "child of Nadia Rahman",
        "case_status": "closed",
        "closed_on": "2024-02-19",
    },
    {
        "record_id": "R1002",
        "given_names": "Imran",
        "family_name": "Rahman",
        "date_of_birth": "2011-06-08",
        "gender": "M",
        "address": "Flat 9, Cormorant House, 40 Dyers Yard, Easterham",
        "postcode": "EJ4 2NB",
        "school": "Kestrel Academy",
        "household_id": "H101",
        "relationships": "child of Nadia Rahman",
        "case_status": "closed",
        "closed_on": "2024-02-19",
    },
    {
        "record_id": "R1010",
        "given_names": "Tyler",
        "family_name": "Marsh",
        "date_of_birth": "2015-01-09",
        "gender": "M",
        "address": "118 Quarry Bank, Easterham",
        "postcode": "EJ9 5DW",
        "previous_postcodes": "EJ3 6PL",
        "household_id": "H102",
        "relationships": "child of Stacey Marsh",
        "case_status": "closed",
        "closed_on": "2025-05-30",
    },
    {
        "record_id": "R1020",
        "given_names": "Oliver",
        "family_name": "Fenn",
        "date_of_birth": "2022-02-19",
        "gender": "M",
        "address": "3 Mill Row, Thornbridge",
        "postcode": "KF12 8BT",
        "nhs_number": "9995260182",
        "household_id": "H103",
        "relationships": "child of Chloe Fenn",
        "case_status": "none",
    },
    {
        "record_id": "R1021",
        "given_names": "Poppy",
        "family_name": "Fenn",
        "date_of_birth": "2024-05-06",
        "gender": "F",
        "address": "3 Mill Row, Thornbridge",
        "postcode": "KF12 8BT",
        "household_id": "H103",
        "relationships": "child of Chloe Fenn",
        "case_status": "none",
    },
    {
        "record_id": "R1022",
        "given_names": "Chloe",
        "family_name": "Fenn",
        "date_of_birth": "1999-07-23",
        "gender": "F",
        "address": "3 Mill Row, Thornbridge",
        "postcode": "KF12 8BT",
        "household_id": "H103",
        "relationships": "mother",
        "case_status": "none",
        "flags": "formerly looked after",
    },
    {
        "record_id": "R1030",
        "given_names": "Caitlin",
        "family_name": "Moore",
        "aliases": "Katie Moore",
        "date_of_birth": "2012-11-21",
        "gender": "F",
        "address": "8 Harbinger Road, Saltmere",
        "postcode": "HK6 4BQ",
        "upn": "M953933633875",
        "school": "Northcliffe High School",
        "household_id": "H104",
        "relationships": "child of Sean Moore and Joanne Moore",
        "case_status": "none",
    },
    {
        "record_id": "R1040",
        "given_names": "Daniel",
        "family_name": "Okafor",
        "date_of_birth": "2020-07-08",
        "gender": "M",
        "address": "Flat 30, Mafeking Court, Saltmere",
        "postcode": "HK2 9PW",
        "school": "St Edmund's Infants",
        "household_id": "H105",
        "relationships": "child of Ngozi Okafor",
        "case_status": "closed",
        "closed_on": "2026-09-11",
    },
    {
        "record_id": "R1041",
        "given_names": "Ngozi",
        "family_name": "Okafor",
        "date_of_birth": "1990-05-29",
        "gender": "F",
        "address": "Flat 30, Mafeking Court, Saltmere",
        "postcode": "HK2 9PW",
        "household_id": "H105",
        "relationships": "mother",
        "case_status": "closed",
        "closed_on": "2026-09-11",
    },
    {
        "record_id": "R1045",
        "given_names": "Jade",
        "family_name": "Wetherby",
        "date_of_birth": "2014-07-28",
        "gender": "F",
        "address": "12 Sluice Lane, Purfield",
        "postcode": "TH20 6QD",
        "upn": "X907511637265",
        "school": "Hollybrook Primary School",
        "household_id": "H106",
        "relationships": "child of Demi Wetherby; twin of Jasmine Wetherby",
        "case_status": "none",
    },
    {
        "record_id": "R1050",
        "given_names": "Tobias",
        "family_name": "Adeyemi-Cole",
        "date_of_birth": "2023-08-30",
        "gender": "M",
        "address": "6 Tollgate Mews, Easterham",
        "postcode": "EJ2 8HA",
        "household_id": "H107",
        "relationships": "child of Folake Adeyemi and Jonathan Cole; twin of Theodora Adeyemi-Cole",
        "case_status": "open",
        "allocated_worker": "Siobhan Keane",
        "flags": "child in need plan",
    },
    {
        "record_id": "R1051",
        "given_names": "Theodora",
        "family_name": "Adeyemi-Cole",
        "date_of_birth": "2023-08-30",
        "gender": "F",
        "address": "6 Tollgate Mews, Easterham",
        "postcode": "EJ2 8HA",
        "household_id": "H107",
        "relationships": "child of Folake Adeyemi and Jonathan Cole; twin of Tobias Adeyemi-Cole",
        "case_status": "open",
        "allocated_worker": "Siobhan Keane",
        "flags": "child in need plan",
    },
    {
        "record_id": "R1052",
        "given_names": "Folake",
        "family_name": "Adeyemi",
        "date_of_birth": "1995-02-17",
        "gender": "F",
        "address": "6 Tollgate Mews, Easterham",
        "postcode": "EJ2 8HA",
        "household_id": "H107",
        "relationships": "mother",
        "case_status": "open",
        "allocated_worker": "Siobhan Keane",
    },
)

_SURNAMES = [
    "Rahman",
    "Fenn",
    "Marsh",
    "Delaney",
    "Okafor",
    "Spence",
    "Hart",
    "Haile",
    "Nowicki",
    "Westlake",
    "Sesay",
    "Bramwell",
    "Iqbal",
    "Petrova",
    "Singh",
    "Lomax",
    "Tran",
    "Varga",
    "Quince",
    "Abara",
]
_GIRLS = ["Aaliyah", "Maisie", "Zofia", "Grace", "Simran", "Thuy", "Leila", "Esme", "Temi", "Niamh"]
_BOYS = ["Jayden", "Oscar", "Kuba", "Samuel", "Arjun", "Minh", "Idris", "Finlay", "Tobi", "Cormac"]
_MOTHERS = ["Rebecca", "Halima", "Danuta", "Sharon", "Manjit", "Lan", "Fatou", "Gemma", "Bisi", "Orla"]
_STREETS = ["Anchor Street", "Mill Row", "Furlong Crescent", "Cordwainer Street", "Sluice Lane", "Tanners Row", "Bramley Close"]
_TOWNS = (("Easterham", "EJ"), ("Thornbridge", "KF"), ("Saltmere", "HK"), ("Purfield", "TH"))


def _household(dice: random.Random, number: int) -> list[dict[str, str]]:
    """A mother and one or two children who have nothing to do with the samples beyond a surname, at most."""
    surname = _SURNAMES[number % len(_SURNAMES)]
    town, area = dice.choice(_TOWNS)
    home = {
        "family_name": surname,
        "address": f"{dice.randint(2, 140)} {dice.choice(_STREETS)}, {town}",
        "postcode": f"{area}{dice.randint(1, 19)} {dice.randint(1, 9)}{dice.choice('ABDEFGHJLNPQRSTUWXYZ')}{dice.choice('ABDEFGHJLNPQRSTUWXYZ')}",
        "household_id": f"H{200 + number}",
        "case_status": dice.choice(("none", "none", "closed", "open")),
    }
    home["closed_on"] = f"202{dice.randint(1, 5)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}" if home["case_status"] == "closed" else ""
    home["allocated_worker"] = dice.choice(("Peter Adomako", "Ruth Ellery")) if home["case_status"] == "open" else ""
    mother = dice.choice(_MOTHERS)
    people = [
        {
            **home,
            "given_names": mother,
            "gender": "F",
            "date_of_birth": f"19{dice.randint(80, 99)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}",
            "relationships": "mother",
        }
    ]
    for _ in range(dice.randint(1, 2)):
        girl = dice.random() < 0.5
        born = f"20{dice.randint(10, 25)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        people.append(
            {
                **home,
                "given_names": dice.choice(_GIRLS if girl else _BOYS),
                "gender": "F" if girl else "M",
                "date_of_birth": born,
                "relationships": f"child of {mother} {surname}",
            }
        )
    return people


def records(seed: int = 2026, total: int = 60) -> list[dict[str, str]]:
    """All rows."""
    dice = random.Random(seed)
    others: list[dict[str, str]] = []
    number = 0
    while len(KNOWN) + len(others) < total:
        others += _household(dice, number)
        number += 1
    return [*KNOWN, *({"record_id": f"R{2000 + i}", **row} for i, row in enumerate(others))]


def as_csv(rows: list[dict[str, str]]) -> str:
    """The rows as the contract's CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


if __name__ == "__main__":
    (Path(__file__).parent / "records.csv").write_text(as_csv(records()), encoding="utf-8")
