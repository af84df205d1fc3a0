"""The progress of a transfer, in steps."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.steps import way
from gateway.portal.words import texts_of
from services.contracts.membership.transfer import TRANSFER_STATES

_STAGES = (
    ("requested", _l("调出单位同意")),
    ("released", _l("调入单位接收")),
    ("accepted", _l("到日生效")),
    ("effective", _l("已转入")),
)


def steps_of(transfer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of a transfer."""
    return way(_STAGES, transfer["state"], texts_of(TRANSFER_STATES).get(transfer["state"]))
