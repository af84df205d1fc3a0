"""The scanner, for members and in the console: by camera, by a photo, by a hand scanner, or typed.

A page with scripts sends each code by itself and gets only the result (`HX-Request`); without scripts the same form
loads the page again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from gateway.http.rate_limits import require_below
from gateway.portal.messages import explain
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.uploads import takes_file
from gateway.subject import installed
from gateway.subjects.own.codes.limits import PHOTOS, SCANS
from gateway.subjects.own.codes.reading import Scanned, read, read_photo, wanted_kind
from gateway.subjects.own.codes.words import advice_of, title_of
from services.chassis.errors import NotSignedIn, Problem
from services.contracts.gateway.codes import LARGEST_PHOTO, LONGEST_CODE

PAGES = PageTable()


@dataclass(frozen=True)
class Result:
    """What the page shows of one scan: the answer, or the problem that prevented it."""

    scanned: Scanned | None = None
    problem: Problem | None = None

    @property
    def status(self) -> int:
        return self.problem.status if self.problem else 200


NOTHING = Result()


@PAGES.get("/scan")
@only()
def scan() -> str:
    """Show the scanner."""
    return _page(console=False)


@PAGES.post("/scan")
@takes_file(LARGEST_PHOTO)
@only()
def scanned() -> Response:
    """Answer what a code is."""
    return _answer(console=False)


@PAGES.get("/console/scan")
@only(*CONSOLE_ROLES)
def console_scan() -> str:
    """Show the scanner in the console."""
    return _page(console=True)


@PAGES.post("/console/scan")
@takes_file(LARGEST_PHOTO)
@only(*CONSOLE_ROLES)
def console_scanned() -> Response:
    """Answer what a code is, in the console."""
    return _answer(console=True)


def _answer(console: bool) -> Response:
    result = _result()
    if request.headers.get("HX-Request"):
        response = make_response(render_template("portal/scan/result.html", **_told(result)), result.status)
    else:
        response = make_response(_page(console, result), result.status)
    if result.problem is not None and "retry_after" in result.problem.params:
        response.headers["Retry-After"] = str(result.problem.params["retry_after"])
    return response


def _result() -> Result:
    try:
        wanted = wanted_kind(request.form.get("wanted"))
        photo = request.files.get("photo")
        if photo is not None and photo.filename:
            require_below(PHOTOS, "read_code_photo")
            return Result(read_photo(photo.stream.read(), wanted))
        text = request.form.get("text", "").strip()
        if not text:
            return NOTHING
        require_below(SCANS, "read_code")
        return Result(read(text, wanted))
    except NotSignedIn:
        raise
    except Problem as problem:
        return Result(problem=problem)


def _page(console: bool, result: Result = NOTHING) -> str:
    return render_template(
        "portal/scan/scan.html",
        frame="portal/console.html" if console else "portal/member.html",
        here="portal.console_scan" if console else "portal.scan",
        console=console,
        wanted=installed().codes.get(request.values.get("wanted", "")),
        longest=LONGEST_CODE,
        **_told(result),
    )


def _told(result: Result) -> dict[str, Any]:
    """Return the variables of the result's template."""
    told: dict[str, Any] = dict.fromkeys(("scanned", "problem", "title", "advice", "further"))
    if (found := result.scanned) is None:
        return {**told, "problem": explain(result.problem) if result.problem else None}
    further = None
    if found.kind and found.told["subject_id"]:
        further = found.kind.page({**found.told, "token": found.token})
    return {**told, "scanned": found, "title": title_of(found), "advice": advice_of(found), "further": further}
