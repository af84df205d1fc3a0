"""Dated rules: which one holds on a day, exact figures, files that can't be read wrongly."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, InvalidInput, NoRuleInForce
from services.chassis.rules.rule_copies import keep_published, keep_withdrawn
from services.chassis.rules.rulebook import PolicyRule, Supposed, load_rules, rule_in_force, rules_in_force, supposing
from tests.support.examples import costly

CAP = "welfare.birthday.cap"


def rule(**changes) -> dict:
    return {
        "key": CAP,
        "value": "300.00",
        "unit": "yuan",
        "title": "Rules of a college",
        "number": "2022-7",
        "article": "8",
        "valid_from": "2022-01-01",
    } | changes


def in_two_versions(tx: Transaction) -> None:
    load_rules(tx, [rule(valid_to="2022-12-31"), rule(value="400.00", valid_from="2023-01-01")], "demo")


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2022, 1, 1), "300.00"),
        (date(2022, 12, 31), "300.00"),
        (date(2023, 1, 1), "400.00"),
        (date(2030, 1, 1), "400.00"),
    ],
)
def test_the_rule_of_the_day_holds_first_and_last_day_included(tx: Transaction, day: date, amount: str) -> None:
    in_two_versions(tx)

    assert rule_in_force(tx, CAP, day).amount == Decimal(amount)


def test_before_the_first_rule_there_is_none_and_none_is_assumed(tx: Transaction) -> None:
    in_two_versions(tx)

    with pytest.raises(NoRuleInForce, match=r"no rule in force for welfare\.birthday\.cap on 2021-12-31") as missing:
        rule_in_force(tx, CAP, date(2021, 12, 31))

    assert missing.value.params == {"key": CAP, "on": "2021-12-31", "scope": None}


def test_the_answer_says_where_it_is_written(tx: Transaction) -> None:
    load_rules(tx, [rule()], "demo")

    assert rule_in_force(tx, CAP, date(2023, 3, 8)).explain() == {
        "key": CAP,
        "value": "300.00",
        "unit": "yuan",
        "scope": None,
        "document": "Rules of a college",
        "number": "2022-7",
        "article": "8",
        "ruleset": "demo",
        "valid_from": "2022-01-01",
        "valid_to": None,
    }


def test_a_scope_prefers_its_own_rule_then_the_general_one_never_another_scope_s(tx: Transaction) -> None:
    load_rules(tx, [rule(scope="zhejiang", value="100"), rule(scope="henan", value="200")], "demo")
    day = date(2023, 1, 1)

    assert rule_in_force(tx, CAP, day, "zhejiang").amount == 100
    for scope in (None, "jiangsu"):
        with pytest.raises(NoRuleInForce):
            rule_in_force(tx, CAP, day, scope)

    load_rules(tx, [rule(value="50")], "national")
    assert rule_in_force(tx, CAP, day, "jiangsu").amount == 50
    assert rule_in_force(tx, CAP, day, "henan").amount == 200


def test_loading_twice_changes_nothing(tx: Transaction) -> None:
    assert load_rules(tx, [rule()], "demo") == 1
    assert load_rules(tx, [rule()], "demo") == 0
    assert load_rules(tx, [rule(value="301")], "demo") == 1
    assert tx.session.scalar(sa.select(sa.func.count()).select_from(PolicyRule)) == 1


@pytest.mark.parametrize(
    "other", [{"valid_from": "2023-05-01"}, {"valid_from": "2021-01-01", "valid_to": "2022-01-01"}]
)
def test_two_rules_of_a_set_for_the_same_day_are_refused(tx: Transaction, other: dict) -> None:
    load_rules(tx, [rule()], "demo")

    with pytest.raises(Conflict, match=CAP):
        load_rules(tx, [rule(**other)], "demo")


@pytest.mark.parametrize("order", [("own", "zhejiang", "national", "demo"), ("demo", "national", "zhejiang", "own")])
def test_of_several_sets_the_union_s_own_decides_then_the_province_the_nation_the_demo(tx: Transaction, order) -> None:
    amounts = {"own": "800", "zhejiang": "700", "national": "600", "demo": "500"}
    for ruleset in order:
        load_rules(tx, [rule(value=amounts[ruleset])], ruleset)
    day = date(2023, 1, 1)

    for ruleset in ("own", "zhejiang", "national", "demo"):
        found = rule_in_force(tx, CAP, day)
        assert (found.ruleset, found.amount) == (ruleset, Decimal(amounts[ruleset]))
        assert [one.ruleset for one in rules_in_force(tx, day)] == [ruleset]
        tx.session.execute(sa.delete(PolicyRule).where(PolicyRule.ruleset == ruleset))


def test_the_shipped_rule_decides_before_and_after_the_union_s_own(tx: Transaction) -> None:
    load_rules(tx, [rule()], "demo")
    load_rules(tx, [rule(value="800", valid_from="2023-03-01", valid_to="2023-05-31")], "own")

    days = (date(2023, 2, 28), date(2023, 3, 1), date(2023, 5, 31), date(2023, 6, 1))
    assert [rule_in_force(tx, CAP, day).amount for day in days] == [300, 800, 800, 300]


def test_a_rule_of_the_scope_goes_before_an_own_one_that_holds_for_everybody(tx: Transaction) -> None:
    load_rules(tx, [rule(scope="dispatched", value="100")], "demo")
    load_rules(tx, [rule(value="800")], "own")
    day = date(2023, 1, 1)

    assert rule_in_force(tx, CAP, day, "dispatched").amount == 100
    assert rule_in_force(tx, CAP, day, "contract").amount == 800
    assert [(one.scope, one.amount) for one in rules_in_force(tx, day)] == [(None, 800), ("dispatched", 100)]


def test_loading_a_set_leaves_every_other_set_alone(tx: Transaction) -> None:
    load_rules(tx, [rule(value="800")], "own")

    assert load_rules(tx, [rule()], "national") == 1
    assert load_rules(tx, [rule()], "national") == 0
    assert rule_in_force(tx, CAP, date(2023, 1, 1)).amount == 800


def announced(sequence: int, **changes) -> SimpleNamespace:
    """Return an announcement of one and the same rule."""
    data = {
        "rule_id": UUID(int=7), "ruleset": "own", "scope": None, "valid_to": None,
        **rule(valid_from=date(2023, 1, 1), value="800"), **changes,
    }  # fmt: skip
    return SimpleNamespace(sequence=sequence, data=data)


def test_a_copy_follows_what_was_announced_last_in_whatever_order_it_comes(tx: Transaction) -> None:
    load_rules(tx, [rule(value="500")], "demo")
    keep_published(tx, announced(2, value="900"))
    keep_published(tx, announced(1))
    keep_published(tx, announced(2, value="950"))

    assert rule_in_force(tx, CAP, date(2023, 1, 1)).amount == 900
    keep_published(tx, announced(3, value="900", valid_to=date(2023, 6, 30)))
    assert rule_in_force(tx, CAP, date(2023, 7, 1)).amount == 500


def test_a_withdrawn_rule_never_holds_also_when_it_is_published_late(tx: Transaction) -> None:
    load_rules(tx, [rule(value="500")], "demo")
    keep_withdrawn(tx, announced(2))
    keep_published(tx, announced(1))

    assert rule_in_force(tx, CAP, date(2023, 1, 1)).amount == 500
    keep_published(tx, announced(3))
    assert rule_in_force(tx, CAP, date(2023, 1, 1)).amount == 800


@pytest.fixture
def loaded_by_an_earlier_release(tx: Transaction) -> PolicyRule:
    """A copy that an earlier release of a service read from a file of its own: without number, under another id."""
    load_rules(tx, [rule(value="500")], "demo")
    return tx.session.scalars(sa.select(PolicyRule)).one()


def of_governance(sequence: int, **changes) -> SimpleNamespace:
    """Return an announcement of the same shipped rule, with governance's id."""
    return announced(sequence, ruleset="demo", valid_from=date(2022, 1, 1), **changes)


