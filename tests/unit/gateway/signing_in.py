"""What tests of identity share: one account with a password, and how its owner signs in over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from tests.unit.gateway.conftest import PASSWORD, Person

__all__ = ["PASSWORD", "SignIn", "bearer", "open_session"]

SignIn = Callable[..., Person]


def open_session(http: FlaskClient, username: str = "wang", password: str = PASSWORD) -> Any:
    return http.post("/api/v1/sessions", json={"username": username, "password": password})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
