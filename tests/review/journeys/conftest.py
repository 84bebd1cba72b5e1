"""One console with a browser for all journeys of a module: each takes in a mail of its own. (A browser left open would stop those of other modules.)"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest

from models.contact import Contact
from tests.mails import CHILD, form, mail
from tests.review.journeys.live import Live, live
from tests.screened import AUTHENTIC
from tests.test_screening import OTHERS, PERRAN

_SURNAMES = (
    "Abbot",
    "Brill",
    "Carver",
    "Denby",
    "Esher",
    "Fowey",
    "Garth",
    "Hurst",
    "Ilford",
    "Joyce",
    "Kerr",
    "Lister",
    "Moss",
    "Neal",
    "Oakes",
    "Pell",
)
COUNTER = itertools.count()
HARM = "On 18 November {name} told me that his stepfather hit him with a belt last night and that he is afraid to go home. I think the family needs help."


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("journeys"), (PERRAN, *OTHERS)) as made:
        yield made


@pytest.fixture
def refer(console: Live) -> Callable[..., Contact]:
    """Send a referral of a family of their own; labels of the form by name."""

    def send(*, sender: str = "i.sallow@larkfield.example.org", child: dict[str, str] | None = None, **given: object) -> Contact:
        number = next(COUNTER)
        name = _SURNAMES[number % len(_SURNAMES)]
        fresh = {
            "Surname": name,
            "Forename(s)": f"Alun{name[:2].lower()}",
            "Home address": f"{number + 3} {name} Close, Easterham",
            "Postcode": "EJ4 7RT",
        }
        return console.hub.receive(mail(("Referral.docx", form({**CHILD, **fresh, **(child or {})}, **given)), headers=AUTHENTIC, sender=sender))  # type: ignore[arg-type]

    return send
