"""Desks: a page with a standing scanner, where one code after the other is looked up or recorded.

A page with scripts sends each code by itself and gets only the result (`HX-Request`); without scripts the same form
loads the page again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from gateway.http.rate_limits import require_below
from gateway.portal.messages import explain
from services.chassis.errors import NotSignedIn, Problem

SCANS = "600/minute"
"""Of one account: a desk that scans ten codes a second."""


def scanned(
    look_up: Callable[[str], Mapping[str, Any]],
    *,
    scope: str,
    result: str,
    page: Callable[[Mapping[str, Any]], str],
    shown: Mapping[str, Any],
) -> Response:
    """Return what a desk shows of the code that was sent.

    Args:
        look_up: returns what the result shows, from the text that was scanned; what it refuses is shown as well.
        scope: of the limit of scans.
        result: template of the result, which a page with scripts is sent alone.
        page: returns the whole page, from what is shown.
        shown: what is shown besides; values of `look_up` win.
    """
    require_below(SCANS, scope)
    text = request.form.get("text", "").strip()
    told: dict[str, Any] = {**shown, "problem": None, "code": text}
    status = 200
    try:
        told.update(look_up(text))
    except NotSignedIn:
        raise
    except Problem as problem:
        # The page is there; it is the code that is unknown.
        told["problem"], status = explain(problem), 422 if problem.status == 404 else problem.status
        told["rule"] = problem.rule
    if request.headers.get("HX-Request"):
        return make_response(render_template(result, **told), status)
    return make_response(page(told), status)
