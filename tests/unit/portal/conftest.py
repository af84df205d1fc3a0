"""The portal on an app of its own, without services behind it."""

from __future__ import annotations

from collections.abc import Iterator

import flask
import pytest

from gateway.identity import current
from gateway.identity.sessions import SessionReader
from gateway.portal import init_app
from gateway.subject import install
from gateway.subjects import SUBJECTS
from services.chassis.process import settings
from tests.unit.gateway.conftest import set_settings


class NobodySignedIn(SessionReader):
    """A reader of sessions that knows none."""

    def __init__(self) -> None:
        """Needs no gateway."""

    def who(self, token: str) -> None:
        """Nobody."""


@pytest.fixture(scope="session")
def pages_app() -> flask.Flask:
    """The app, put together once: registering its pages takes longer than most tests."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        set_settings(monkeypatch)
        app = flask.Flask("portal", static_folder=None)
        app.secret_key = "for-tests-only"
        install(app, SUBJECTS)
        init_app(app)
    settings.reset()
    return app


@pytest.fixture
def portal(pages_app: flask.Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[flask.Flask]:
    """The portal's filters, words and pages; nobody is signed in."""
    set_settings(monkeypatch)
    current.install(pages_app, NobodySignedIn())
    yield pages_app
    settings.reset()
