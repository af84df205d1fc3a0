"""The embedded union is killed in the middle of its work: after the restart everything was done exactly once."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from services.chassis.database.tables import OutboxEvent
from tests.e2e.conftest import MEMBERS
from tests.e2e.crowd import Crowd
from tests.e2e.rosters import checked, imported, person, started, uploaded
from tests.support.api import Api, eventually
from tests.support.deliveries import Deliveries
from tests.support.stack import SERVICES, embedded_stack
from tests.support.waiting import RUN


@pytest.fixture(scope="module")
def stack(tmp_path_factory, loaded_demo):
    """An embedded union of its own that may be killed."""
    with embedded_stack(tmp_path_factory.mktemp("killed"), MEMBERS, loaded_demo(MEMBERS)) as made:
        yield made


@pytest.fixture
def deliveries(stack):
    """Reads its tables."""
    found = Deliveries({service: f"sqlite:///{stack.folder}/{service}.sqlite3" for service in SERVICES})
    yield found
    found.close()


@pytest.mark.parametrize("made", [1, 5, 12])
def test_killed_at_any_moment_it_loses_and_doubles_nothing(stack, deliveries, made):
    with Crowd(stack) as crowd:
        crowd.wait_for_more(made)
        stack.processes["union"].kill()
        stack.processes["union"].start()
        stack.wait_for_http()
    deliveries.wait_until_complete()
    crowd.everything_stands()
    assert crowd.made


def test_an_import_killed_in_mid_run_goes_on_where_it_was(stack, deliveries):
    officer = Api(stack.url).sign_in("officer")
    rows = [person(1000 + place) for place in range(2_000)]
    found = checked(officer, uploaded(officer, rows))
    before = len(officer.all("/membership/members"))
    started(officer, found)
    eventually(lambda: officer.get(f"/membership/imports/{found['id']}")["job"]["done"] > 0)
    stack.processes["union"].kill()
    stack.processes["union"].start()
    stack.wait_for_http()
    officer = Api(stack.url).sign_in("officer")

    done = imported(officer, found)

    assert done["result"] == {"joined": 2_000, "updated": 0, "skipped": 0, "refused": 0}
    numbers = sorted(int(member["number"][1:]) for member in officer.all("/membership/members"))
    assert len(numbers) == len(set(numbers)) == before + 2_000
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    deliveries.wait_until_complete()


def test_events_committed_but_not_published_are_published_at_the_next_start(stack, deliveries):
    deliveries.wait_until_complete()
    stack.processes["union"].kill()
    with deliveries.engines["activities"].begin() as connection:
        # What a crash between commit and publish, and one between publish and handling, leave behind.
        table = OutboxEvent.__table__
        connection.execute(sa.update(table).where(table.c.position % 2 == 0).values(published_at=None, settled=False))
        connection.execute(sa.update(table).where(table.c.position % 2 == 1).values(settled=False))
    stack.processes["union"].start()
    stack.wait_for_http()
    deliveries.wait_until_complete()


def test_sigterm_drains_and_leaves_nothing_open(stack, deliveries):
    with Crowd(stack) as crowd:
        crowd.wait_for_more(3)
        assert stack.processes["union"].stop() == 0
        stack.processes["union"].start()
        stack.wait_for_http()
    deliveries.wait_until_complete()
    crowd.everything_stands()


def test_a_second_union_in_the_same_folder_is_refused(stack):
    second = stack.process("second", "run", "--no-demo", GONGHUI_PORT="0")
    second.start()
    assert second.process.wait(RUN) == 1
    assert "is running" in second.tail()


def test_a_taken_port_is_said_in_one_sentence(stack, tmp_path):
    second = stack.process("port", "run", "--no-demo", DATA=str(tmp_path))
    second.start()
    assert second.process.wait(RUN) == 1
    assert second.tail().startswith(f"Port {stack.port} on 127.0.0.1 can't be had")
