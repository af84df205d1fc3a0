"""Rules of delegations: whose work may be done by whom, for how long."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from services.chassis.rules.refusal import Refusal


def post_is_own(own: bool) -> Refusal | None:
    """Only the holder of a post lets somebody do its work."""
    if own:
        return None
    return Refusal("organisation.post_is_own", "Only the holder of a post can delegate it.", "post_id")


def post_is_delegable(kind: str, delegable: Collection[str]) -> Refusal | None:
    """What somebody was elected or appointed to personally is done by nobody else (经审, 代表, 调解员)."""
    if kind in delegable:
        return None
    detail = "This post is held personally and can't be delegated."
    return Refusal("organisation.post_is_delegable", detail, "post_id")


def deputy_is_another(same: bool) -> Refusal | None:
    """Nobody is the own deputy."""
    if not same:
        return None
    return Refusal("organisation.deputy_is_another", "A post is delegated to somebody else.", "deputy_id")


def deputy_is_active(standing: str) -> Refusal | None:
    """A deputy is an active member, as the holder of a post is."""
    if standing == "active":
        return None
    return Refusal("organisation.deputy_is_active", "Only an active member can be a deputy.", "deputy_id")


def deputy_belongs_to_unit(kind: str, same_unit: bool) -> Refusal | None:
    """A unit's chair is represented by a member of the unit."""
    if kind != "unit_chair" or same_unit:
        return None
    return Refusal("organisation.deputy_belongs_to_unit", "The deputy of a chair is of the same unit.", "deputy_id")


def deputy_does_not_audit(audits: bool) -> Refusal | None:
    """Who audits the union's work does none of it (工会经审 practice)."""
    if not audits:
        return None
    return Refusal("organisation.deputy_does_not_audit", "An auditor can't be a deputy in an office.", "deputy_id")


def delegation_days_fit(
    days: tuple[date, date], term: tuple[date, date], today: date, most_days: int
) -> Refusal | None:
    """A delegation begins today or later, ends within the term, and lasts half a year at most."""
    starts_on, ends_on = days
    first, last = max(today, term[0]), min(term[1], starts_on + timedelta(days=most_days - 1))
    if first <= starts_on <= ends_on <= last:
        return None
    params = {"from": first.isoformat(), "to": last.isoformat(), "days": most_days}
    detail = f"A delegation lies between {first} and {last}, and lasts {most_days} days at most."
    return Refusal("organisation.delegation_days_fit", detail, "ends_on" if first <= starts_on else "starts_on", params)


def post_has_one_deputy(taken: bool) -> Refusal | None:
    """A post has one deputy at a time."""
    if not taken:
        return None
    return Refusal("organisation.post_has_one_deputy", "The post has a deputy in that time.", "starts_on")


def delegation_is_open(last_day: date, today: date) -> Refusal | None:
    """What has ended stays ended."""
    if last_day >= today:
        return None
    return Refusal("organisation.delegation_is_open", "The delegation has ended already.", "delegation_id")
