"""pytest plugin: patch the standard library for eventlet before anything else is imported.

Services run in the test process, so its sockets and locks must yield as they do in production. Playwright does not
bear the patches: a run of nothing but tests/browser goes without, and is a run of its own in the Makefile.
"""

from __future__ import annotations

from pathlib import Path

import pytest

BROWSER = Path(__file__).resolve().parent.parent / "browser"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Patch as early as plugins can: pytest has set up its capturing, no conftest is imported yet."""
    if not _only_browser_tests(early_config.known_args_namespace.file_or_dir):
        from services.chassis.process import eventlet_setup

        eventlet_setup.patch()


def _only_browser_tests(named: list[str]) -> bool:
    paths = [Path(name.partition("::")[0]).resolve() for name in named]
    return bool(paths) and all(path == BROWSER or BROWSER in path.parents for path in paths)
