"""Errors as RFC 9457 problem documents, from one table. Every error answer of the gateway is made here.

Belongs here: which error becomes which status, type and title, and the document's fields. Not: what an error means to
a service (chassis.errors) or how a page shows it (portal).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, g, request
from marshmallow import fields
from werkzeug.exceptions import HTTPException

from services.chassis import errors
from services.chassis.database.errors import is_away, is_busy, is_clash
from services.chassis.input_errors import flatten
from services.chassis.process import logs
from services.chassis.schema import InputErrorItem, Schema

MEDIA_TYPE = "application/problem+json"
log = logs.get_logger(__name__)


@dataclass(frozen=True)
class Kind:
    """One row of the table: title and status of a class of errors."""

    slug: str
    status: int
    title: str


KINDS: tuple[Kind, ...] = (
    Kind("malformed_request", 400, "The request cannot be read"),
    Kind("csrf", 400, "The form is no longer valid"),
    Kind("not_signed_in", 401, "Sign in first"),
    Kind("not_allowed", 403, "Not allowed"),
    Kind("not_found", 404, "Not found"),
    Kind("method_not_allowed", 405, "This method is not offered here"),
    Kind("not_acceptable", 406, "No answer of the kind asked for"),
    Kind("conflict", 409, "It conflicts with what stands"),
    Kind("refused", 409, "A rule refuses this"),
    Kind("no_rule_in_force", 409, "No rule is in force for this"),
    Kind("precondition_failed", 412, "An older version was changed"),
    Kind("too_large", 413, "The request is too large"),
    Kind("unsupported_media_type", 415, "This media type is not read here"),
    Kind("invalid_input", 422, "The input is not valid"),
    Kind("too_many", 429, "Too many attempts"),
    Kind("defect", 500, "Something broke inside"),
    Kind("unavailable", 503, "A part of the system is unavailable"),
    Kind("deadline_exceeded", 504, "No answer in time"),
)
"""All kinds of problems of the gateway."""

KIND_OF: dict[str, Kind] = {kind.slug: kind for kind in KINDS}
_SLUG_OF_STATUS = {
    404: "not_found", 405: "method_not_allowed", 406: "not_acceptable", 413: "too_large", 414: "too_large",
    415: "unsupported_media_type", 422: "invalid_input", 429: "too_many", 431: "too_large",
}  # fmt: skip
_HIDDEN_PARAMS = frozenset({"errors", "legal", "retry_after"})


class ProblemDocument(Schema):
    """A problem document (RFC 9457), with the invalid field or the rule."""

    type = fields.String(required=True, metadata={"format": "uri-reference"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    instance = fields.String(required=True, metadata={"format": "uri-reference"})
    code = fields.String(required=True)
    field = fields.String()
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    input_errors = fields.List(fields.Nested(InputErrorItem))
    rule = fields.String()
    legal = fields.List(fields.String())
    params = fields.Dict()
    retry_after = fields.Integer()
    correlation_id = fields.String(required=True)


class MalformedRequest(errors.Problem):
    """The request can't be parsed: not JSON, invalid encoding, malformed header."""

    status = 400
    default_code = "malformed_request"


class TooLarge(errors.Problem):
    """The body is larger than the limit."""

    status = 413
    default_code = "too_large"


class UnsupportedMediaType(errors.Problem):
    """The media type of the body is not supported here."""

    status = 415
    default_code = "unsupported_media_type"


class ForgedForm(errors.Problem):
    """A form or script sent no valid CSRF token; `csrf_token` describes how to get one."""

    status = 400
    default_code = "csrf"


def kind_of(problem: errors.Problem) -> Kind:
    """Return the table's row for an error: its class's, or the nearest ancestor's."""
    for ancestor in type(problem).__mro__:
        kind = KIND_OF.get(getattr(ancestor, "default_code", ""))
        if kind is not None:
            return kind
    return KIND_OF["malformed_request"]


