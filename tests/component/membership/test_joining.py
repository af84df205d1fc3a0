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
from services.chassis.security.principal import Principal
from services.contracts.membership.joining import operations as contract
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import applying, by_receipt, deciding, forgetting, reading
from tests.component.membership.union import Union, account, asked, auditor, chair_of, officer
from tests.unit.membership.people import applicant, id_number

APPLICATION_EVENTS = (
    "application_submitted", "application_reviewed", "application_returned", "application_rejected",
    "application_withdrawn", "member_joined",
)  # fmt: skip


def get(union: Union, application_id: Any, by: Principal) -> dict[str, Any]:
    with union.acting(by) as tx:
        return reading.get_application(tx, {"application_id": application_id})


def listed(union: Union, by: Principal, **filters: Any) -> dict[str, Any]:
    with union.acting(by) as tx:
        return reading.list_applications(tx, asked(contract.list_applications, **filters))


def run(union: Union, by: Principal, use_case: Any, operation: Any, **values: Any) -> dict[str, Any]:
    with union.acting(by) as tx:
        return use_case(tx, asked(operation, **values))


def test_a_newcomer_becomes_a_member(any_union: Union) -> None:
    newcomer, chair = account(), chair_of(any_union.units["01"])
    applied = any_union.apply(by=newcomer, name=" 曾  小明 ", phone="+86 138-0000-0001")
    assert applied["state"] == "submitted"
    assert applied["name"] == "曾小明"
    assert any_union.review(applied["id"], by=chair)["state"] == "unit_reviewed"
    approved = any_union.approve(applied["id"], original_age="M60")
    assert (approved["state"], approved["number"]) == ("approved", "M000001")
    assert [step.action for step in approved["steps"]] == ["submit", "accept", "approve"]
    told = any_union.events(*APPLICATION_EVENTS)
    assert [one["type"] for one in told] == ["application_submitted", "application_reviewed", "member_joined"]
    assert told[-1] == {
        "type": "member_joined",
        "subject": f"member/{approved['member_id']}",
        "member_id": str(approved["member_id"]),
        "unit_id": str(any_union.units["01"]),
        "number": "M000001",
        "application_id": str(applied["id"]),
        "account_id": str(newcomer.account_id),
        "employment": "established",
        "joined_on": clock.today().isoformat(),
        "rejoined": False,
    }


def test_the_actions_shown_are_those_the_asker_may_take(any_union: Union) -> None:
    newcomer, chair = account(), chair_of(any_union.units["01"])
    application = any_union.apply(by=newcomer)["id"]
    assert get(any_union, application, newcomer)["actions"] == ["withdraw"]
    assert get(any_union, application, chair)["actions"] == ["accept", "return", "reject"]
    assert get(any_union, application, any_union.officer)["actions"] == ["accept", "return", "reject"]
    assert get(any_union, application, auditor())["actions"] == []
    any_union.seat("01", "unit_chair", any_union.member(7), clock.today())
    assert get(any_union, application, any_union.officer)["actions"] == []
    any_union.review(application, by=chair)
    assert get(any_union, application, any_union.officer)["actions"] == ["approve", "return", "reject"]
    assert get(any_union, application, chair)["actions"] == []


def test_a_returned_application_is_corrected_and_comes_back(any_union: Union) -> None:
    newcomer, chair = account(), chair_of(any_union.units["01"])
    application = any_union.apply(by=newcomer)["id"]
    returned = any_union.review(application, "return", by=chair)
    corrected = run(
        any_union, newcomer, applying.update_application, contract.update_application,
        application_id=application, version=returned["version"], phone="13900000009", gender="female",
    )  # fmt: skip
    assert (corrected["phone"], corrected["gender"]) == ("139****0009", "female")
    again = run(any_union, newcomer, applying.submit_draft, contract.submit_draft, application_id=application)
    assert again["state"] == "submitted"
    assert [step.reason for step in again["steps"]] == [None, "please see the remark", None, None]


