"""Working in one of several roles, for API and page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.identity import acting
from gateway.identity.current import current_context, forget_current, require_account
from gateway.own_operations import checked_request
from gateway.runtime import gateway
from services.chassis.schema import Operation


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Switch the role of the session in use; return who is signed in now.

    Raises:
        Problem: nobody is signed in, or the role is not theirs.
    """
    request, account = checked_request(operation, payload), require_account()
    with gateway().transaction(current_context()) as tx:
        acting.switch_role(tx, account, request["role"], request["unit_id"])
    forget_current()
    return acting.summary_of(require_account())
