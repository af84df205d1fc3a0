"""A demo union that is loaded once, for tests that ask the running API or the app in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.in_process import InProcessUnion, in_process_union
from tests.support.loaded import LoadedDemo, demo_loader

MEMBERS = 130


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> LoadedDemo:
    """`loaded_demo(130)` is a folder with the data of a demo union of 130 members, to be copied; it is made once."""
    return demo_loader(tmp_path_factory)


@pytest.fixture(scope="session")
def loaded_union(loaded_demo: LoadedDemo) -> Path:
    """A folder with the data of a union that nobody runs, to be copied."""
    return loaded_demo(MEMBERS)


@pytest.fixture(scope="module")
def in_process(loaded_union: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcessUnion]:
    """A union in this process, of this module's own."""
    with in_process_union(loaded_union, tmp_path_factory.mktemp("in-process")) as union:
        yield union


@pytest.fixture(scope="module")
def signed_in(in_process: InProcessUnion) -> Callable[[str], Api]:
    """`signed_in("officer")` is a caller with that demo account; all of them in a module share its session."""
    callers: dict[str, Api] = {}

    def sign_in(username: str) -> Api:
        if username not in callers:
            callers[username] = Api(in_process.url, in_process.session()).sign_in(username)
        return callers[username]

    return sign_in
