"""Membership: units and posts, applications to join, members' records."""

from __future__ import annotations

from typing import Any

from gateway.identity.sign_up import apply_for_membership as apply_with_account
from gateway.routes import Route, idempotency_key
from services.contracts.gateway.identity import apply_for_membership
from services.contracts.membership.jobs import cancel_job, get_job, list_jobs, read_job_file, retry_job
from services.contracts.membership.joining import (
    approve_application,
    approve_applications,
    follow_application,
    get_application,
    list_applications,
    propose_newcomers,
    reject_application,
    return_application,
    review_application,
    submit_draft,
    unmask_application,
    update_application,
    withdraw_application,
)
from services.contracts.membership.organisation import (
    assign_post,
    create_unit,
    end_post,
    get_unit,
    list_posts,
    list_units,
    unit_figures,
    update_unit,
)
from services.contracts.membership.record import (
    admit_members,
    change_unit,
    export_members,
    get_member,
    list_members,
    member_accesses,
    member_history,
    unmask_member,
    update_member,
)
from services.contracts.membership.rulebook import list_membership_rules, load_membership_rules

_APPLICATION = "/membership/applications/<uuid:application_id>"
_MEMBER = "/membership/members/<uuid:member_id>"
_JOB = "/membership/jobs/<uuid:job_id>"
_UNIT = "/membership/units/<uuid:unit_id>"


def _apply(payload: dict[str, Any]) -> dict[str, Any]:
    username, password = payload.pop("username", None), payload.pop("password", None)
    return apply_with_account(payload, username, password, idempotency_key())


ROUTES = (
    Route("GET", "/membership/units", list_units),
    Route("POST", "/membership/units", create_unit, 201, location="/membership/units/{id}"),
    Route("GET", "/membership/units/figures", unit_figures),
    Route("GET", _UNIT, get_unit),
    Route("PATCH", _UNIT, update_unit),
    Route("GET", "/membership/posts", list_posts),
    Route("POST", "/membership/posts", assign_post, 201),
    Route("POST", "/membership/posts/<uuid:post_id>/end", end_post),
    Route("GET", "/membership/applications", list_applications),
    Route(
        "POST", "/membership/applications", apply_for_membership, 201, answer=_apply, limit="30/minute",
        location="/membership/applications/{id}",
    ),
    Route("POST", "/membership/applications/approve", approve_applications),
    Route("POST", "/membership/applications/propose", propose_newcomers),
    Route("GET", _APPLICATION, get_application),
    Route("PATCH", _APPLICATION, update_application),
    Route("POST", f"{_APPLICATION}/submit", submit_draft),
    Route("POST", f"{_APPLICATION}/review", review_application),
    Route("POST", f"{_APPLICATION}/approve", approve_application),
    Route("POST", f"{_APPLICATION}/reject", reject_application),
    Route("POST", f"{_APPLICATION}/return", return_application),
    Route("POST", f"{_APPLICATION}/withdraw", withdraw_application),
    # POST, though it changes nothing: a receipt code must not stand in an address.
    Route("POST", f"{_APPLICATION}/standing", follow_application, limit="30/minute"),
    Route("POST", f"{_APPLICATION}/unmask", unmask_application),
    Route("GET", "/membership/members", list_members),
    Route("POST", "/membership/members", admit_members, 201),
    Route("POST", "/membership/members/export", export_members),
    Route("GET", _MEMBER, get_member),
    Route("PATCH", _MEMBER, update_member),
    Route("POST", f"{_MEMBER}/unmask", unmask_member),
    Route("POST", f"{_MEMBER}/change-unit", change_unit),
    Route("GET", f"{_MEMBER}/history", member_history),
    Route("GET", f"{_MEMBER}/accesses", member_accesses),
    Route("GET", "/membership/rules", list_membership_rules),
    Route("POST", "/membership/rules/load", load_membership_rules),
    Route("GET", "/membership/jobs", list_jobs),
    Route("GET", _JOB, get_job),
    Route("POST", f"{_JOB}/cancel", cancel_job),
    Route("POST", f"{_JOB}/retry", retry_job),
    Route("GET", f"{_JOB}/file", read_job_file, download=True),
)  # fmt: skip
