"""Calls of pages to services: queries for a part of the page, which may fail alone, and commands.

If a query fails because its service is away, only its part of the page is missing. If a command is refused, the form is
shown again, with the rule and the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import flash, g, redirect, request
from werkzeug.wrappers import Response

from gateway.portal.forms import Form
from gateway.portal.messages import explain
from gateway.rpc.calls import call
from services.chassis.errors import NotFound, NotSignedIn, Problem, Unavailable
from services.chassis.schema import Operation

PASSED_ON = (NotSignedIn, NotFound)
"""Problems that are about the whole page. Everything else keeps what was filled in, an absent service too."""


PART_SECONDS = 3.0
"""How long a page waits for one of its parts."""
_LONGEST_TOLD, _MOST_TOLD = 200, 5
"""Characters of one sentence, and sentences, that are told on the page after a refusal."""


@dataclass(frozen=True)
class Part:
    """One part of a page: what was asked for, or the problem that stands in its place."""

    data: Any = None
    problem: Problem | None = None

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items of a list; none while the service is away."""
        return list((self.data or {}).get("items", []))

    @property
    def next_cursor(self) -> str | None:
        """Where the next page begins."""
        return (self.data or {}).get("next_cursor")

    @property
    def total(self) -> int | None:
        """How many items there are on all pages, where the service counted them."""
        return (self.data or {}).get("total")


def part(operation: Operation, payload: Mapping[str, Any] | None = None) -> Part:
    """Ask a service for one part of a page; when it is away the part says so and the page stands.

    A service that was away for one part is not waited for again on the same page.
    """
    away: dict[str, Unavailable] = g.setdefault("portal_away", {})
    if operation.service in away:
        return Part(problem=away[operation.service])
    found = part_of(lambda: call(operation, dict(payload or {}), seconds=PART_SECONDS))
    if isinstance(found.problem, Unavailable):
        away[operation.service] = found.problem
    return found


def part_of(read: Callable[[], Any]) -> Part:
    """Read one part of a page by any function; only an absent service is caught."""
    try:
        return Part(data=read())
    except Unavailable as problem:
        return Part(problem=problem)


def send(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Give a command; sending the same page twice does it once, by the key the page carries for each command."""
    once = request.form.get("once", "")[:40]
    return call(operation, dict(payload), idempotency_key=f"{once}.{operation.name}" if once else None)


def submit(
    form: Form, operation: Operation, *, filled: Mapping[str, Any] | None = None, **fixed: Any
) -> dict[str, Any] | None:
    """Give the command a form stands for; return its reply, or None with the problem placed in the form.

    Args:
        form: what was filled in.
        operation: the command.
        filled: the form's payload where the page changed it.
        fixed: what the page itself knows: ids, versions.
    """
    try:
        return send(operation, {**(form.payload() if filled is None else filled), **fixed})
    except PASSED_ON:
        raise
    except Problem as problem:
        place(form, problem)
        return None


def place(form: Form, problem: Problem) -> None:
    """Put a problem into the form; without an answer the form keeps its key, since it may have been done."""
    if isinstance(problem, Unavailable):
        g.portal_key = request.form.get("once")
    form.take(problem)


def page_key() -> str:
    """Return the key a form carries, so that sending it twice acts once."""
    return g.get("portal_key") or str(uuid4())


def act(operation: Operation, payload: Mapping[str, Any], *, done: str, then: str) -> Response:
    """Give the command behind a button and go on; a refusal is told on the page that follows."""
    return carry_out(lambda: send(operation, payload), done=done, then=then)


def carry_out(do: Callable[[], Any], *, done: str, then: str) -> Response:
    """Do what a button stands for and go on; see `act`."""
    try:
        do()
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
    else:
        flash(done, "done")
    return go(then)


def tell(problem: Problem) -> None:
    """Tell a refusal on the next page: the reason, the rule and what is possible instead.

    It travels in a cookie, which a browser drops when it grows past 4 KB: so no more than a page needs of it.
    """
    told = explain(problem)
    errors = [text[:_LONGEST_TOLD] for text in told["errors"][:_MOST_TOLD]]
    flash({**told, "text": told["text"][:_LONGEST_TOLD], "errors": errors}, "problem")  # type: ignore[arg-type]


def ask_again(words: str) -> None:
    """Tell on the next page what has to be done first."""
    flash({"text": words}, "problem")  # type: ignore[arg-type]  # the template shows its parts


def go(address: str) -> Response:
    """Send the browser on after a command, so that reloading repeats nothing."""
    return redirect(address, code=303)
