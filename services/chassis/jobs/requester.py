"""The principal of a job: its requester, with the present roles and not those at the time of the request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from services.chassis.errors import NotAllowed
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import Grant, Principal, may_call

RULE = "job.asker_may_still"
NO_OFFICE = ("member", "applicant")
"""Roles that need no office."""


def asker_now(
    context: CallContext, *, roles: Callable[[CallContext], tuple[Grant, ...]], asked_by: Operation | None
) -> CallContext:
    """Return a job's context with the roles its asker has now; what the union does by itself stays as it is.

    Args:
        context: as the job was asked for.
        roles: looks the roles up.
        asked_by: the operation by which the job was asked for, where there is one.

    Raises:
        NotAllowed: an office is gone that let the asker ask for it, or they may not ask for it at all any more.
        Unavailable: the roles can't be looked up now.
    """
    asker = context.principal
    if asker.kind not in ("account", "program"):
        return context
    now = replace(asker, grants=roles(context))
    let_them, let_them_now = _offices(asker, asked_by), _offices(now, asked_by)
    union_wide = asked_by is not None and any(grant.unit is None for grant in let_them_now)
    if not (union_wide or let_them <= let_them_now) or not (asked_by is None or may_call(now, asked_by)):
        raise NotAllowed(
            "Whoever asked for this no longer has the office that allows it; the work has stopped.",
            rule=RULE,
            params={"roles": sorted({grant.role for grant in let_them})},
        )
    return replace(context, principal=now)


def _offices(asker: Principal, asked_by: Operation | None) -> set[Grant]:
    """Return the offices that let somebody ask for the work, all of them where no operation says which."""
    return {
        grant
        for grant in asker.grants
        if grant.role not in NO_OFFICE and (asked_by is None or grant.role in asked_by.allow)
    }
