"""The ops port: liveness touches nothing, readiness asks, figures are shown."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator

import eventlet
import pytest

from services.chassis.process import metrics, ops
from services.chassis.process.ops import OpsServer
from tests.support.waiting import PATIENCE


@pytest.fixture
def server() -> Iterator[OpsServer]:
    server = OpsServer("127.0.0.1", 0)
    server.start()
    yield server
    server.stop()


def get(server: OpsServer, path: str, method: str = "GET") -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def away() -> bool:
    raise ConnectionError("13812345678")


def test_liveness_asks_nothing(server: OpsServer) -> None:
    server.add_check("database", away)

    assert get(server, "/healthz") == (200, '{"alive": true}')


def test_ready_when_every_check_passes(server: OpsServer) -> None:
    server.add_check("database", lambda: True)
    server.add_check("broker", lambda: None)

    status, body = get(server, "/readyz")

    assert status == 200
    assert json.loads(body) == {"ready": True, "checks": {"broker": True, "database": True, "running": True}}


@pytest.mark.parametrize("check", [away, lambda: False, lambda: eventlet.sleep(10)])
def test_not_ready_when_a_check_fails_raises_or_hangs(server: OpsServer, check, monkeypatch) -> None:
    monkeypatch.setattr(ops, "CHECK_SECONDS", 0.05)
    server.add_check("broker", lambda: True)
    server.add_check("database", check)

    status, body = get(server, "/readyz")

    assert status == 503
    assert json.loads(body)["checks"] == {"broker": True, "database": False, "running": True}


def test_not_ready_while_the_rest_is_finished(server: OpsServer) -> None:
    server.drain()

    assert get(server, "/readyz")[0] == 503
    assert get(server, "/healthz")[0] == 200


def test_a_check_can_be_taken_back(server: OpsServer) -> None:
    server.add_check("database", away)
    server.remove_check("database")

    assert get(server, "/readyz")[0] == 200


def test_figures_are_shown(server: OpsServer) -> None:
    metrics.outbox_state("ops", depth=5, age_seconds=1)

    status, body = get(server, "/metrics")

    assert status == 200
    assert 'gonghui_outbox_depth{service="ops"} 5.0' in body


def test_nothing_else_is_offered(server: OpsServer) -> None:
    assert get(server, "/")[0] == 404
    assert get(server, "/healthz", "POST")[0] == 405


def test_it_answers_while_every_worker_is_busy(server: OpsServer) -> None:
    busy = [eventlet.spawn(eventlet.sleep, 5) for _ in range(50)]

    assert get(server, "/healthz")[0] == 200

    for worker in busy:
        worker.kill()


def test_services_of_one_process_share_it_until_the_last_one_stops(server: OpsServer) -> None:
    server.start()
    server.stop()
    assert get(server, "/healthz")[0] == 200

    server.stop()
    with pytest.raises(urllib.error.URLError, match="111"):
        get(server, "/healthz")


def test_a_port_that_is_taken_is_an_error_not_shared_silently(server: OpsServer) -> None:
    with pytest.raises(OSError, match="in use"):
        OpsServer("127.0.0.1", server.port).start()
