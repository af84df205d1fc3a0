"""Links from a refusal to the console's page of the dated rule that is missing or refused."""

from __future__ import annotations

from flask import url_for

from gateway.identity.current import current_principal
from services.contracts.governance.rulebook.keys import rule_key


def cure_of(key: str | None) -> str | None:
    """Return the address of the page where a rule is set; None without the right to, and for other rules.

    Args:
        key: of a rule.
    """
    if not key or not current_principal().has("officer"):
        return None
    if key.startswith("visit_type."):
        return url_for("portal.visit_types")
    return url_for("portal.rule", key=key) if rule_key(key) else None
