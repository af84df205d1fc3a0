"""What a change of a rule would alter: governance says what it would leave, every service what it would then decide.

Nothing is stored, and no transaction is open while the services are asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.portal.service_calls import part
from gateway.rpc.calls import call
from services.chassis.errors import InvalidInput
from services.chassis.schema import Operation
from services.contracts.governance.rulebook.keys import RuleKey
from services.contracts.governance.rulebook.operations import draft_rule_change
from services.contracts.governance.rulebook.operations import preview_rule_change as of_governance
from services.contracts.membership.rulebook import preview_rule_change as of_membership
from services.contracts.welfare.rulebook import preview_rule_change as of_welfare

_ASKED: Mapping[str, Operation] = {
    "membership": of_membership, "welfare": of_welfare, "governance": of_governance,
}  # fmt: skip
"""Activities decides when it is asked, and what it decided stands: a change of a rule alters nothing there."""


@dataclass(frozen=True)
class Effects:
    """What one service would decide differently; `away` when it could not be asked."""

    service: str
    items: list[dict[str, Any]]
    away: bool


def effects_of(known: RuleKey, change: Mapping[str, Any]) -> list[Effects]:
    """Return what each service that decides by a key would decide differently after a change.

    Args:
        known: the key.
        change: as `draft_rule_change` takes it: set, end or withdraw.

    Raises:
        Refused, InvalidInput, NotFound: the change itself would be refused.
    """
    draft = call(draft_rule_change, change)
    asked = {service: part(_ASKED[service], draft) for service in known.used_by if service in _ASKED}
    return [Effects(service, found.items, found.problem is not None) for service, found in asked.items()]


def without_its_name(wrong: InvalidInput) -> InvalidInput:
    """Return an input error of `draft_rule_change` with the fields of the change itself, as its form names them."""
    for name in ("set", "end", "withdraw"):
        inner = wrong.errors.get(name)
        if isinstance(inner, Mapping):
            return InvalidInput(wrong.detail, errors=dict(inner))
    return wrong
