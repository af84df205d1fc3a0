"""A browser and the whole union for the run, visitors for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import SIZES, Visitor
from tests.support.chromium import ARGUMENTS
from tests.support.stack import Stack, embedded_stack

MEMBERS = 400


@pytest.fixture(scope="session")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The union as `make run` starts it, with 400 members; each story makes what it needs."""
    with embedded_stack(tmp_path_factory.mktemp("union"), MEMBERS) as stack:
        yield stack


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    """Phone and desktop."""
    return str(request.param)


@pytest.fixture
def visitor(union: Stack, browser: Browser, size: str) -> Iterator[Callable[..., Visitor]]:
    """`visitor("chair")` is somebody signed in, `visitor()` nobody; none may have met an error of a script."""
    visitors: list[Visitor] = []

    def visit(username: str | None = None, *, scripts: bool = True) -> Visitor:
        visitors.append(Visitor(browser, union.url, size, scripts=scripts))
        return visitors[-1] if username is None else visitors[-1].sign_in(username)

    yield visit
    for one in visitors:
        one.leave()
        assert not one.complaints, one.complaints


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of the pages go; the run's temporary folder, named in the report when a page is at fault."""
    return tmp_path_factory.mktemp("pictures")
