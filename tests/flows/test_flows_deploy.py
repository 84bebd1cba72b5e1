"""`mash-intake deploy` at a real Prefect server: the pool, the deployments with their limits, the alarms; and twice is as once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.deploy import deploy
from flows.deployments import PLANS
from flows.embedded import PrefectSession, prefect_session
from pipeline.errors import Retry, WrongSetup
from tests.flows.asking import ask
from tests.servers import free_port

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectSession]:
    with prefect_session(tmp_path_factory.mktemp("hub")) as running:
        assert running.ready(), running.server.log.read_text()
        yield running


def test_everything_is_made_and_made_once(session: PrefectSession) -> None:
    with session.client():
        first, second = list(deploy("mash-pool", 25, None)), list(deploy("mash-pool", 25, None))
    assert first[0] == "work pool mash-pool: made"
    assert second[0] == "work pool mash-pool: there already"
    assert first[1:] == second[1:]
    made = {one["name"]: one for one in ask(session.dashboard, "deployments/filter")}
    assert len(ask(session.dashboard, "deployments/filter")) == len(PLANS)
    assert {one["work_pool_name"] for one in made.values()} == {"mash-pool"}
    assert made["what-waits"]["global_concurrency_limit"]["limit"] == 4
    assert all(one["version"] and one["description"] and "mash-intake" in one["tags"] for one in made.values())
    silent = [one for one in ask(session.dashboard, "automations/filter") if one["name"].endswith("no good poll")]
    assert [one["trigger"]["within"] for one in silent] == [25 * 60]


def test_without_a_server_it_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with pytest.raises(WrongSetup, match="PREFECT_API_URL"):
        list(deploy("mash-pool", 10, None))


def test_a_server_that_is_down_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import prefect.context
    import prefect.settings

    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    monkeypatch.setenv("PREFECT_CLIENT_MAX_RETRIES", "0")
    current = prefect.context.get_settings_context()
    with (
        prefect.context.SettingsContext(profile=current.profile, settings=prefect.settings.Settings()),
        pytest.raises(Retry, match="PREFECT_API_URL"),
    ):
        list(deploy("mash-pool", 10, None))
