"""Rosters in and out: upload, columns, dry run, carrying out, what is wrong with which row."""

from __future__ import annotations

from typing import Any

from gateway.http.routes import Route
from gateway.portal.rosters import problem_file, template
from services.contracts.gateway.rosters import read_problem_file, roster_template
from services.contracts.membership import imports
from services.contracts.membership.member_lists import read_member_list
from services.contracts.membership.record.exports import start_member_export

_IMPORT = "/membership/imports/<uuid:import_id>"


def _problem_file(payload: dict[str, Any]) -> dict[str, Any]:
    return problem_file(payload["import_id"])


def _template(payload: dict[str, Any]) -> dict[str, Any]:
    return template(payload["format"])


ROUTES = (
    Route("POST", "/membership/members/export-file", start_member_export, 202, location="/membership/jobs/{id}"),
    Route("GET", "/membership/imports", imports.list_imports),
    Route(
        "POST", "/membership/imports", imports.upload_roster, 201, upload=imports.LARGEST, limit="30/minute",
        location="/membership/imports/{id}",
    ),
    Route("GET", "/membership/imports/template", roster_template, answer=_template, download=True),
    Route("GET", _IMPORT, imports.get_import),
    Route("POST", f"{_IMPORT}/mapping", imports.map_roster),
    Route("POST", f"{_IMPORT}/start", imports.start_import),
    Route("POST", f"{_IMPORT}/discard", imports.discard_import),
    Route("GET", f"{_IMPORT}/problems", imports.list_import_problems),
    # POST, though they change nothing: the rows stand in them in plain, and each look is logged.
    Route("POST", f"{_IMPORT}/problem-rows", imports.read_problem_rows),
    Route("POST", "/membership/member-lists/read", read_member_list),
    Route("POST", f"{_IMPORT}/problem-file", read_problem_file, answer=_problem_file, download=True),
)  # fmt: skip
