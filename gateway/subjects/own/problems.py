"""The kinds of problems: what stands behind the `type` of an error."""

from __future__ import annotations

from gateway.api import problems
from gateway.subject import Subject

SUBJECT = Subject(
    "problems",
    "The kinds of problems: what stands behind the `type` of an error.",
    routes=problems.ROUTES,
)
