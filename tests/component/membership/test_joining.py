"""From application to membership: every step, and every refusal on the way, on both kinds of database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.chassis import clock
from services.chassis.database.history import history_of
from services.chassis.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    NotSignedIn,
    PreconditionFailed,
    Problem,
    Refused,
)
from services.chassis.security.principal import ANONYMOUS, Principal
from services.contracts.membership.joining import operations as contract
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import forgetting
from tests.component.membership.harness import MembershipHarness, officer
from tests.support.principals import applicant_account, auditor, chair_of
from tests.unit.membership.people import applicant, id_number

APPLICATION_EVENTS = (
    "application_submitted", "application_reviewed", "application_returned", "application_rejected",
    "application_withdrawn", "member_joined",
)  # fmt: skip


def get(membership: MembershipHarness, application_id: Any, by: Principal) -> dict[str, Any]:
    return membership.ask_typed(contract.get_application, by, application_id=application_id)


def listed(membership: MembershipHarness, by: Principal, **filters: Any) -> dict[str, Any]:
    return membership.ask_typed(contract.list_applications, by, **filters)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_newcomer_becomes_a_member(membership: MembershipHarness) -> None:
    newcomer, chair = applicant_account(), chair_of(membership.units["01"])
    applied = membership.apply(by=newcomer, name=" 曾  小明 ", phone="+86 138-0000-0001")
    assert applied["state"] == "submitted"
    assert applied["name"] == "曾小明"
    assert membership.review(applied["id"], by=chair)["state"] == "unit_reviewed"
    approved = membership.approve(applied["id"], original_age="M60")
    assert (approved["state"], approved["number"]) == ("approved", "M000001")
    assert [step["action"] for step in approved["steps"]] == ["submit", "accept", "approve"]
    told = membership.events(*APPLICATION_EVENTS)
    assert [one["type"] for one in told] == ["application_submitted", "application_reviewed", "member_joined"]
    assert told[-1] == {
        "type": "member_joined",
        "member_id": str(approved["member_id"]),
        "unit_id": str(membership.units["01"]),
        "number": "M000001",
        "application_id": str(applied["id"]),
        "account_id": str(newcomer.account_id),
        "employment": "established",
        "joined_on": clock.today().isoformat(),
        "rejoined": False,
    }
    assert membership.outbox("member_joined")[0].subject == f"member/{approved['member_id']}"


def test_sex_and_birth_are_read_off_the_identity_number_where_they_are_not_stated(
    membership: MembershipHarness,
) -> None:
    newcomer, number = applicant_account(), id_number(date(1990, 3, 7), 2)
    stated = applicant(membership.units["01"], id_number=number)
    del stated["gender"], stated["birth_date"]
    applied = membership.ask_typed(contract.submit_application, newcomer, **stated)
    assert (applied["gender"], applied["birth_date"]) == ("female", date(1990, 3, 7))
    assert membership.ask_typed(contract.check_applicant, ANONYMOUS, id_number=number) == {
        "gender": "female", "birth_date": date(1990, 3, 7)
    }  # fmt: skip


def test_everything_that_is_wrong_is_told_at_once_and_nothing_of_members(membership: MembershipHarness) -> None:
    membership.member(1)
    known, tomorrow = applicant(membership.units["01"], 1), clock.today() + timedelta(days=1)
    stated = {"name": "王9", "id_number": known["id_number"], "phone": "12345", "hired_on": tomorrow}
    with pytest.raises(InvalidInput) as caught:
        membership.ask_typed(contract.check_applicant, ANONYMOUS, **stated)
    assert sorted(caught.value.params["errors"]) == ["hired_on", "name", "phone"]


def test_the_actions_shown_are_those_the_asker_may_take(membership: MembershipHarness) -> None:
    newcomer, chair = applicant_account(), chair_of(membership.units["01"])
    application = membership.apply(by=newcomer)["id"]
    assert get(membership, application, newcomer)["actions"] == ["withdraw"]
    assert get(membership, application, chair)["actions"] == ["accept", "return", "reject"]
    assert get(membership, application, membership.officer)["actions"] == ["accept", "return", "reject"]
    assert get(membership, application, auditor())["actions"] == []
    membership.seat("01", "unit_chair", membership.member(7), clock.today())
    assert get(membership, application, membership.officer)["actions"] == []
    membership.review(application, by=chair)
    assert get(membership, application, membership.officer)["actions"] == ["approve", "return", "reject"]
    assert get(membership, application, chair)["actions"] == []


def test_a_returned_application_is_corrected_and_comes_back(membership: MembershipHarness) -> None:
    newcomer, chair = applicant_account(), chair_of(membership.units["01"])
    application = membership.apply(by=newcomer)["id"]
    returned = membership.review(application, "return", by=chair)
    corrected = membership.ask_typed(contract.update_application, newcomer,
        application_id=application, version=returned["version"], phone="13900000009", gender="female",
    )  # fmt: skip
    assert (corrected["phone"], corrected["gender"]) == ("139****0009", "female")
    again = membership.ask_typed(contract.submit_draft, newcomer, application_id=application)
    assert again["state"] == "submitted"
    assert [step["reason"] for step in again["steps"]] == [None, "please see the remark", None, None]


def test_the_union_sends_back_or_rejects_what_the_unit_accepted(membership: MembershipHarness) -> None:
    first, second = membership.apply(1)["id"], membership.apply(2)["id"]
    for one in (first, second):
        membership.review(one)
    values = {"reason": "not employed by the university"}
    back = membership.ask_typed(contract.return_application,
        application_id=first, **values,
    )  # fmt: skip
    rejected = membership.ask_typed(contract.reject_application,
        application_id=second, **values,
    )  # fmt: skip
    assert (back["state"], rejected["state"]) == ("returned", "rejected")
    assert membership.events("application_rejected")[0]["by"] == "union"


def test_who_withdraws_is_forgotten_and_may_apply_again(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    application = membership.apply(by=newcomer, statement="Glad to join.")["id"]
    withdrawn = membership.ask_typed(contract.withdraw_application, newcomer, application_id=application)
    assert withdrawn["state"] == "withdrawn"
    assert [withdrawn[field] for field in ("id_number", "phone", "email", "statement")] == [None] * 4
    assert membership.apply(by=newcomer)["state"] == "submitted"


def test_a_draft_may_be_incomplete_and_is_nobody_elses_business(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    draft = membership.ask_typed(contract.submit_application, newcomer, draft=True, name="张晓明")
    assert draft["state"] == "draft"
    assert membership.events(*APPLICATION_EVENTS) == []
    assert listed(membership, membership.officer)["items"] == []
    with pytest.raises(NotAllowed):
        get(membership, draft["id"], membership.officer)
    with pytest.raises(Refused) as caught:
        membership.ask_typed(contract.submit_draft, newcomer, application_id=draft["id"])
    assert caught.value.rule == "joining.application_is_complete"
    assert "id_number" in caught.value.params["missing"]
    stated = applicant(membership.units["01"])
    membership.ask_typed(contract.update_application, newcomer,
        application_id=draft["id"], version=draft["version"], **stated,
    )  # fmt: skip
    submitted = membership.ask_typed(contract.submit_draft, newcomer, application_id=draft["id"])
    assert submitted["state"] == "submitted"


def test_a_draft_needs_an_account(membership: MembershipHarness) -> None:
    with pytest.raises(NotSignedIn):
        membership.ask_typed(contract.submit_application, ANONYMOUS, draft=True, name="张晓明")


def test_who_has_no_account_follows_by_receipt(membership: MembershipHarness) -> None:
    applied = membership.apply()
    values = {"application_id": applied["id"], "receipt_code": applied["receipt_code"].lower()}
    standing = membership.ask_typed(contract.follow_application, ANONYMOUS, **values)
    assert standing["state"] == "submitted"
    wrong = {**values, "receipt_code": "ZZZZZZZZZZZZ"}
    with pytest.raises(NotFound):
        membership.ask_typed(contract.follow_application, ANONYMOUS, **wrong)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id_number": "110105194912310021"}, "id_number"),
        ({"birth_date": date(1981, 1, 1)}, "birth_date"),
        ({"phone": "12345"}, "phone"),
        ({"email": "nobody"}, "email"),
        ({"name": "张3"}, "name"),
        ({"hired_on": clock.today() + timedelta(days=30)}, "hired_on"),
    ],
)
def test_what_is_not_sound_is_named(membership: MembershipHarness, change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        membership.apply(**change)
    assert field in caught.value.errors
    assert membership.events(*APPLICATION_EVENTS) == []


@pytest.mark.parametrize("code", ["00", "closed", "group", "missing"])
def test_one_joins_an_open_unit(membership: MembershipHarness, code: str) -> None:
    membership.found("group", "group", "01")
    membership.units["missing"] = uuid4()
    membership.found("closed")
    _close(membership, "closed")
    with pytest.raises(Refused) as caught:
        membership.apply(unit=code)
    assert caught.value.rule == "organisation.unit_takes_members"


@pytest.mark.databases("postgresql", "sqlite")
def test_one_person_applies_once_at_a_time(membership: MembershipHarness) -> None:
    first = membership.apply(5)
    with pytest.raises(Refused) as caught:
        membership.apply(5, unit="02", name="张小明")
    assert caught.value.rule == "joining.person_has_no_open_application"
    membership.review(first["id"], "reject")
    assert membership.apply(5)["state"] == "submitted"


def test_a_member_does_not_apply(membership: MembershipHarness) -> None:
    number = id_number(date(1985, 6, 1), 77)
    membership.member(1, birth_date=date(1985, 6, 1), id_number=number)
    with pytest.raises(Refused) as caught:
        membership.apply(birth_date=date(1985, 6, 1), id_number=number.lower())
    assert caught.value.rule == "record.person_is_no_member"


def test_the_chair_of_another_unit_neither_sees_nor_decides(membership: MembershipHarness) -> None:
    application, other = membership.apply()["id"], chair_of(membership.units["02"])
    for attempt in (
        lambda: get(membership, application, other),
        lambda: membership.review(application, by=other),
        lambda: listed(membership, other, unit_id=membership.units["01"]),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert listed(membership, other)["items"] == []
    assert [row["id"] for row in listed(membership, chair_of(membership.units["01"]))["items"]] == [application]


def test_an_officer_does_not_review_where_there_is_a_chair(membership: MembershipHarness) -> None:
    application = membership.apply()["id"]
    membership.seat("01", "unit_chair", membership.member(7), clock.today())
    with pytest.raises(NotAllowed) as caught:
        membership.review(application)
    assert caught.value.rule == "joining.reviewer_is_in_charge"


def test_nobody_decides_about_himself(membership: MembershipHarness) -> None:
    mine = officer()
    application = membership.apply(by=mine)["id"]
    with pytest.raises(Refused) as caught:
        membership.review(application, by=mine)
    assert caught.value.rule == "joining.decider_is_not_applicant"
    membership.review(application)
    with pytest.raises(Refused) as caught:
        membership.approve(application, by=mine)
    assert caught.value.rule == "joining.decider_is_not_applicant"


def test_somebody_else_changes_nothing(membership: MembershipHarness) -> None:
    application, stranger = membership.apply(by=applicant_account())["id"], applicant_account()
    attempts = [
        (contract.update_application, {"version": 1, "phone": "13900000000"}),
        (contract.submit_draft, {}),
        (contract.withdraw_application, {}),
    ]
    for operation, values in attempts:
        with pytest.raises(NotAllowed):
            membership.ask(operation, stranger, application_id=application, **values)
    with pytest.raises(NotAllowed):
        get(membership, application, stranger)


def test_the_order_of_the_steps_is_kept(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    application = membership.apply(by=newcomer)["id"]
    with pytest.raises(Refused) as caught:
        membership.approve(application)
    assert caught.value.rule == "workflow.joining"
    assert caught.value.params["legal"] == ["accept", "return", "reject"]
    with pytest.raises(Refused):
        membership.ask_typed(contract.reject_application,
            application_id=application, reason="too early",
        )  # fmt: skip
    membership.review(application)
    with pytest.raises(Refused):
        membership.review(application)
    membership.approve(application)
    for again in (lambda: membership.approve(application), lambda: membership.review(application)):
        with pytest.raises(Refused):
            again()
    with pytest.raises(Problem):
        membership.ask_typed(contract.withdraw_application, newcomer,
            application_id=application,
        )  # fmt: skip


def test_an_older_version_is_not_decided_on(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    application = membership.apply(by=newcomer)
    with pytest.raises(PreconditionFailed) as caught:
        membership.ask_typed(contract.review_application,
            application_id=application["id"], decision="accept", version=application["version"] + 1,
        )  # fmt: skip
    assert caught.value.params == {"version": application["version"]}


def test_membership_brought_along_begins_before_hiring_but_not_tomorrow(membership: MembershipHarness) -> None:
    application = membership.apply(hired_on=date(2022, 9, 1))["id"]
    membership.review(application)
    for day, rule in (
        (clock.today() + timedelta(days=1), "record.joined_on_is_possible"),
        (date(1960, 1, 1), "person.day_is_plausible"),
    ):
        with pytest.raises(Refused) as caught:
            membership.approve(application, joined_on=day)
        assert caught.value.rule == rule
    membership.approve(application, joined_on=date(2018, 3, 1))
    assert membership.events("member_joined")[0]["joined_on"] == "2018-03-01"


def test_an_unknown_application_is_not_found(membership: MembershipHarness) -> None:
    with pytest.raises(NotFound):
        membership.review(uuid4())
    with pytest.raises(NotFound):
        get(membership, uuid4(), membership.officer)


@pytest.mark.databases("postgresql", "sqlite")
def test_the_queue_is_paged_by_submission_and_filtered(membership: MembershipHarness) -> None:
    ids = [membership.apply(order, name=name)["id"] for order, name in enumerate(["张三", "李四", "张伟", "王五"], 1)]
    membership.review(ids[3])
    first = listed(membership, membership.officer, limit=3, with_total=True)
    rest = listed(membership, membership.officer, limit=3, cursor=first["next_cursor"])
    assert [row["id"] for row in first["items"] + rest["items"]] == ids
    assert (first["total"], rest["next_cursor"]) == (4, None)
    assert [row["id"] for row in listed(membership, auditor(), q="张")["items"]] == [ids[0], ids[2]]
    assert [row["id"] for row in listed(membership, auditor(), state="unit_reviewed")["items"]] == [ids[3]]


def test_an_applicant_sees_the_own_applications(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    mine = membership.apply(1, by=newcomer)["id"]
    membership.apply(2, by=applicant_account())
    page = membership.ask_typed(contract.my_applications, newcomer)
    assert [row["id"] for row in page["items"]] == [mine]


def test_rejected_applications_forget_after_half_a_year(membership: MembershipHarness) -> None:
    application = membership.apply(statement="Glad to join.")["id"]
    membership.review(application, "reject")
    with membership.transaction() as tx:
        assert forgetting.forget_old(tx) == 0
    with clock.frozen(clock.now() + timedelta(days=181)), membership.transaction() as tx:
        assert forgetting.forget_old(tx) == 1
        assert forgetting.forget_old(tx) == 0
    kept = get(membership, application, membership.officer)
    assert [kept[name] for name in ("id_number", "statement", "name", "birth_date")] == [None] * 4


@pytest.mark.parametrize("state", ["draft", "returned", "withdrawn"])
def test_what_an_applicant_left_lying_or_took_back_is_forgotten_too(membership: MembershipHarness, state: str) -> None:
    newcomer = applicant_account()
    application = membership.apply(by=newcomer, statement="Glad to join.", draft=state == "draft")["id"]
    if state == "returned":
        membership.review(application, "return")
    if state != "withdrawn":
        version = get(membership, application, newcomer)["version"]
        values = {"application_id": application, "statement": "因病休养后申请加入。", "version": version}
        membership.ask(contract.update_application, newcomer, **values)
    else:
        membership.ask(contract.withdraw_application, newcomer, application_id=application)
    with membership.transaction() as tx:
        assert "因病" not in str([entry.changes for entry in history_of(tx, f"application/{application}").rows])
        assert forgetting.forget_old(tx) == 0
    with clock.frozen(clock.now() + timedelta(days=181)), membership.transaction() as tx:
        assert forgetting.forget_old(tx) == 1
        assert forgetting.forget_old(tx) == 0
    with membership.transaction() as tx:
        kept = tx.session.get_one(Application, application)
        assert (kept.state, kept.name, kept.phone, kept.account_id) == ("withdrawn", None, None, None)
        assert history_of(tx, f"application/{application}").rows == []
    told = membership.events("application_withdrawn")
    assert [event["application_id"] for event in told] == ([] if state == "draft" else [str(application)])


def _close(membership: MembershipHarness, code: str) -> None:
    from services.contracts.membership.organisation import operations as organisation_contract

    request = {"unit_id": membership.units[code], "version": 1, "active": False, "reason": "merged"}
    membership.ask_typed(organisation_contract.update_unit, **request)
