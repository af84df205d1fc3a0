"""Signing in and out, by programs."""

from gateway.subject import Subject
from gateway.subjects.own.sessions import api

SUBJECT = Subject(
    "sessions",
    __doc__,
    routes=api.ROUTES,
)
