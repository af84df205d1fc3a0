"""Links from a refusal to the console's page of the dated rule that is missing or refused."""

from __future__ import annotations

import re

from flask import url_for

from gateway.identity.current import current_principal
from services.contracts.governance.rulebook.keys import rule_key

_SENTENCE = re.compile(r"no rule in force for (?P<key>[a-z0-9_.]+) on .*")


def cure_of(said: str | None) -> str | None:
    """Return the address of the page where a rule is set; None without the right to, and for other rules.

    Args:
        said: a rule's key, or the sentence that says which one is missing.
    """
    if not said or not current_principal().has("officer"):
        return None
    found = _SENTENCE.fullmatch(said)
    key = found["key"] if found else said
    if key.startswith("visit_type."):
        return url_for("portal.visit_types")
    return url_for("portal.rule", key=key) if rule_key(key) else None
