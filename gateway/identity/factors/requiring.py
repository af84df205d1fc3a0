"""Roles that require a second factor: people who hold one and have none can do nothing but enrol.

It is checked with each request and not at sign-in alone, so that a post given to somebody who is signed in counts at
once.
"""

from __future__ import annotations

from flask import Flask, request

from gateway.http.public_paths import FOR_EVERY_ACCOUNT, FOR_EVERYBODY
from gateway.identity.current import current_account
from services.chassis.errors import NotAllowed

ENROLLED = "second_factor.is_enrolled_for_role"
"""The rule that refuses everything else."""
_OPEN_BELOW = (*FOR_EVERYBODY, "/me/second-factor", "/api/v1/me/second-factor")


def install(app: Flask) -> None:
    """Refuse everything but enrolling to accounts whose role requires a second factor that they lack."""
    app.before_request(_require_enrolled)


def _require_enrolled() -> None:
    if request.path in FOR_EVERY_ACCOUNT or request.path.startswith(_OPEN_BELOW):
        return
    account = current_account()
    if account is not None and account.must_enrol:
        raise NotAllowed(
            "A role of this account requires a second factor. Set one up: /api/v1/me/second-factor.",
            code="second_factor_enrolment_required",
            rule=ENROLLED,
        )
