"""Signing in and out, by programs."""

from __future__ import annotations

from gateway.subject import Subject
from gateway.subjects.own.sessions import api

SUBJECT = Subject(
    "sessions",
    "Signing in and out, by programs.",
    routes=api.ROUTES,
)
