"""How long the referral page takes at the server, with many contacts held: `python -m benchmarks.referral_page [CONTACTS]`, on an idle machine."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from pipeline.store import contacts
from tests import rich_contact
from tests.review.console import desk

LOOKS = 60


def main(held: int) -> None:
    """Fill a store, open pages of it one after another, and print what they took."""
    with tempfile.TemporaryDirectory() as folder, desk(Path(folder)) as console:
        rich = rich_contact.rich_contact(matches=())
        references = [f"LEWI-26-{number // 10_000:04d}-{number % 10_000:04d}" for number in range(held)]
        for first in range(0, held, 500):
            with console.intake.store.session() as session:
                for reference in references[first : first + 500]:
                    contacts.save(session, rich.model_copy(update={"reference": reference}), now=console.clock.now)
        browser = console.as_user("sam")
        browser.get(f"/referral/{references[0]}")
        took, weight, worked = [], 0, time.process_time()
        for reference in references[:: max(1, held // LOOKS)][:LOOKS]:
            began = time.perf_counter()
            weight = len(browser.get(f"/referral/{reference}").content)
            took.append(time.perf_counter() - began)
        worked = (time.process_time() - worked) / len(took)
        print(f"{held} contacts: median {statistics.median(took) * 1000:.0f} ms, longest {max(took) * 1000:.0f} ms, processor {worked * 1000:.0f} ms")
        print(f"page without pictures, style and scripts: {weight / 1000:.0f} kB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