def problem_of(error: Exception) -> errors.Problem:
    """Return the problem for any exception; for a defect only with the correlation id."""
    if isinstance(error, errors.Problem):
        return error
    if isinstance(error, HTTPException):
        return _of_http(error)
    if is_away(error):
        return errors.Unavailable("The gateway's database cannot be reached.", params={"service": "gateway"})
    if is_busy(error):
        return errors.Unavailable("Somebody else is changing this; try again.", code="busy")
    if is_clash(error):
        log.warning("stored_meanwhile", error=type(error).__name__, correlation_id=g.get("correlation_id"))
        return errors.Conflict("This clashes with something that was stored at the same time.", code="stored_meanwhile")
    log.error("defect", exc_info=error, correlation_id=g.get("correlation_id"), path=request.path)
    return errors.Defect("Something broke inside. The correlation id finds it in the logs.")


def _of_http(error: HTTPException) -> errors.Problem:
    status = error.code or 500
    if status >= 500:
        return errors.Defect("Something broke inside. The correlation id finds it in the logs.")
    slug = _SLUG_OF_STATUS.get(status, "malformed_request")
    problem_class = _CLASS_OF_SLUG.get(slug, MalformedRequest)
    return problem_class(error.description or KIND_OF[slug].title, code=slug)


class _MethodNotAllowed(errors.Problem):
    status = 405
    default_code = "method_not_allowed"


class _NotAcceptable(errors.Problem):
    status = 406
    default_code = "not_acceptable"


_CLASS_OF_SLUG: dict[str, type[errors.Problem]] = {
    "not_found": errors.NotFound,
    "method_not_allowed": _MethodNotAllowed,
    "not_acceptable": _NotAcceptable,
    "too_large": TooLarge,
    "unsupported_media_type": UnsupportedMediaType,
    "invalid_input": errors.InvalidInput,
    "too_many": errors.TooMany,
    "malformed_request": MalformedRequest,
}


def document_of(problem: errors.Problem) -> dict[str, Any]:
    """Return the problem document (RFC 9457) of an error, for the request being answered."""
    kind = kind_of(problem)
    document: dict[str, Any] = {
        "type": f"/api/v1/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail,
        "instance": quote(request.path, safe="/:@"),
        "code": problem.code,
        "correlation_id": g.get("correlation_id", ""),
    }
    found = {"field": problem.field, "rule": problem.rule, "errors": flatten(getattr(problem, "errors", {}))}
    found["input_errors"] = getattr(problem, "input_errors", None)
    found |= {"legal": problem.params.get("legal"), "retry_after": problem.params.get("retry_after")}
    found["params"] = {key: value for key, value in problem.params.items() if key not in _HIDDEN_PARAMS}
    document.update({key: value for key, value in found.items() if value})
    return document


def answer_problem(error: Exception) -> Response:
    """Answer an error: a problem document for programs; a page or a redirect for people."""
    problem = problem_of(error)
    document = document_of(problem)
    response = _page_of(document) or current_app.response_class(current_app.json.dumps(document), mimetype=MEDIA_TYPE)
    if "Location" not in response.headers:
        response.status_code = document["status"]
    response.headers["Cache-Control"] = "no-store"
    if problem.params.get("retry_after"):
        response.headers["Retry-After"] = str(int(problem.params["retry_after"]))
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="gonghui"'
    _keep_headers(error, response)
    return response


def _page_of(document: dict[str, Any]) -> Response | None:
    """Return the portal's page for a problem, None when the client is a program or there is no portal."""
    render = current_app.extensions.get("gonghui_problem_page")
    if render is None or request.path.startswith(("/api/", "/healthz")):
        return None
    return current_app.make_response(render(document, document["status"]))


def _keep_headers(error: Exception, response: Response) -> None:
    """Keep the required header of an HTTP error: the allowed methods."""
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(methods_here() or allowed))


def methods_here() -> set[str]:
    """Return the methods of exactly the requested path; none when it matches only rules with variable parts.

    For werkzeug `…/rules/missing` also matches `…/rules/<key>`, which has another meaning.
    """
    rules = current_app.url_map.iter_rules()
    return {method for rule in rules if rule.rule == request.path for method in rule.methods or ()}
