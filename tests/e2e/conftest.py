"""A whole union for the stories, embedded and real, with the demo union in it.

TEST_UNION_URL names one that runs already, with the tests' demo password: then the stories are told to that one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from services.chassis.clock import today
from tests.e2e import founding
from tests.e2e.founded_welfare import caller_of, day
from tests.support.api import Api
from tests.support.campus import Campus
from tests.support.campus import campus as campus_providers
from tests.support.in_process import InProcessUnion, in_process_union
from tests.support.loaded import LoadedDemo, demo_loader
from tests.support.stack import EmbeddedStack, Stack, embedded_stack, real_stack

MEMBERS = 130


RUNNING = os.environ.get("TEST_UNION_URL")


@pytest.fixture(scope="session")
def campus() -> Iterator[Campus]:
    """The identity providers of the union's campus."""
    with campus_providers() as providers:
        yield providers


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> LoadedDemo:
    """`loaded_demo(130)` is a folder with the data of a demo union of 130 members, to be copied; it is made once."""
    return demo_loader(tmp_path_factory)


@pytest.fixture(scope="session", params=["running"] if RUNNING else ["embedded", "real"])
def union(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, campus: Campus, loaded_demo: LoadedDemo
) -> Iterator[Stack]:
    """A running union with 130 members, shared by all stories: each makes what it needs."""
    folder = tmp_path_factory.mktemp(f"union-{request.param}")
    if RUNNING:
        stack = Stack(folder, {})
        stack.url = RUNNING
        yield stack
        return
    if request.param == "embedded":
        with embedded_stack(folder, MEMBERS, loaded_demo(MEMBERS), campus.providers) as stack:
            yield stack
    else:
        broker = request.getfixturevalue("amqp_server")
        server = request.getfixturevalue("database_server")
        loaded = loaded_demo(MEMBERS)
        with real_stack(folder, broker, server, loaded=loaded, providers=campus.providers) as stack:
            yield stack


@pytest.fixture(scope="session")
def tokens() -> dict[tuple[str, str], str]:
    """Tokens by union and username: hashing a password takes longer than most tests."""
    return {}


@pytest.fixture
def signed_in(union: Stack, tokens: dict[tuple[str, str], str]) -> Callable[[str], Api]:
    """`signed_in("officer")` is a caller with that demo account, in a session that may be older than the test."""

    def sign_in(username: str) -> Api:
        caller = Api(union.url)
        if token := tokens.get((union.url, username)):
            caller.http.headers["Authorization"] = token
            if caller.send("GET", "/me").ok:
                return caller
            del caller.http.headers["Authorization"]
        caller.sign_in(username)
        tokens[union.url, username] = str(caller.http.headers["Authorization"])
        return caller

    return sign_in


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcessUnion]:
    """A union that was just founded."""
    folder = tmp_path_factory.mktemp("founded")
    founding.found(EmbeddedStack(folder, members=0))
    with in_process_union(folder, tmp_path_factory.mktemp("opened")) as union:
        yield union


@pytest.fixture(scope="module")
def founder(fresh: InProcessUnion) -> Api:
    """The first officer, who leads the first unit too; the year has a budget."""
    caller = founding.make_chair(fresh, founding.officer_of(fresh))
    caller.post(f"/governance/funds/budget/{today().year}/open", {"lines": "benefits"})
    for line in ("aid", "care.holiday"):
        founding.set_line(caller, line)
    return caller


@pytest.fixture(scope="module")
def people(fresh: InProcessUnion, founder: Api) -> list[dict[str, Any]]:
    """Three members of the first unit, each with a `caller`; the first two are officers."""
    joined = [founding.admit(fresh, founder, hired_on="2020-09-01") for _ in range(3)]
    union_id = founder.all("/membership/units", kind="union")[0]["id"]
    for one in joined[:2]:
        post = {"unit_id": union_id, "kind": "union_officer", "member_id": one["member_id"], "starts_on": day()}
        founder.post("/membership/posts", post, status=201)
    return [{**one, "caller": caller_of(fresh, one)} for one in joined]
