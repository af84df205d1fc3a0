"""Signing in and out, by programs."""

from __future__ import annotations

from gateway.api import sessions
from gateway.subject import Subject

SUBJECT = Subject(
    "sessions",
    "Signing in and out, by programs.",
    routes=sessions.ROUTES,
)
