"""The progress of a visit, in steps."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.steps import way
from gateway.portal.words import texts_of
from services.contracts.welfare.visits.shapes import VISIT_STATES

_STAGES = (
    ("required", _l("需走访")),
    ("assigned", _l("已指派")),
    ("visited", _l("已走访")),
    ("claimed", _l("已入账")),
    ("closed", _l("已办结")),
)


def steps_of(state: str) -> list[dict[str, Any]]:
    """Return the steps of a visit in a state."""
    return way(_STAGES, state, texts_of(VISIT_STATES).get(state))
