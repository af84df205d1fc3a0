"""Requests: types as data, steps with working days, documents, overdue, privacy, erasure."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis.errors import InvalidInput, NotAllowed, Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare import looks
from services.contracts.welfare.requests import operations as contract
from services.contracts.welfare.requests import types
from tests.component.welfare.goods import on
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import auditor, member_account

PNG = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
).decode()
STEPS = [{"name": "核对材料", "days": 2}, {"name": "联系学校", "days": 5}]
TEXT = "孩子今年上小学，希望就近入学。"


def handler(member_id: UUID) -> Principal:
    return Principal("account", uuid4(), member_id, (Grant("member"), Grant("handler")))


def a_type(welfare: WelfareHarness, **changes: Any) -> dict[str, Any]:
    values = {
        "name": "子女入学", "steps": STEPS, "documents": [{"name": "户口本", "required": True}], "accept_days": 3,
        **changes,
    }  # fmt: skip
    return welfare.ask(types.add_request_type, **values)  # type: ignore[no-any-return]


def submit(welfare: WelfareHarness, by: Principal, type_id: str) -> dict[str, Any]:
    return welfare.ask(contract.submit_request, by, type_id=type_id, text=TEXT)  # type: ignore[no-any-return]


def attach(welfare: WelfareHarness, by: Principal, request_id: str) -> None:
    file = {"document": "户口本", "name": "a.png", "media_type": "image/png", "content": PNG}
    welfare.ask(contract.attach_request_document, by, request_id=request_id, **file)


def look(welfare: WelfareHarness, by: Principal | None, request_id: str) -> dict[str, Any]:
    return welfare.ask(contract.get_request, by, request_id=request_id)  # type: ignore[no-any-return]


def act(welfare: WelfareHarness, operation: Any, request_id: str, by: Principal | None = None, **more: Any) -> Any:
    return welfare.ask(operation, by, request_id=request_id, **more)


@pytest.fixture
def applicant(welfare: WelfareHarness) -> Principal:
    return member_account(welfare.joined())


@pytest.mark.databases("postgresql", "sqlite")
def test_a_request_goes_through_its_steps_to_its_outcome(welfare: WelfareHarness, applicant: Principal) -> None:
    made = submit(welfare, applicant, a_type(welfare)["id"])
    assert (made["number"], made["state"], made["due_on"]) == ("2023-000001", "submitted", "2023-03-06")
    early = welfare.refused(contract.accept_request, request_id=made["id"])
    assert early.rule == "requests.documents_are_there"

    attach(welfare, applicant, made["id"])
    accepted = act(welfare, contract.accept_request, made["id"], note="材料齐全")
    assert (accepted["state"], accepted["step_name"], accepted["due_on"]) == ("accepted", "核对材料", "2023-03-03")
    assert welfare.refused(contract.finish_request, request_id=made["id"], outcome="已办").rule == (
        "requests.last_step_is_reached"
    )
    moved = act(welfare, contract.advance_request, made["id"])
    assert (moved["state"], moved["step_name"]) == ("in_step", "联系学校")
    assert welfare.refused(contract.advance_request, request_id=made["id"]).rule == "requests.step_follows"
    done = act(welfare, contract.finish_request, made["id"], outcome="已安排在附属小学。")

    assert (done["state"], done["due_on"]) == ("done", None)
    told = look(welfare, applicant, made["id"])
    assert [entry["action"] for entry in told["history"]] == ["submit", "accept", "advance", "finish"]
    assert told["history"][-1]["note"] == "已安排在附属小学。"
    states = [event["state"] for event in welfare.events("request_submitted", "request_moved")]
    assert states == ["submitted", "accepted", "in_step", "done"]


def test_due_days_are_working_days_of_the_chinese_calendar(welfare: WelfareHarness, applicant: Principal) -> None:
    type_id = a_type(welfare, documents=[])["id"]
    with on(date(2023, 9, 28)):  # the eve of eight days off; 7 and 8 October are worked
        assert submit(welfare, applicant, type_id)["due_on"] == "2023-10-09"


def test_a_handler_sees_and_handles_the_own_types_only(welfare: WelfareHarness, applicant: Principal) -> None:
    who = welfare.joined()
    by = handler(who)
    own = submit(welfare, applicant, a_type(welfare, documents=[], handler_id=who)["id"])
    other = submit(welfare, applicant, a_type(welfare, name="托育", documents=[])["id"])

    listed = welfare.ask(contract.list_requests, by)["items"]

    assert [one["id"] for one in listed] == [own["id"]]
    assert act(welfare, contract.accept_request, own["id"], by)["state"] == "accepted"
    for operation in (contract.get_request, contract.accept_request):
        with pytest.raises(NotAllowed):
            act(welfare, operation, other["id"], by)
    assert welfare.events("request_submitted")[0]["handler_member_id"] == str(who)


def test_nobody_handles_the_own_request(welfare: WelfareHarness) -> None:
    who = welfare.joined()
    made = submit(welfare, handler(who), a_type(welfare, documents=[], handler_id=who)["id"])

    with pytest.raises(NotAllowed):
        act(welfare, contract.accept_request, made["id"], handler(who))


def test_words_and_files_are_for_few(welfare: WelfareHarness, applicant: Principal) -> None:
    made = submit(welfare, applicant, a_type(welfare)["id"])
    attach(welfare, applicant, made["id"])
    (file,) = look(welfare, None, made["id"])["files"]

    told = look(welfare, auditor(), made["id"])
    assert (told["text"], told["files"], told["missing"]) == (None, [], [])
    with pytest.raises(NotAllowed):
        look(welfare, member_account(welfare.joined()), made["id"])
    assert look(welfare, None, made["id"])["text"] is None
    with pytest.raises(InvalidInput):
        act(welfare, contract.open_request_document, made["id"], document_id=file["id"])
    opened = act(welfare, contract.open_request_document, made["id"], document_id=file["id"], purpose="核对户籍")
    assert opened["media_type"] == "image/png"
    act(welfare, contract.open_request_document, made["id"], applicant, document_id=file["id"])
    assert [one["field"] for one in look(welfare, applicant, made["id"])["looks"]] == ["户口本"]
    assert TEXT not in str(welfare.stored("SELECT * FROM member_request"))
    assert TEXT not in str(welfare.outbox())


def test_those_who_handle_a_request_read_it_for_a_purpose_that_the_applicant_sees(
    welfare: WelfareHarness, applicant: Principal
) -> None:
    who = welfare.joined()
    made = submit(welfare, applicant, a_type(welfare, documents=[], handler_id=who)["id"])
    act(welfare, contract.accept_request, made["id"], note="已联系学校")
    masked = look(welfare, handler(who), made["id"])
    assert (masked["text"], masked["has_text"], masked["opens"]) == (None, True, True)
    assert [(one["note"], one["has_note"]) for one in masked["history"]] == [(None, False), (None, True)]

    for reader in (auditor(), member_account(welfare.joined()), applicant):
        with pytest.raises(NotAllowed):
            act(welfare, contract.unmask_request, made["id"], reader, purpose="好奇")
    assert welfare.ask(looks.my_welfare_looks, applicant)["items"] == []
    told = act(welfare, contract.unmask_request, made["id"], handler(who), purpose="联系学校前核对")
    again = act(welfare, contract.unmask_request, made["id"], purpose="复核办理情况")

    assert (told["text"], told["history"][1]["note"]) == (TEXT, "已联系学校")
    assert again == told
    seen = [(one["kind"], one["source_id"], one["purpose"]) for one in _looks(welfare, applicant)]
    assert seen == [
        ("member_request", made["id"], "复核办理情况"),
        ("member_request", made["id"], "联系学校前核对"),
    ]
    assert [one["purpose"] for one in look(welfare, applicant, made["id"])["looks"]] == [one[2] for one in seen]


def _looks(welfare: WelfareHarness, by: Principal) -> list[dict[str, Any]]:
    return welfare.ask(looks.my_welfare_looks, by)["items"]  # type: ignore[no-any-return]


def test_what_is_overdue_is_told_once_and_listed(welfare: WelfareHarness, applicant: Principal) -> None:
    made = submit(welfare, applicant, a_type(welfare, documents=[])["id"])
    with on(date(2023, 3, 7)):
        welfare.run_timer("tell_overdue_requests")
        welfare.run_timer("tell_overdue_requests")
        listed = welfare.ask(contract.list_requests, show="overdue")["items"]

    assert [event["request_id"] for event in welfare.events("request_overdue")] == [made["id"]]
    assert [(one["id"], one["overdue"]) for one in listed] == [(made["id"], True)]


def test_a_list_is_searched_and_sorted(welfare: WelfareHarness, applicant: Principal) -> None:
    first = submit(welfare, applicant, a_type(welfare, documents=[], accept_days=9)["id"])
    second = submit(welfare, applicant, a_type(welfare, name="托育", documents=[], accept_days=1)["id"])

    def found(**filters: Any) -> list[str]:
        return [one["id"] for one in welfare.ask(contract.list_requests, **filters)["items"]]

    assert found() == [second["id"], first["id"]]
    assert found(sort="submitted_at") == [first["id"], second["id"]]
    assert found(q="托育") == found(q="000002") == [second["id"]]
    act(welfare, contract.decline_request, second["id"], reason="不属于工会受理范围")
    assert found() == [first["id"]]
    assert len(found(show="all")) == 2


def test_a_type_changes_for_requests_to_come(welfare: WelfareHarness, applicant: Principal) -> None:
    made = a_type(welfare, documents=[])
    before = submit(welfare, applicant, made["id"])
    terms = {name: made[name] for name in ("name", "counted_only", "accept_days", "documents", "keep_months")}
    changed = [{"name": "一次办结", "days": 1}]
    who = welfare.joined()
    welfare.ask(types.change_request_type, **terms, type_id=made["id"], steps=changed, handler_id=who)

    assert [step["name"] for step in look(welfare, applicant, before["id"])["steps"]] == ["核对材料", "联系学校"]
    assert welfare.ask(contract.list_requests, handler(who))["items"][0]["id"] == before["id"]
    welfare.ask(types.offer_request_type, type_id=made["id"], offered=False)
    with pytest.raises(Refused) as refused:
        submit(welfare, applicant, made["id"])
    assert refused.value.rule == "requests.type_is_offered"


def test_a_type_has_steps_and_a_name_of_its_own(welfare: WelfareHarness) -> None:
    a_type(welfare)
    rules = [
        welfare.refused(types.add_request_type, name="子女入学", steps=STEPS).rule,
        welfare.refused(types.add_request_type, name="没有环节", steps=[]).rule,
        welfare.refused(types.add_request_type, name="心理咨询", steps=STEPS, counted_only=True).rule,
    ]
    assert rules == ["requests.name_is_free", "requests.type_has_steps", "requests.counted_only_has_appointments"]


def test_words_of_an_ended_request_are_erased_when_their_time_is_over(
    welfare: WelfareHarness, applicant: Principal
) -> None:
    made = submit(welfare, applicant, a_type(welfare, keep_months=2)["id"])
    attach(welfare, applicant, made["id"])
    act(welfare, contract.decline_request, made["id"], reason="不属于工会受理范围")
    with on(date(2023, 5, 31)):
        welfare.run_timer("forget_ended_requests")
        assert look(welfare, applicant, made["id"])["text"] == TEXT
    with on(date(2023, 6, 1)):
        welfare.run_timer("forget_ended_requests")
        kept = look(welfare, applicant, made["id"])

    assert (kept["text"], kept["files"], kept["state"]) == (None, [], "declined")
    assert {entry["note"] for entry in kept["history"]} == {None}
    assert welfare.stored("SELECT id FROM stored_file") == []


def test_who_leaves_withdraws_and_who_is_forgotten_leaves_no_words(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    made = submit(welfare, member_account(member_id), a_type(welfare)["id"])
    attach(welfare, member_account(member_id), made["id"])
    left = {"member_id": member_id, "unit_id": welfare.unit, "standing": "withdrawn", "on": date(2023, 3, 1)}
    welfare.receive("on_member_left", welfare.example_message(MemberLeft, None, **left))
    assert look(welfare, None, made["id"])["state"] == "withdrawn"

    welfare.receive("on_member_anonymised", welfare.example_message(MemberAnonymised, None, member_id=member_id))

    assert look(welfare, None, made["id"])["text"] is None
    assert welfare.stored("SELECT id FROM stored_file") == []
    assert welfare.stored(f"SELECT id FROM change_history WHERE subject = 'member_request/{made['id']}'") == []
