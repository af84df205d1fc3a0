"""Rules of consent: required purposes, versions, publishing a new version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from services.chassis.rules.refusal import Refusal


def needed_are_given(given: Collection[str], needed: Collection[str]) -> Refusal | None:
    """Processing, and separately sensitive data, need consent before anything is done (个人信息保护法 Art. 13, 29)."""
    missing = sorted(set(needed) - set(given))
    if not missing:
        return None
    detail = f"Consent is missing for: {', '.join(missing)}."
    return Refusal("consents.needed_are_given", detail, "consents", {"missing": missing})


def wordings_are_current(given: Mapping[str, str], current: Mapping[str, str]) -> Refusal | None:
    """Consent is given to the wording in force, knowing it (个人信息保护法 Art. 14); a change asks anew."""
    stale = sorted(purpose for purpose, version in given.items() if current.get(purpose) != version)
    if not stale:
        return None
    detail = f"The wording is not the one in force: {', '.join(stale)}."
    in_force = {purpose: current.get(purpose) for purpose in stale}
    return Refusal("consents.wordings_are_current", detail, "consents", {"stale": stale, "current": in_force})


def consent_stands(stands: bool) -> Refusal | None:
    """A consent is withdrawn only once."""
    if stands:
        return None
    return Refusal("consents.consent_stands", "This consent was withdrawn already.", None)


def version_is_new(version: str, published: Collection[str]) -> Refusal | None:
    """A version permanently identifies one text."""
    if version not in published:
        return None
    return Refusal("consents.version_is_new", "There is a wording of this version already.", "version")


def comes_into_force_ahead(in_force_from: date, today: date, latest: date | None) -> Refusal | None:
    """A wording is never in force before it is published, nor before the one it follows."""
    earliest = max(today, latest) if latest else today
    if in_force_from >= earliest:
        return None
    detail = f"The wording comes into force on {earliest.isoformat()} at the earliest."
    return Refusal("consents.comes_into_force_ahead", detail, "in_force_from", {"from": earliest.isoformat()})
