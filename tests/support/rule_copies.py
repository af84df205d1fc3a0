"""What every service that keeps copies of governance's rules must do, told by events as the broker brings them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis.database.transaction import transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.rulebook import PolicyRule, RuleInForce, load_rules, rule_in_force
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn
from tests.support.service_harness import ServiceHarness
from tests.support.shipped_rules import published, rules_of

KEY = "benefit.wedding.cap"
DAY = date(2026, 6, 1)
RULE = {**RulePublished.load(RulePublished.example), "key": KEY, "valid_from": date(2026, 1, 1)}


def hears_every_shipped_rule_and_keeps_each_once(harness: ServiceHarness) -> None:
    """A service with no rule at all hears two rule sets, each event twice; some events carry no basis."""
    with pytest.raises(NoRuleInForce):
        held(harness, KEY)
    for name in ("national", "demo"):
        messages = [harness.message(RulePublished, **{**rule, "rule_id": uuid4()}) for rule in published(name)]
        for _ in range(2):
            harness.receive("on_rule_published", *messages)
    assert copies(harness) == len(rules_of("national")) + len(rules_of("demo"))
    found = held(harness, KEY)
    assert (str(found.amount), found.basis, found.ruleset) == ("500.00", "per_occasion", "demo")
    assert held(harness, "recuperation.days", destination="paired_aid").count == 7


def takes_over_what_an_earlier_release_read_from_a_file(harness: ServiceHarness) -> None:
    """Such a copy decides until the event of the same rule comes; it is kept once, whatever the order of the events."""
    (rule,) = (one for one in rules_of("demo") if one["key"] == KEY)
    with transaction(harness.database) as tx:
        load_rules(tx, [{**rule, "value": "450.00"}], "demo")
    assert str(held(harness, KEY).amount) == "450.00"
    rule_id = uuid4()
    (shipped,) = (one for one in published("demo") if one["key"] == KEY)
    for sequence, value in ((2, "520.00"), (1, "510.00"), (2, "530.00")):
        tell(harness, sequence, **{**shipped, "rule_id": rule_id, "value": value})
        assert str(held(harness, KEY).amount) == "520.00"
    assert copies(harness) == 1


def follows_own_rules_in_whatever_order_the_events_come(harness: ServiceHarness) -> None:
    """The latest state of a rule is kept; a withdrawn one never decides again, unless it is set anew."""
    rule = {**RULE, "rule_id": uuid4()}
    tell(harness, 2, **{**rule, "value": "900.00"})
    tell(harness, 1, **rule)
    assert str(held(harness, KEY).amount) == "900.00"
    harness.receive("on_rule_withdrawn", harness.message(RuleWithdrawn, 4, **rule))
    tell(harness, 3, **rule)
    with pytest.raises(NoRuleInForce):
        held(harness, KEY)
    tell(harness, 5, **{**rule, "value": "700.00"})
    assert str(held(harness, KEY).amount) == "700.00"
    assert copies(harness) == 1


def tell(harness: ServiceHarness, sequence: int, /, **rule: Any) -> None:
    """Let a rule's event arrive."""
    harness.receive("on_rule_published", harness.message(RulePublished, sequence, **rule))


def held(harness: ServiceHarness, key: str, **facts: str) -> RuleInForce:
    """Return the rule by which the service decides on a day."""
    with transaction(harness.database) as tx:
        return rule_in_force(tx, key, DAY, **facts)


def copies(harness: ServiceHarness) -> int:
    """Return how many rules the service keeps."""
    with transaction(harness.database) as tx:
        ids: list[UUID] = list(tx.session.scalars(sa.select(PolicyRule.id)))
    return len(ids)