def test_a_copy_read_from_a_file_decides_until_the_event_of_the_same_rule_takes_it_over(
    tx: Transaction, loaded_by_an_earlier_release: PolicyRule
) -> None:
    assert rule_in_force(tx, CAP, date(2023, 1, 1)).amount == 500
    keep_published(tx, of_governance(1, value="600", basis="per_occasion"))

    (copy,) = tx.session.scalars(sa.select(PolicyRule)).all()
    assert (copy.id, copy.value, copy.basis, copy.sequence) == (UUID(int=7), "600", "per_occasion", 1)
    keep_published(tx, of_governance(3, value="700"))
    keep_published(tx, of_governance(2, value="650"))
    assert rule_in_force(tx, CAP, date(2023, 1, 1)).amount == 700


def test_a_copy_read_from_a_file_is_withdrawn_by_the_event_of_the_same_rule(
    tx: Transaction, loaded_by_an_earlier_release: PolicyRule
) -> None:
    keep_withdrawn(tx, of_governance(2))
    keep_published(tx, of_governance(1))

    with pytest.raises(NoRuleInForce):
        rule_in_force(tx, CAP, date(2023, 1, 1))
    assert tx.session.scalar(sa.select(sa.func.count()).select_from(PolicyRule)) == 1


def test_of_two_ids_for_one_rule_the_later_one_stays(tx: Transaction) -> None:
    keep_published(tx, announced(5, value="900"))
    keep_published(tx, announced(1, value="950", rule_id=UUID(int=8)))
    keep_published(tx, announced(6, value="800"))

    assert rule_in_force(tx, CAP, date(2023, 1, 1)).amount == 950
    assert tx.session.scalar(sa.select(sa.func.count()).select_from(PolicyRule)) == 1


