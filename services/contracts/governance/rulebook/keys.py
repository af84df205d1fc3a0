"""All keys that decisions look up in the rulebook: the kind of value, allowed words, and the services that use it.

Other keys can't be set, because such a rule would have no effect.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.chassis.schema import Vocabulary
from services.contracts.membership.record.attachments import DOCUMENT_KINDS
from services.contracts.membership.record.shapes import STANDINGS
from services.contracts.membership.retention import ERASED_CLASSES
from services.contracts.vocabulary import BENEFIT_FORMS, EMPLOYMENTS

RULE_SETS_SHOWN = Vocabulary("ruleset", own="本会", national="国家", demo="演示规则", zhejiang="浙江省")


KINDS = ("amount", "number", "count", "words", "code", "curve")
"""Kinds of values: yuan with two places, an exact number, a whole number, one or more words, one word, a retirement
curve as JSON."""


@dataclass(frozen=True)
class RuleKey:
    """One key, or a family of keys with a variable part in the middle (`benefit.*.cap`).

    Args:
        key: the key, `*` standing for a benefit.
        kind: one of `KINDS`.
        unit: unit of the value.
        used_by: the services that use it.
        words: the words a value may contain; empty when any word is allowed.
        scopes: the scopes a rule of this key may be restricted to.
    """

    key: str
    kind: str
    unit: str
    used_by: tuple[str, ...]
    words: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()

    def fits(self, key: str) -> bool:
        """Whether a key is this one or belongs to this family."""
        return re.fullmatch(re.escape(self.key).replace(r"\*", "[a-z][a-z0-9_]*"), key) is not None


_MEMBERSHIP, _WELFARE, _GOVERNANCE = ("membership",), ("welfare",), ("governance",)
_DOCUMENTS = tuple(f"joining.documents.{employment}" for employment in EMPLOYMENTS if employment != "established")

RULE_KEYS = (
    RuleKey("joining.employments", "words", "employment", _MEMBERSHIP, EMPLOYMENTS),
    *(RuleKey(key, "words", "document", _MEMBERSHIP, DOCUMENT_KINDS) for key in _DOCUMENTS),
    RuleKey("joining.unconfirmed_days", "count", "days", _MEMBERSHIP),
    RuleKey("dues.percent", "number", "percent of the base", _MEMBERSHIP),
    RuleKey("dues.base_step", "number", "yuan", _MEMBERSHIP),
    RuleKey("dues.paying_standings", "words", "standing", _MEMBERSHIP, STANDINGS),
    RuleKey("dues.exempt_reasons", "words", "reason", _MEMBERSHIP),
    *(RuleKey(f"retirement.{curve}", "curve", "years, months", _MEMBERSHIP) for curve in ("m60", "f55", "f50")),
    RuleKey("retirement.flexible", "count", "months", _MEMBERSHIP),
    *(RuleKey(f"retention.{name}", "count", "months", _MEMBERSHIP) for name in ERASED_CLASSES),
    RuleKey("entitlement.items", "words", "benefit", _WELFARE, scopes=EMPLOYMENTS),
    RuleKey("benefit.*.cap", "amount", "yuan", (*_WELFARE, *_GOVERNANCE)),
    RuleKey("benefit.*.year_cap", "amount", "yuan a year", _GOVERNANCE),
    RuleKey("benefit.*.forms", "words", "form", (*_WELFARE, *_GOVERNANCE), BENEFIT_FORMS),
    RuleKey("benefit.*.line", "code", "budget line", _GOVERNANCE),
    RuleKey("fund.allocation_percent", "number", "percent of wages", _GOVERNANCE),
    RuleKey("fund.allocation_share_kept", "number", "percent", _GOVERNANCE),
    RuleKey("fund.income.dues", "code", "account", _GOVERNANCE),
)


def rule_key(key: str) -> RuleKey | None:
    """Return the definition of a key, None when no decision uses it."""
    return next((known for known in RULE_KEYS if known.fits(key)), None)
