"""`/health` and `/metrics`: how the hub does, for a monitor. Counts, ages and moments only; served on loopback, without a sign-in.

Health is told from the ledger: a scheduler that says all is well has more than once not polled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from models.figures import HubFigures
from pipeline.errors import IntakeError
from pipeline.troubles import troubles

Ask = Callable[[], HubFigures]


def health_app(ask: Ask) -> FastAPI:
    """An application of these two addresses alone."""
    app = FastAPI(title="MASH Intake health", docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(health_router(ask))
    return app


def health_router(ask: Ask) -> APIRouter:
    """The two addresses. `ask` reads the figures anew; what it raises is an answer too."""
    router = APIRouter()
    registry = CollectorRegistry()
    registry.register(_Hub(ask))

    @router.get("/health")
    def health() -> JSONResponse:
        told = health_of(ask)
        return JSONResponse(told, status_code=200 if told["status"] == "good" else 503, headers={"Cache-Control": "no-store"})

    @router.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)  # type: ignore[no-untyped-call]

    return router


def health_of(ask: Ask) -> dict[str, Any]:
    """What is wrong, by code, with what it means; `good` when nothing is."""
    try:
        figures = ask()
    except IntakeError as error:
        return {"status": "bad", "troubles": {"store": str(error)}}
    found = dict(troubles(figures))
    return {"status": "bad" if found else "good", "troubles": found, "at": figures.at.isoformat(timespec="seconds"), "mails": figures.mails}


class _Hub(Collector):
    """The figures as metrics, read anew for each scrape."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def describe(self) -> list[Metric]:
        """Nothing in advance: the store is not read when the collector is registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Every metric; without a store only that there is none."""
        yield InfoMetricFamily("mash_intake", "The version of the program.", value={"version": version("mash-intake")})
        try:
            figures = self._ask()
        except IntakeError:
            yield GaugeMetricFamily("mash_intake_up", "Whether the store answers.", value=0)
            return
        yield GaugeMetricFamily("mash_intake_up", "Whether the store answers.", value=1)
        yield _by_label("mash_intake_mails", "Mails in the ledger.", "state", figures.mails)
        yield _by_label("mash_intake_letters", "Letters of the outbox.", "state", figures.letters)
        yield _by_label("mash_intake_contacts", "Contacts by where they were put.", "decision", figures.contacts)
        yield GaugeMetricFamily("mash_intake_urgent_open", "Urgent contacts that are open.", value=figures.open_urgent)
        yield GaugeMetricFamily("mash_intake_records", "Existing records that are matched against.", value=figures.records)
        yield GaugeMetricFamily("mash_intake_census_alarm", "Whether mails were seen that are not in the ledger.", value=float(figures.alarm))
        yield GaugeMetricFamily("mash_intake_canary_lost", "Whether a canary mail did not come back.", value=float(figures.canary_lost))
        yield GaugeMetricFamily("mash_intake_finished_in_the_last_hour", "Mails worked through within the last hour.", value=len(figures.took))
        yield _durations(figures.took)
        for name, says, moment in (
            ("mash_intake_last_good_poll_age_seconds", "How long ago a poll went through.", figures.last_good_poll),
            ("mash_intake_oldest_waiting_age_seconds", "How long the oldest mail has waited to be worked through.", figures.oldest_waiting),
            ("mash_intake_oldest_letter_age_seconds", "How long the oldest letter has waited to be sent.", figures.oldest_letter),
        ):
            if moment is not None:
                yield GaugeMetricFamily(name, says, value=max(0.0, (figures.at - moment).total_seconds()))


def _durations(took: tuple[float, ...]) -> GaugeMetricFamily:
    """The middle, the 95th of a hundred and the longest; none where nothing was finished."""
    says = "How long mails of the last hour took from their arrival until they were worked through."
    family = GaugeMetricFamily("mash_intake_arrival_to_contact_seconds", says, labels=["quantile"])
    for share in (0.5, 0.95, 1.0) if took else ():
        family.add_metric([str(share)], took[min(len(took) - 1, int(share * len(took)))])
    return family


def _by_label(name: str, says: str, label: str, counts: dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, says, labels=[label])
    for value, count in counts.items():
        family.add_metric([value], count)
    return family
