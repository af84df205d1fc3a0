"""Rules of HR synchronisation: newer records, the effect of a difference, when it may be applied."""

from __future__ import annotations

from collections.abc import Collection

from services.chassis.rules.refusal import Refusal

NEW, REPEATED, OLDER = "new", "repeated", "older"


def news_of(sequence: int, known: int | None) -> str:
    """Return whether a delivered record is new, a repeat, or older than what is known of the person."""
    if known is None or sequence > known:
        return NEW
    return REPEATED if sequence == known else OLDER


def kind_of(status: str, standing: str | None, changed: Collection[str]) -> str | None:
    """Return what applying a record would do first of all, None when record and membership agree.

    Args:
        status: HR's word: employed, retired, left.
        standing: of the membership; None where the person has none that stands.
        changed: fields in which the two differ, `unit_id` and `approved_month` among them.
    """
    if standing is None:
        return "join" if status == "employed" else None
    if status == "left":
        return "leave"
    if status == "retired" and standing != "retained":
        return "retirement"
    if "unit_id" in changed:
        return "move"
    return "change" if changed else None


def difference_is_open(state: str) -> Refusal | None:
    """What was applied or dismissed is done with until HR delivers something newer."""
    if state == "open":
        return None
    return Refusal("hr_sync.difference_is_open", "This difference is settled already.", None, {"state": state})


def member_is_unchanged(seen: int | None, now: int | None) -> Refusal | None:
    """A record changed since the difference was looked at is looked at again before it is overwritten."""
    if seen == now:
        return None
    return Refusal(
        "hr_sync.member_is_unchanged", "The record was changed meanwhile; compare it again.", "member_version"
    )


def unit_is_known(code: str | None, known: bool) -> Refusal | None:
    """HR names a unit by a code that an open unit has."""
    if known:
        return None
    return Refusal("hr_sync.unit_is_known", "HR names no open unit of the union.", "unit_code", {"code": code or "—"})


def record_is_complete(missing: Collection[str]) -> Refusal | None:
    """Who joins is known by name, sex, birth, identity number and employment."""
    if not missing:
        return None
    fields = sorted(missing)
    return Refusal(
        "hr_sync.record_is_complete", f"HR's record lacks: {', '.join(fields)}.", fields[0], {"missing": fields}
    )


def pull_is_configured(address: str) -> Refusal | None:
    """HR's API is asked only where the settings say where it is."""
    if address:
        return None
    return Refusal("hr_sync.pull_is_configured", "GONGHUI_HR_URL names no HR system to ask.")
