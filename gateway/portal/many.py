"""Acts on many: how many they concern, by what, and the first of them are seen before anything is done.

The number that was seen goes along, and the owner refuses the act when it is another by then: the page asks again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from gateway.rpc.calls import call
from services.chassis.plain_text import whole_number
from services.chassis.schema import Operation

SHOWN = 10
"""How many are named; the others are counted."""


@dataclass(frozen=True)
class Concerned:
    """Whom or what an act concerns.

    Args:
        total: how many.
        rows: of the first of them, a name and what tells it from others.
    """

    total: int
    rows: Sequence[tuple[str, str]]

    @property
    def more(self) -> int:
        """How many are not named."""
        return max(0, self.total - len(self.rows))


def first_of(operation: Operation, asked: Mapping[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """Return the first items of a list, and how many it has; a list that does not count itself gives no total."""
    counted = {"with_total": True} if "with_total" in operation.request_schema.fields else {}
    found = call(operation, {**asked, **counted, "limit": SHOWN})
    return found["items"], found.get("total") or 0


def seen() -> int | None:
    """Return the number that the sender of the form was told."""
    return request.form.get("expected", type=whole_number)


def asked_again(
    concerned: Concerned,
    *,
    title: Any,
    told: str,
    chosen: str,
    button: Any,
    action: str,
    back: str,
    kept: Mapping[str, Any] | None = None,
    template: str = "portal/many.html",
    **more: Any,
) -> str:
    """Return the page that asks before many are acted on.

    Args:
        concerned: whom.
        title: of the page and its panel.
        told: the sentence with the number: what will be done to how many.
        chosen: by which rule or filter they were chosen, and what follows.
        button: its words.
        action: address the form is sent to.
        back: address of the list.
        kept: further values to send.
        template: with fields of its own, extends `portal/many.html`.
        more: for such a template.
    """
    return render_template(
        template,
        concerned=concerned,
        title=title,
        told=told,
        chosen=chosen,
        button=button,
        action=action,
        back_address=back,
        kept={name: value for name, value in (kept or {}).items() if value},
        **more,
    )
