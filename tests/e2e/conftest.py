"""A whole union for the stories, embedded and real, with the demo union in it.

TEST_UNION_URL names one that runs already, with the tests' demo password: then the stories are told to that one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from tests.support.api import Api
from tests.support.campus import Campus
from tests.support.campus import campus as campus_providers
from tests.support.stack import Stack, embedded_stack, real_stack

MEMBERS = 130


RUNNING = os.environ.get("TEST_UNION_URL")


@pytest.fixture(scope="session")
def campus() -> Iterator[Campus]:
    """The identity providers of the union's campus."""
    with campus_providers() as providers:
        yield providers


@pytest.fixture(scope="session", params=["running"] if RUNNING else ["embedded", "real"])
def union(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, campus: Campus) -> Iterator[Stack]:
    """A running union with 130 members, shared by all stories: each makes what it needs."""
    folder = tmp_path_factory.mktemp(f"union-{request.param}")
    if RUNNING:
        stack = Stack(folder, {})
        stack.url = RUNNING
        yield stack
        return
    if request.param == "embedded":
        with embedded_stack(folder, MEMBERS, providers=campus.providers) as stack:
            yield stack
    else:
        broker = request.getfixturevalue("amqp_server")
        server = request.getfixturevalue("database_server")
        with real_stack(folder, broker, server, MEMBERS, accounts=40, providers=campus.providers) as stack:
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