def test_a_rule_with_qualifiers_applies_to_those_facts_only_and_the_most_specific_decides(tx: Transaction) -> None:
    load_rules(
        tx,
        [
            rule(value="5"),
            rule(value="7", qualifiers="destination=paired_aid"),
            rule(value="9", qualifiers="festival=qingming;destination=paired_aid"),
        ],
        "national",
    )
    load_rules(tx, [rule(value="4")], "own")
    day = date(2023, 1, 1)

    assert rule_in_force(tx, CAP, day).amount == 4
    assert rule_in_force(tx, CAP, day, destination="local").amount == 4
    assert rule_in_force(tx, CAP, day, destination="paired_aid").amount == 7
    found = rule_in_force(tx, CAP, day, destination="paired_aid", festival="qingming")
    assert (found.amount, found.qualifiers) == (9, "destination=paired_aid;festival=qingming")
    assert found.explain()["qualifiers"] == "destination=paired_aid;festival=qingming"


def test_what_is_supposed_decides_in_the_block_in_place_of_the_stored_own_rules(tx: Transaction) -> None:
    load_rules(tx, [rule(value="500")], "demo")
    load_rules(tx, [rule(value="800", valid_from="2023-01-01")], "own")
    other = PolicyRule(
        ruleset="own", key=CAP, scope="", qualifiers="", value="900", unit="yuan", title="-",
        valid_from=date(2023, 6, 1), valid_to=None,
    )  # fmt: skip

    with supposing(tx, Supposed(CAP, "", "", (other,))):
        assert rule_in_force(tx, CAP, date(2023, 1, 1)).amount == 500
        assert rule_in_force(tx, CAP, date(2023, 6, 1)).amount == 900
        assert [one.amount for one in rules_in_force(tx, date(2023, 6, 1))] == [900]
    assert rule_in_force(tx, CAP, date(2023, 6, 1)).amount == 800
    assert tx.session.scalar(sa.select(sa.func.count()).select_from(PolicyRule)) == 2


def test_a_share_is_an_exact_fraction(tx: Transaction) -> None:
    load_rules(tx, [rule(value="1/3"), rule(key="yes", value=True)], "demo")

    assert rule_in_force(tx, CAP, date(2023, 1, 1)).share == Fraction(1, 3)
    for key, value in (("yes", "fraction"), (CAP, "number")):
        with pytest.raises(ValueError, match=value):
            _ = getattr(rule_in_force(tx, key, date(2023, 1, 1)), "share" if key == "yes" else "amount")


@pytest.mark.parametrize(
    "changes",
    [
        {"qualifiers": "destination"},
        {"value": 0.5},
        {"value": {"share": [0.6]}},
        {"key": "Welfare Cap"},
        {"valid_to": "2021-12-31"},
        {"valid_from": "soon"},
        {"unit": ""},
        {"figure": 1},
    ],
)
def test_a_rule_that_is_not_valid_is_refused_by_field(tx: Transaction, changes: dict) -> None:
    with pytest.raises(InvalidInput) as refused:
        load_rules(tx, [rule(**changes)], "demo")

    assert next(iter(changes)) in str(refused.value.errors)


def test_a_file_holds_its_rule_set_in_the_head(tx: Transaction, tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    path.write_text(json.dumps({"ruleset": "demo", "title": "演示", "rules": [rule(value=["goods", "voucher"])]}))

    assert load_rules(tx, path, "demo") == 1
    assert rule_in_force(tx, CAP, date(2023, 1, 1)).value == ["goods", "voucher"]
    with pytest.raises(InvalidInput, match="holds rule set demo, not national"):
        load_rules(tx, path, "national")


def test_a_file_that_is_not_json_is_refused_with_its_line(tx: Transaction, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{\n"ruleset": demo}')

    with pytest.raises(InvalidInput, match="line 2"):
        load_rules(tx, path)


def test_figures_are_exact_or_an_error(tx: Transaction) -> None:
    load_rules(
        tx,
        [rule(value="0.1"), rule(key="days", value=5), rule(key="forms", value="goods"), rule(key="yes", value=True)],
        "demo",
    )
    day = date(2023, 1, 1)

    assert rule_in_force(tx, CAP, day).amount == Decimal("0.1")
    assert rule_in_force(tx, "days", day).count == 5
    with pytest.raises(ValueError, match="whole number"):
        _ = rule_in_force(tx, CAP, day).count
    for key in ("forms", "yes"):
        with pytest.raises(ValueError, match="not a number"):
            _ = rule_in_force(tx, key, day).amount


@settings(costly(), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lengths=st.lists(st.integers(min_value=1, max_value=400), min_size=1, max_size=6), day=st.integers(-10, 2_000))
def test_consecutive_rules_answer_every_day_with_exactly_one(tx: Transaction, lengths: list[int], day: int) -> None:
    begin, starts = date(2020, 1, 1), []
    rules, first = [], begin
    for number, length in enumerate(lengths):
        last = first + timedelta(days=length - 1)
        rules.append(rule(value=number, valid_from=first.isoformat(), valid_to=last.isoformat()))
        starts.append(first)
        first = last + timedelta(days=1)
    asked = begin + timedelta(days=day)

    with tx.session.begin_nested() as attempt:
        load_rules(tx, rules, "demo")
        try:
            answer = rule_in_force(tx, CAP, asked).count
        except NoRuleInForce:
            answer = None
        attempt.rollback()

    expected = max((n for n, start in enumerate(starts) if start <= asked), default=None) if asked < first else None
    assert answer == expected
