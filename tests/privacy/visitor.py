"""A screener's browser that looks at everything, and what of it would stand in an address, a log of addresses, or a page about a failure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from argon2 import PasswordHasher
from httpx import Client, Response

from tests.privacy.marked import Hit, look

PASSWORD = "correct horse battery"
MOST_PAGES = 120
_LINK = re.compile(r"(?:href|src|action|data-[a-z-]+|hx-get|hx-post)=\"(/[^\"]*)\"")
_NOT_FOLLOWED = re.compile(r"/sign-out|/static/|/do/|/draft|/discard")


def users_file() -> str:
    """One manager, who sees all that a screener sees. The hash is a quick one."""
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    return f'[mo]\nname = "Mo"\nroles = ["manager", "screener"]\nhash = "{hashed}"\n'


def sign_in(browser: Client) -> None:
    """As the one user there is."""
    answer = browser.post("/sign-in", data={"name": "mo", "password": PASSWORD, "to": "/"}, follow_redirects=False)
    assert answer.status_code == 303, answer.status_code


def walk(browser: Client, *starts: str) -> tuple[list[str], list[Hit]]:
    """Follow every link from here; gives the addresses seen, those of pictures, forms and redirects among them, and the markers in them."""
    waiting, seen = [*starts], dict.fromkeys(starts)
    while waiting and len(seen) < 5 * MOST_PAGES:
        answer = browser.get(waiting.pop(0), follow_redirects=False)
        for address in _addresses(answer):
            if address not in seen:
                seen[address] = None
                if not _NOT_FOLLOWED.search(address) and len(waiting) < MOST_PAGES:
                    waiting.append(address)
    addresses = list(seen)
    return addresses, [hit for address in addresses for hit in look(address.encode(), "an address")]


def search(browser: Client, word: str) -> tuple[Response, list[Hit]]:
    """Search the queue for a word; gives where it led, and the markers in the addresses on the way."""
    page = browser.get("/queue")
    secret = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    assert secret, "the queue has no form"
    answer = browser.post("/queue/search", data={"csrf": secret.group(1), "words": word})
    return answer, [hit for one in (*answer.history, answer) for hit in look(str(one.url).encode(), "the address of a search")]


def _addresses(answer: Response) -> Iterator[str]:
    if "location" in answer.headers:
        yield answer.headers["location"]
    if "html" in answer.headers.get("content-type", ""):
        yield from (unescape(address).partition("#")[0] for address in _LINK.findall(answer.text))
