"""A browser and the whole union for the run, visitors for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import Visitor
from tests.support.campus import campus
from tests.support.chromium import ARGUMENTS
from tests.support.loaded import LoadedDemo, demo_loader
from tests.support.stack import Stack, embedded_stack

MEMBERS = 400


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> LoadedDemo:
    """`loaded_demo(130)` is a folder with the data of a demo union of 130 members, to be copied; it is made once."""
    return demo_loader(tmp_path_factory)


@pytest.fixture(scope="session")
def loaded(loaded_demo: LoadedDemo) -> Path:
    """The data of a demo union with 400 members, to be copied."""
    return loaded_demo(MEMBERS)


@pytest.fixture(scope="session")
def union(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The union as `make run` starts it, with 400 members; each story makes what it needs."""
    with (
        campus() as providers,
        embedded_stack(tmp_path_factory.mktemp("union"), MEMBERS, loaded, providers.providers) as stack,
    ):
        stack.campus = providers
        yield stack


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def size() -> str:
    """The size at which a story is told; `@pytest.mark.parametrize("size", ...)` tells it at another, or at both."""
    return "phone"


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
    """Where pictures of the pages go: the folder that TEST_PICTURES names, else a temporary one."""
    wanted = os.environ.get("TEST_PICTURES")
    if wanted is None:
        return tmp_path_factory.mktemp("pictures")
    Path(wanted).mkdir(parents=True, exist_ok=True)
    return Path(wanted)
