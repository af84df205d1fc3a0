"""What is said of a file that can't be attached to a visit."""

from __future__ import annotations

from flask import Flask

from gateway.subjects.welfare.visits import evidence_upload
from services.chassis.errors import InvalidInput
from services.chassis.input_codes import OF_SCHEMA


def test_the_first_error_of_a_field_is_said(portal: Flask) -> None:
    problem = InvalidInput(errors={"caption": [OF_SCHEMA["unknown"], OF_SCHEMA["type"]]})
    with portal.test_request_context("/", headers={"Accept-Language": "zh"}):
        told = evidence_upload._words_of(problem)
        assert told
        assert told == evidence_upload.say(OF_SCHEMA["unknown"])


def test_without_fields_the_problem_is_said(portal: Flask) -> None:
    problem = InvalidInput("The file is empty.")
    with portal.test_request_context("/"):
        assert evidence_upload._words_of(problem) == evidence_upload.say(problem)
