"""The kinds of problems: what stands behind the `type` of an error."""

from gateway.subject import Subject
from gateway.subjects.own.problems import api

SUBJECT = Subject(
    "problems",
    __doc__,
    routes=api.ROUTES,
)
