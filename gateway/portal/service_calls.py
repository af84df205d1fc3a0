"""Calls of pages to services: queries for a part of the page, which may fail alone, and commands.

If a query fails because its service is away, only its part of the page is missing. If a command is refused, the form is
shown again, with the rule and the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import eventlet
from flask import flash, g, redirect, request
from werkzeug.wrappers import Response

from gateway.http.files import file_response
from gateway.portal.forms import Form
from gateway.portal.messages import explain
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from services.chassis.errors import NotFound, NotSignedIn, Problem, Unavailable
from services.chassis.schema import Operation

PASSED_ON = (NotSignedIn, NotFound)
"""Problems of the whole page. For all others, also an absent service, the form is shown again with its input."""


_LONGEST_TOLD, _MOST_TOLD = 200, 5
"""Limits of a refusal shown on the next page: characters of a sentence, and sentences."""


@dataclass(frozen=True)
class Part:
    """One part of a page: the reply, or the problem shown instead."""

    data: Any = None
    problem: Problem | None = None

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items of a list; empty while the service is away."""
        return list((self.data or {}).get("items", []))

    @property
    def next_cursor(self) -> str | None:
        """The cursor of the next page."""
        return (self.data or {}).get("next_cursor")

    @property
    def total(self) -> int | None:
        """The total number of items, if the service counted them."""
        return (self.data or {}).get("total")


def part(operation: Operation, payload: Mapping[str, Any] | None = None) -> Part:
    """Query a service for one part of a page; if it is away, only this part shows a notice.

    A service that did not answer for one part is not called again for the same page.
    """
    away: dict[str, Unavailable] = g.setdefault("portal_away", {})
    if operation.service in away:
        return Part(problem=away[operation.service])
    found = part_of(lambda: call(operation, dict(payload or {}), seconds=part_seconds()))
    if isinstance(found.problem, Unavailable):
        away[operation.service] = found.problem
    return found


def parts(asked: Mapping[str, tuple[Operation, Mapping[str, Any]]]) -> dict[str, Part]:
    """Query several services for parts of a page at the same time; see `part`.

    Queries of one service follow one another, so that a service that is away is waited for once.

    Args:
        asked: operation and payload by the name of the part.
    """
    by_service: dict[str, list[str]] = {}
    for name, (operation, _) in asked.items():
        by_service.setdefault(operation.service, []).append(name)

    def ask(names: list[str]) -> dict[str, Part]:
        return {name: part(*asked[name]) for name in names}

    threads = [eventlet.spawn(copy_context().run, ask, names) for names in by_service.values()]
    return {name: found for thread in threads for name, found in thread.wait().items()}


def part_of(read: Callable[[], Any]) -> Part:
    """Read one part of a page by a function; only the error of an absent service is caught."""
    try:
        return Part(data=read())
    except Unavailable as problem:
        return Part(problem=problem)


def send(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Send a command; sending the same page twice executes it once, by the idempotency key in the page."""
    once = request.form.get("once", "")[:40]
    return call(operation, dict(payload), idempotency_key=f"{once}.{operation.name}" if once else None)


def submit(
    form: Form, operation: Operation, *, filled: Mapping[str, Any] | None = None, **fixed: Any
) -> dict[str, Any] | None:
    """Send the command of a form; return its reply, or None with the problem shown in the form.

    Args:
        form: the submitted form.
        operation: the command.
        filled: the form's payload, if the page changed it.
        fixed: values from the page itself: ids, versions.
    """
    return attempt(form, lambda: send(operation, {**(form.payload() if filled is None else filled), **fixed}))


def attempt(form: Form, do: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    """Return what the function of a form returns, or None with the problem shown in the form; see `submit`."""
    try:
        return do()
    except PASSED_ON:
        raise
    except Problem as problem:
        place(form, problem)
        return None


def place(form: Form, problem: Problem) -> None:
    """Show a problem in the form; without an answer it keeps its key, because the command may have been executed."""
    if isinstance(problem, Unavailable):
        g.portal_key = request.form.get("once")
    form.take(problem)


def page_key() -> str:
    """Return the idempotency key of a submitted form."""
    return g.get("portal_key") or str(uuid4())


Done = str | Callable[[Any], str | None] | None
"""What is said after a command: a text, or what a function makes of the reply; nothing for None."""


def act(
    operation: Operation,
    payload: Mapping[str, Any],
    *,
    done: Done,
    then: str,
    opens: Callable[[Any], str] | None = None,
) -> Response:
    """Send the command of a button and redirect; a refusal is shown on the next page.

    Args:
        operation: the command.
        payload: of the command.
        done: what is said when it was carried out.
        then: address of the next page.
        opens: returns the address of the next page when it was carried out, from the reply; None for `then`.
    """
    return carry_out(lambda: send(operation, payload), done=done, then=then, opens=opens)


def carry_out(do: Callable[[], Any], *, done: Done, then: str, opens: Callable[[Any], str] | None = None) -> Response:
    """Call the function of a button and redirect; see `act`."""
    try:
        reply = do()
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(then)
    if text := done(reply) if callable(done) else done:
        flash(text, "done")
    return go(opens(reply) if opens else then)


def hand_out(operation: Operation, payload: Mapping[str, Any], *, otherwise: str) -> Response:
    """Return the file that an operation answers; a refusal is shown on the page `otherwise`."""
    try:
        return file_response(call(operation, payload))
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(otherwise)


def tell(problem: Problem) -> None:
    """Show a refusal on the next page: the reason, the rule and the possible steps.

    It is stored in a cookie, which browsers limit to 4 KB, so it is shortened.
    """
    told = explain(problem)
    errors = [text[:_LONGEST_TOLD] for text in told["errors"][:_MOST_TOLD]]
    flash({**told, "text": told["text"][:_LONGEST_TOLD], "errors": errors}, "problem")  # type: ignore[arg-type]


def ask_again(words: str) -> None:
    """Show on the next page what has to be done first."""
    flash({"text": words}, "problem")  # type: ignore[arg-type]  # the template shows its parts


def go(address: str) -> Response:
    """Redirect after a command, so that reloading does not repeat it."""
    return redirect(address, code=303)
