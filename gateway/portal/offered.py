"""What a page offers: a link or a button stands there only for who may use it, everything else is plain text.

Who that is comes from the page that answers; no template repeats the roles.
"""

from __future__ import annotations

from flask import current_app

from gateway.identity.current import current_principal
from gateway.portal.people import sees_unit

_ANY_UNIT = "any"


def may_open(endpoint: str, unit_id: str | None = _ANY_UNIT) -> bool:
    """Whether the reader's roles open a page, and reach a unit.

    Args:
        endpoint: of the page, without "portal.".
        unit_id: of what the page is about; None for the university's union itself. Left out where the page is about
            no unit.
    """
    roles: frozenset[str] = getattr(current_app.view_functions[f"portal.{endpoint}"], "roles", frozenset())
    return (not roles or bool(roles & current_principal().roles)) and (unit_id == _ANY_UNIT or sees_unit(unit_id))
