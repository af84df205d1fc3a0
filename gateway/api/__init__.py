"""The HTTP API: one table of routes per subject, all made into views by `gateway.http.routes`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gateway.api import (
    accounts,
    activities,
    cards,
    dues,
    failed_events,
    governance,
    honours,
    hr_sync,
    imports,
    jobs,
    joining,
    me,
    membership,
    organisation,
    privacy,
    problems,
    programs,
    sessions,
    standing,
    welfare,
)
from gateway.http.routes import Route, blueprint

_SUBJECTS = (
    sessions,
    accounts,
    me,
    hr_sync,
    organisation,
    membership,
    joining,
    cards,
    standing,
    honours,
    privacy,
    dues,
    activities,
    welfare,
    governance,
    problems,
    programs,
    imports,
    failed_events,
    jobs,
)


def register(api: Any) -> None:
    """Add every route to the app and its document."""
    for subject in _SUBJECTS:
        name = subject.__name__.rpartition(".")[2]
        api.register_blueprint(blueprint(name, (subject.__doc__ or "").strip().splitlines()[0], subject.ROUTES))


def routes() -> Iterator[Route]:
    """Yield every route of the API."""
    for subject in _SUBJECTS:
        yield from subject.ROUTES