def test_the_union_sends_back_or_rejects_what_the_unit_accepted(any_union: Union) -> None:
    first, second = any_union.apply(1)["id"], any_union.apply(2)["id"]
    for one in (first, second):
        any_union.review(one)
    values = {"reason": "not employed by the university"}
    back = run(
        any_union, any_union.officer, deciding.return_application, contract.return_application,
        application_id=first, **values,
    )  # fmt: skip
    rejected = run(
        any_union, any_union.officer, deciding.reject_application, contract.reject_application,
        application_id=second, **values,
    )  # fmt: skip
    assert (back["state"], rejected["state"]) == ("returned", "rejected")
    assert any_union.events("application_rejected")[0]["by"] == "union"


def test_who_withdraws_is_forgotten_and_may_apply_again(any_union: Union) -> None:
    newcomer = account()
    application = any_union.apply(by=newcomer, statement="Glad to join.")["id"]
    withdrawn = run(
        any_union, newcomer, applying.withdraw_application, contract.withdraw_application, application_id=application
    )
    assert withdrawn["state"] == "withdrawn"
    assert [withdrawn[field] for field in ("id_number", "phone", "email", "statement")] == [None] * 4
    assert any_union.apply(by=newcomer)["state"] == "submitted"


def test_a_draft_may_be_incomplete_and_is_nobody_elses_business(any_union: Union) -> None:
    newcomer = account()
    with any_union.acting(newcomer) as tx:
        draft = applying.submit_application(tx, asked(contract.submit_application, draft=True, name="张晓明"))
    assert draft["state"] == "draft"
    assert any_union.events(*APPLICATION_EVENTS) == []
    assert listed(any_union, any_union.officer)["items"] == []
    with pytest.raises(NotAllowed):
        get(any_union, draft["id"], any_union.officer)
    with pytest.raises(Refused) as caught:
        run(any_union, newcomer, applying.submit_draft, contract.submit_draft, application_id=draft["id"])
    assert caught.value.rule == "joining.application_is_complete"
    assert "id_number" in caught.value.params["missing"]
    stated = applicant(any_union.units["01"])
    run(
        any_union, newcomer, applying.update_application, contract.update_application,
        application_id=draft["id"], version=draft["version"], **stated,
    )  # fmt: skip
    submitted = run(any_union, newcomer, applying.submit_draft, contract.submit_draft, application_id=draft["id"])
    assert submitted["state"] == "submitted"


def test_a_draft_needs_an_account(any_union: Union) -> None:
    with any_union.acting() as tx, pytest.raises(NotSignedIn):
        applying.submit_application(tx, asked(contract.submit_application, draft=True, name="张晓明"))


