"""Facts for decisions: what a purpose may have, of whom, how many at once, and the log of each use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.errors import InvalidInput, NotAllowed, Refused
from services.chassis.security.principal import Principal, service_principal
from services.contracts.membership import facts as contract
from services.contracts.membership import family
from services.contracts.membership.facts import PURPOSES, FactPurpose
from services.membership.facts.tables import FactUse
from services.membership.honours.tables import Honour
from services.membership.privacy.tables import Erasure
from services.membership.record.tables import Member
from tests.component.membership.harness import MembershipHarness, roster_row
from tests.component.membership.test_family_and_consents import version
from tests.component.membership.test_numbers import counted
from tests.support.principals import auditor, chair_of, member_account, officer
from tests.unit.membership.people import id_number

ACTIVITIES = service_principal("activities")
ALL = list(PURPOSES["activity_audience"].facts)


def ask(membership: MembershipHarness, by: Principal = ACTIVITIES, **changes: Any) -> Any:
    request = {"purpose": "activity_audience", "facts": ALL, "on": clock.today(), **changes}
    return membership.ask_typed(contract.facts_of_members, by, **request)


def of_birth(birth: date) -> dict[str, Any]:
    return {"birth_date": birth, "id_number": id_number(birth, 77)}


def uses(membership: MembershipHarness) -> list[dict[str, Any]]:
    return membership.ask_typed(contract.list_fact_uses, limit=100)["items"]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_purpose_gets_its_facts_of_each_member_and_the_use_is_logged_once(membership: MembershipHarness) -> None:
    born = date(1985, 6, 15)
    chair, other = membership.member(1, **of_birth(born), gender="male"), membership.member(2)
    membership.seat("01", "unit_chair", chair, clock.today())
    membership.seat("01", "unit_deputy", other, clock.today() + timedelta(days=3))
    with membership.transaction() as tx:
        for order, category in enumerate(("teaching", "teaching", "model_worker")):
            tx.session.add(
                Honour(
                    member_id=chair, title=f"荣誉{order}", level="university", category=category, source="papers",
                    awarded_on=date(2015, 9, 10), noted_at=tx.now,
                )
            )  # fmt: skip

    reply = ask(membership, member_ids=[chair, other, chair], on=date(2026, 6, 14), about="activity/7")

    first, second = sorted(reply["items"], key=lambda item: item["member_id"] != chair)
    assert first == {
        "member_id": chair, "sex": "male", "age": 40, "posts": ["unit_chair"],
        "honours": ["model_worker", "teaching"], "joined_on": date(2012, 1, 1), "unit_id": membership.units["01"],
        "employment": "established", "standing": "active",
    }  # fmt: skip
    assert (second["posts"], second["honours"]) == ([], []), "a post that begins in three days is not held"
    assert reply["unknown_ids"] == []
    (use,) = uses(membership)
    assert (use["service"], use["members"], use["about"], sorted(use["facts"])) == (
        "activities", 2, "activity/7", sorted(ALL),
    )  # fmt: skip


def test_only_what_is_asked_for_is_told_and_asking_again_tells_the_same(membership: MembershipHarness) -> None:
    member = membership.member(1)

    told = [ask(membership, member_ids=[member], facts=["sex"]) for _ in range(2)]

    assert told[0]["items"] == told[1]["items"] == [{"member_id": member, "sex": "female"}]
    assert [use["facts"] for use in uses(membership)] == [["sex"], ["sex"]]


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(2022, 2, 28), 17), (date(2022, 3, 1), 18), (date(2024, 2, 28), 19), (date(2024, 2, 29), 20),
        (date(2026, 12, 31), 22),
    ],
)  # fmt: skip
def test_the_age_is_that_of_the_day_also_for_who_was_born_on_a_leap_day(
    membership: MembershipHarness, on: date, age: int
) -> None:
    member = membership.member(1, **of_birth(date(2004, 2, 29)), joined_on=clock.today(), hired_on=None)

    assert ask(membership, member_ids=[member], facts=["age"], on=on)["items"][0]["age"] == age


def test_an_age_is_unknown_where_only_the_year_of_birth_was_kept(membership: MembershipHarness) -> None:
    left_on = clock.today()
    erased, born_on_new_year = membership.member(1), membership.member(2)
    with membership.transaction() as tx:
        new_year = sa.update(Member).values(birth_date=date(1970, 1, 1), birth_month=1, birth_day=1)
        tx.session.execute(new_year)
        tx.session.add(Erasure(member_id=erased, data_class="birth", left_on=left_on, erased_at=tx.now))

    items = ask(membership, member_ids=[erased, born_on_new_year], facts=["age"])["items"]

    assert {item["member_id"]: item["age"] is None for item in items} == {erased: True, born_on_new_year: False}


def test_who_left_and_who_never_was_are_unknown_and_who_retired_is_not(membership: MembershipHarness) -> None:
    left, retired, stranger = membership.member(1), membership.member(2), uuid4()
    with membership.transaction() as tx:
        for member, standing in ((left, "withdrawn"), (retired, "retained")):
            tx.session.execute(sa.update(Member).where(Member.id == member).values(standing=standing))

    reply = ask(membership, member_ids=[left, stranger, retired], facts=["standing"])

    assert reply["items"] == [{"member_id": retired, "standing": "retained"}]
    assert reply["unknown_ids"] == [left, stranger]
    assert uses(membership)[0]["members"] == 1


@pytest.mark.databases("postgresql", "sqlite")
def test_the_active_members_of_units_come_in_pages(membership: MembershipHarness) -> None:
    ours = {membership.member(order) for order in range(1, 6)}
    theirs = {membership.member(order, "02") for order in range(6, 8)}
    with membership.transaction() as tx:
        retired = next(iter(ours))
        tx.session.execute(sa.update(Member).where(Member.id == retired).values(standing="retained"))

    def walk(*units: UUID) -> list[UUID]:
        found, cursor = [], None
        while True:
            page = ask(membership, facts=["sex"], unit_ids=list(units), cursor=cursor, limit=2)
            found += [item["member_id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                return found

    assert walk(membership.units["01"]) == sorted(ours - {retired})
    assert walk() == sorted((ours | theirs) - {retired})


def test_a_service_asks_for_its_own_purposes_only(membership: MembershipHarness) -> None:
    with pytest.raises(NotAllowed) as refused:
        ask(membership, service_principal("welfare"), member_ids=[membership.member(1)])
    assert refused.value.rule == "facts.purpose_is_the_askers_own"
    for person in (officer(), auditor(), chair_of(membership.units["01"]), member_account()):
        with pytest.raises(NotAllowed):
            ask(membership, person, member_ids=[uuid4()])
    assert uses(membership) == []


def test_a_purpose_that_may_have_less_is_refused_the_rest(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = FactPurpose("activities", ("sex",), "个人信息保护法第六条")
    monkeypatch.setattr(contract, "PURPOSES", {"activity_audience": narrow})
    monkeypatch.setattr("services.membership.facts.use_cases.answering.PURPOSES", contract.PURPOSES)

    with pytest.raises(Refused) as refused:
        ask(membership, member_ids=[membership.member(1)], facts=["sex", "age"])
    assert (refused.value.rule, refused.value.params["facts"]) == ("facts.facts_are_of_the_purpose", ["age"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": "curiosity"}, "purpose"),
        ({"facts": ["id_number"]}, "facts"),
        ({"facts": []}, "facts"),
        ({"member_ids": [uuid4() for _ in range(1001)]}, "member_ids"),
        ({"member_ids": []}, "member_ids"),
        ({"member_ids": None}, "member_ids"),
        ({"unit_ids": []}, "member_ids"),
        ({"on": date(2099, 1, 1)}, "on"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(membership: MembershipHarness, changes: Any, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(membership, **{"member_ids": [uuid4()], **changes})
    assert any(name.startswith(field) for name in refused.value.params["errors"])


def test_a_thousand_members_take_as_many_statements_as_one(membership: MembershipHarness) -> None:
    rows = [roster_row(membership.units["01"], order) for order in range(1, 1001)]
    members = [member_id for member_id, _ in membership.admit(*rows)]

    with counted(membership.database) as few:
        assert len(ask(membership, member_ids=members[:1])["items"]) == 1
    with counted(membership.database) as many:
        assert len(ask(membership, member_ids=members)["items"]) == 1000
    assert len(many) == len(few)


def test_officers_and_auditors_read_the_log_and_old_entries_are_deleted(membership: MembershipHarness) -> None:
    member = membership.member(1)
    ask(membership, member_ids=[member], facts=["sex"])
    ask(membership, member_ids=[member], facts=["age"])
    with membership.transaction() as tx:
        oldest = sa.select(FactUse.id).order_by(FactUse.id).limit(1).scalar_subquery()
        long_ago = tx.now - timedelta(days=4 * 365)
        tx.session.execute(sa.update(FactUse).where(FactUse.id == oldest).values(used_at=long_ago))

    membership.run_timer("forget_fact_uses")

    reply = membership.ask_typed(contract.list_fact_uses, auditor(), purpose="activity_audience")
    assert [use["facts"] for use in reply["items"]] == [["age"]]
    assert reply["purposes"][0]["why"] == contract.FACT_REASONS.texts["activity_audience"]
    with pytest.raises(NotAllowed):
        membership.ask_typed(contract.list_fact_uses, member_account(member))


@pytest.mark.databases("postgresql", "sqlite")
def test_children_are_told_by_a_code_that_both_parents_share_and_their_age(membership: MembershipHarness) -> None:
    parents = [membership.member(order) for order in (1, 2)]
    childless = membership.member(3)
    wording = version(membership)
    for parent in parents:
        for name, born in (("王小满", date(2016, 6, 2)), ("王谷雨", date(2020, 1, 1)), ("王大寒", date(2027, 1, 1))):
            with clock.frozen(datetime(2027, 2, 1, tzinfo=UTC)):
                child = {"relation": "child", "name": name, "birth_date": born, "guardian_consent": wording}
                membership.ask_typed(family.add_family_member, member_account(parent), **child)

    welfare = service_principal("welfare")
    request = {"purpose": "children_day", "facts": ["children"], "on": date(2026, 6, 1)}
    items = ask(membership, welfare, **request, member_ids=[*parents, childless])["items"]

    told = {item["member_id"]: item["children"] for item in items}
    assert [child["age"] for child in told[parents[0]]] == [9, 6], "who is born after the day is not told"
    assert told[parents[0]] == told[parents[1]]
    assert told[childless] == []
    assert "王" not in str(items)
    with pytest.raises(Refused):
        ask(membership, welfare, **{**request, "facts": ["sex"]}, member_ids=parents)
