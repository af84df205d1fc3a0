"""The keys of rules that can be set in this union, and those that people mean by what they type."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from gateway.portal.benefit_names import benefit_choices
from gateway.portal.form_fields import Field
from gateway.portal.refusals import name_of_rule
from services.contracts.governance.rulebook.keys import RULE_KEYS, RuleKey
from services.contracts.governance.rulebook.operations import MOST_NAMED

DOCUMENT = (
    Field("document", wide=True, hint=_l("文件或会议决定的名称。")),
    "number",
    "article",
    "valid_from",
    Field("valid_to", hint=_l("不填就一直施行，到下一次设定为止。")),
)
"""What is said of the document that a figure stands in, and of the days it applies on."""


def keys_named(q: str) -> list[str]:
    """Return the keys that people call by what was typed: a query finds rules by their keys, not by their words."""
    q = q.strip().lower()
    named = [key for key in settable_keys() if q in (name_of_rule(key) or "").lower()] if q else []
    return named[:MOST_NAMED]


def settable_keys() -> list[str]:
    """Return every key that can be set, with one for each benefit of the shipped and of the union's own."""
    return list(dict.fromkeys(key for known in RULE_KEYS for key in _keys_of(known, benefit_choices())))


def _keys_of(known: RuleKey, benefits: Iterable[str]) -> list[str]:
    return [known.key.replace("*", benefit) for benefit in benefits] if "*" in known.key else [known.key]
