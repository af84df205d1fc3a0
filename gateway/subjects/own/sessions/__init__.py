"""Signing in and out, by programs."""

from __future__ import annotations

from gateway.subject import Subject
from gateway.subjects.own.sessions import api

SUBJECT = Subject(
    "sessions",
    __doc__,
    routes=api.ROUTES,
)