def test_who_has_no_account_follows_by_receipt(any_union: Union) -> None:
    applied = any_union.apply()
    values = {"application_id": applied["id"], "receipt_code": applied["receipt_code"].lower()}
    with any_union.acting() as tx:
        standing = by_receipt.follow_application(tx, asked(contract.follow_application, **values))
    assert standing["state"] == "submitted"
    wrong = {**values, "receipt_code": "ZZZZZZZZZZZZ"}
    with any_union.acting() as tx, pytest.raises(NotFound):
        by_receipt.follow_application(tx, asked(contract.follow_application, **wrong))


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
def test_what_is_not_sound_is_named(any_union: Union, change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        any_union.apply(**change)
    assert field in caught.value.errors
    assert any_union.events(*APPLICATION_EVENTS) == []


@pytest.mark.parametrize("code", ["00", "closed", "group", "missing"])
def test_one_joins_an_open_unit(any_union: Union, code: str) -> None:
    any_union.found("group", "group", "01")
    any_union.units["missing"] = uuid4()
    any_union.found("closed")
    _close(any_union, "closed")
    with pytest.raises(Refused) as caught:
        any_union.apply(unit=code)
    assert caught.value.rule == "organisation.unit_takes_members"


def test_one_person_applies_once_at_a_time(any_union: Union) -> None:
    first = any_union.apply(5)
    with pytest.raises(Refused) as caught:
        any_union.apply(5, unit="02", name="张小明")
    assert caught.value.rule == "joining.person_has_no_open_application"
    any_union.review(first["id"], "reject")
    assert any_union.apply(5)["state"] == "submitted"


def test_a_member_does_not_apply(any_union: Union) -> None:
    number = id_number(date(1985, 6, 1), 77)
    any_union.member(1, birth_date=date(1985, 6, 1), id_number=number)
    with pytest.raises(Refused) as caught:
        any_union.apply(birth_date=date(1985, 6, 1), id_number=number.lower())
    assert caught.value.rule == "record.person_is_no_member"


def test_the_chair_of_another_unit_neither_sees_nor_decides(any_union: Union) -> None:
    application, other = any_union.apply()["id"], chair_of(any_union.units["02"])
    for attempt in (
        lambda: get(any_union, application, other),
        lambda: any_union.review(application, by=other),
        lambda: listed(any_union, other, unit_id=any_union.units["01"]),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert listed(any_union, other)["items"] == []
    assert [row["id"] for row in listed(any_union, chair_of(any_union.units["01"]))["items"]] == [application]


def test_an_officer_does_not_review_where_there_is_a_chair(any_union: Union) -> None:
    application = any_union.apply()["id"]
    any_union.seat("01", "unit_chair", any_union.member(7), clock.today())
    with pytest.raises(NotAllowed) as caught:
        any_union.review(application)
    assert caught.value.rule == "joining.reviewer_is_in_charge"


def test_nobody_decides_about_himself(any_union: Union) -> None:
    mine = officer()
    application = any_union.apply(by=mine)["id"]
    with pytest.raises(Refused) as caught:
        any_union.review(application, by=mine)
    assert caught.value.rule == "joining.decider_is_not_applicant"
    any_union.review(application)
    with pytest.raises(Refused) as caught:
        any_union.approve(application, by=mine)
    assert caught.value.rule == "joining.decider_is_not_applicant"


def test_somebody_else_changes_nothing(any_union: Union) -> None:
    application, stranger = any_union.apply(by=account())["id"], account()
    attempts = [
        (applying.update_application, contract.update_application, {"version": 1, "phone": "13900000000"}),
        (applying.submit_draft, contract.submit_draft, {}),
        (applying.withdraw_application, contract.withdraw_application, {}),
    ]
    for use_case, operation, values in attempts:
        with pytest.raises(NotAllowed):
            run(any_union, stranger, use_case, operation, application_id=application, **values)
    with pytest.raises(NotAllowed):
        get(any_union, application, stranger)


def test_the_order_of_the_steps_is_kept(any_union: Union) -> None:
    newcomer = account()
    application = any_union.apply(by=newcomer)["id"]
    with pytest.raises(Refused) as caught:
        any_union.approve(application)
    assert caught.value.rule == "workflow.joining"
    assert caught.value.params["legal"] == ["accept", "return", "reject"]
    with pytest.raises(Refused):
        run(
            any_union, any_union.officer, deciding.reject_application, contract.reject_application,
            application_id=application, reason="too early",
        )  # fmt: skip
    any_union.review(application)
    with pytest.raises(Refused):
        any_union.review(application)
    any_union.approve(application)
    for again in (lambda: any_union.approve(application), lambda: any_union.review(application)):
        with pytest.raises(Refused):
            again()
    with pytest.raises(Problem):
        run(
            any_union, newcomer, applying.withdraw_application, contract.withdraw_application,
            application_id=application,
        )  # fmt: skip


def test_an_older_version_is_not_decided_on(any_union: Union) -> None:
    newcomer = account()
    application = any_union.apply(by=newcomer)
    with pytest.raises(PreconditionFailed) as caught:
        run(
            any_union, any_union.officer, deciding.review_application, contract.review_application,
            application_id=application["id"], decision="accept", version=application["version"] + 1,
        )  # fmt: skip
    assert caught.value.params == {"version": application["version"]}


def test_membership_begins_between_hiring_and_today(any_union: Union) -> None:
    application = any_union.apply(hired_on=date(2022, 9, 1))["id"]
    any_union.review(application)
    for day in (date(2022, 8, 31), clock.today() + timedelta(days=1)):
        with pytest.raises(Refused) as caught:
            any_union.approve(application, joined_on=day)
        assert caught.value.rule == "record.joined_on_is_possible"
    any_union.approve(application, joined_on=date(2022, 9, 1))
    assert any_union.events("member_joined")[0]["joined_on"] == "2022-09-01"


def test_an_unknown_application_is_not_found(any_union: Union) -> None:
    with pytest.raises(NotFound):
        any_union.review(uuid4())
    with pytest.raises(NotFound):
        get(any_union, uuid4(), any_union.officer)


def test_the_queue_is_paged_by_submission_and_filtered(any_union: Union) -> None:
    ids = [any_union.apply(order, name=name)["id"] for order, name in enumerate(["张三", "李四", "张伟", "王五"], 1)]
    any_union.review(ids[3])
    first = listed(any_union, any_union.officer, limit=3, with_total=True)
    rest = listed(any_union, any_union.officer, limit=3, cursor=first["next_cursor"])
    assert [row["id"] for row in first["items"] + rest["items"]] == ids
    assert (first["total"], rest["next_cursor"]) == (4, None)
    assert [row["id"] for row in listed(any_union, auditor(), q="张")["items"]] == [ids[0], ids[2]]
    assert [row["id"] for row in listed(any_union, auditor(), state="unit_reviewed")["items"]] == [ids[3]]


def test_an_applicant_sees_the_own_applications(any_union: Union) -> None:
    newcomer = account()
    mine = any_union.apply(1, by=newcomer)["id"]
    any_union.apply(2, by=account())
    with any_union.acting(newcomer) as tx:
        page = reading.my_applications(tx, asked(contract.my_applications))
    assert [row["id"] for row in page["items"]] == [mine]


def test_rejected_applications_forget_after_half_a_year(any_union: Union) -> None:
    application = any_union.apply(statement="Glad to join.")["id"]
    any_union.review(application, "reject")
    with any_union.acting() as tx:
        assert forgetting.forget_old(tx) == 0
    with clock.frozen(clock.now() + timedelta(days=181)), any_union.acting() as tx:
        assert forgetting.forget_old(tx) == 1
        assert forgetting.forget_old(tx) == 0
    kept = get(any_union, application, any_union.officer)
    assert [kept[name] for name in ("id_number", "statement", "name", "birth_date")] == [None] * 4


@pytest.mark.parametrize("state", ["draft", "returned", "withdrawn"])
def test_what_an_applicant_left_lying_or_took_back_is_forgotten_too(any_union: Union, state: str) -> None:
    newcomer = account()
    application = any_union.apply(by=newcomer, statement="Glad to join.", draft=state == "draft")["id"]
    if state == "returned":
        any_union.review(application, "return")
    with any_union.acting(newcomer) as tx:
        values = {"application_id": application, "statement": "因病休养后申请加入。"}
        found = tx.session.get_one(Application, application)
        if state != "withdrawn":
            applying.update_application(tx, asked(contract.update_application, version=found.version, **values))
        else:
            applying.withdraw_application(tx, asked(contract.withdraw_application, **values))
    with any_union.acting() as tx:
        assert "因病" not in str([entry.changes for entry in history_of(tx, f"application/{application}").rows])
        assert forgetting.forget_old(tx) == 0
    with clock.frozen(clock.now() + timedelta(days=181)), any_union.acting() as tx:
        assert forgetting.forget_old(tx) == 1
        assert forgetting.forget_old(tx) == 0
    with any_union.acting() as tx:
        kept = tx.session.get_one(Application, application)
        assert (kept.state, kept.name, kept.phone, kept.account_id) == ("withdrawn", None, None, None)
        assert history_of(tx, f"application/{application}").rows == []
    told = any_union.events("application_withdrawn")
    assert [event["application_id"] for event in told] == ([] if state == "draft" else [str(application)])


def _close(union: Union, code: str) -> None:
    from services.contracts.membership.organisation import operations as organisation_contract
    from services.membership.organisation.use_cases import units

    with union.acting(union.officer) as tx:
        request = asked(
            organisation_contract.update_unit, unit_id=union.units[code], version=1, active=False, reason="merged"
        )
        units.update_unit(tx, request)
