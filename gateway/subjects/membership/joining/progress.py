"""The progress of an application to join, in steps."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.steps import way
from gateway.portal.words import texts_of
from services.contracts.membership.joining.applications import APPLICATION_STATES

_STAGES = (
    ("draft", _l("填写")),
    ("submitted", _l("分工会审核")),
    ("unit_reviewed", _l("校工会批准")),
    ("approved", _l("成为会员")),
)


def steps_of(state: str) -> list[dict[str, Any]]:
    """Return the steps of an application in a state."""
    return way(_STAGES, state, texts_of(APPLICATION_STATES).get(state))
