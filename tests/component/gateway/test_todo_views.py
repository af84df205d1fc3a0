"""The to-do list: opened by events, closed by events, never reopened by late ones."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from gateway.read_models import applications, todo_groups, todos
from gateway.subjects import SUBJECTS
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.errors import InvalidInput
from services.chassis.identifiers import uuid7
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.calendar.events import EventCancelled
from services.contracts.activities.registration.events import MemberInvited, RegistrationConfirmed
from services.contracts.gateway.views import TODO_KINDS, Todo
from services.contracts.membership.dues.events import DuesReminded, DuesSettled
from services.contracts.membership.joining.operations import (
    ApplicationRejected,
    ApplicationReturned,
    ApplicationReviewed,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    MemberJoined,
)
from services.contracts.membership.organisation.operations import PostAssigned
from services.contracts.welfare.charity.events import CashToCount, DriveClosed, DriveDisclosed, DriveHandedOver
from services.contracts.welfare.examinations.events import ExaminationToClose, ExaminationUnbooked
from services.contracts.welfare.visits.events import (
    VisitAssigned,
    VisitCancelled,
    VisitClaimRefused,
    VisitClosed,
    VisitCompleted,
    VisitDueSoon,
    VisitEscalated,
    VisitOverdue,
    VisitRequired,
)
from tests.component.gateway.harness import GatewayHarness
from tests.component.gateway.test_activity_views import SOON, schedule
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT

CHAIR = Principal("account", uuid7(), uuid7(), (Grant("chair", UNIT),))
OTHER_CHAIR = Principal("account", uuid7(), uuid7(), (Grant("chair", OTHER_UNIT),))
OFFICER = Principal("account", uuid7(), uuid7(), (Grant("officer"),))
MEMBER = Principal("account", uuid7(), uuid7(), (Grant("member", UNIT),))


def kinds(principal: Principal) -> list[str]:
    page = todos.of(principal, limit=100)
    assert page["total"] == len(page["items"])
    return [item["kind"] for item in page["items"]]


@pytest.fixture
def unit_has_chair(gateway: GatewayHarness) -> None:
    today = clock.today()
    for unit in (UNIT, OTHER_UNIT):
        term = {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=99)}
        gateway.hear(PostAssigned, post_id=uuid7(), member_id=uuid7(), unit_id=unit, role="chair", **term)


@pytest.mark.usefixtures("unit_has_chair")
def test_a_units_visit_stands_in_its_chairs_list_alone(gateway: GatewayHarness) -> None:
    visit = uuid7()
    gateway.hear(VisitRequired, visit_id=visit, unit_id=UNIT, level="unit", due_at=SOON)
    assert kinds(CHAIR) == ["visit_due"]
    assert kinds(OTHER_CHAIR) == kinds(OFFICER) == kinds(MEMBER) == kinds(Principal()) == []
    (item,) = todos.of(CHAIR)["items"]
    assert Todo().validate(item) == {}
    assert (item["subject_id"], item["link"]) == (str(visit), f"/api/v1/welfare/visits/{visit}")


@pytest.mark.usefixtures("unit_has_chair")
def test_the_unions_visit_stands_in_the_officers_list(gateway: GatewayHarness) -> None:
    gateway.hear(VisitRequired, visit_id=uuid7(), unit_id=UNIT, level="union", due_at=SOON)
    assert kinds(OFFICER) == ["visit_due"]
    assert kinds(CHAIR) == []


def test_officers_stand_in_for_a_unit_without_chair(gateway: GatewayHarness, database: Database) -> None:
    gateway.hear(VisitRequired, visit_id=uuid7(), unit_id=UNIT, level="unit", due_at=SOON)
    assert kinds(OFFICER) == ["visit_due"]
    term = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=9)}
    gateway.hear(PostAssigned, post_id=uuid7(), member_id=uuid7(), unit_id=UNIT, role="chair", **term)
    todos._remembered.clear()
    assert kinds(OFFICER) == []


@pytest.mark.usefixtures("unit_has_chair")
def test_an_overdue_visit_is_marked_and_a_late_one_goes_to_the_officers_too(gateway: GatewayHarness) -> None:
    ids = {"visit_id": uuid7(), "unit_id": UNIT, "due_at": clock.now() - timedelta(hours=1)}
    gateway.hear(VisitRequired, level="unit", **ids)
    gateway.hear(VisitOverdue, level="unit", **ids)
    gateway.hear(VisitEscalated, level="union", **ids)
    assert [(item["kind"], item["overdue"]) for item in todos.of(CHAIR)["items"]] == [("visit_due", True)]
    assert kinds(OFFICER) == ["visit_escalated"]


@pytest.mark.usefixtures("unit_has_chair")
def test_an_assigned_visit_stands_in_the_list_of_who_is_to_go(gateway: GatewayHarness) -> None:
    ids = {"visit_id": uuid7(), "unit_id": UNIT, "level": "unit", "due_at": SOON}
    gateway.hear(VisitRequired, **ids)
    gateway.hear(VisitAssigned, assignee_member_id=MEMBER.member_id, **ids)
    assert kinds(MEMBER) == ["visit_assigned"]
    gateway.hear(VisitAssigned, assignee_member_id=OFFICER.member_id, **ids)
    assert kinds(MEMBER) == []
    assert kinds(OFFICER) == ["visit_assigned"]


@pytest.mark.usefixtures("unit_has_chair")
def test_a_reminder_leaves_one_entry_of_who_is_to_act(gateway: GatewayHarness) -> None:
    ids = {"visit_id": uuid7(), "unit_id": UNIT, "level": "unit", "due_at": SOON}
    gateway.hear(VisitRequired, **ids)
    gateway.hear(VisitDueSoon, assignee_member_id=None, **ids)
    assert (kinds(CHAIR), kinds(MEMBER)) == (["visit_due"], [])
    gateway.hear(VisitAssigned, assignee_member_id=MEMBER.member_id, **ids)
    gateway.hear(VisitDueSoon, assignee_member_id=MEMBER.member_id, **ids)
    assert kinds(MEMBER) == ["visit_assigned"]


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.usefixtures("unit_has_chair")
@pytest.mark.parametrize("over", [VisitCompleted, VisitClosed, VisitCancelled])
def test_a_visit_that_is_over_leaves_no_list_in_whatever_order_its_events_arrive(
    gateway: GatewayHarness, over: type[Any]
) -> None:
    for order in itertools.permutations(range(4)):
        ids = {"visit_id": uuid7(), "unit_id": UNIT}
        due = {"level": "unit", "due_at": SOON}
        messages = [
            gateway.make(VisitRequired, 1, **ids, **due),
            gateway.make(VisitAssigned, 2, assignee_member_id=MEMBER.member_id, **ids, **due),
            gateway.make(VisitOverdue, 3, **ids, **due),
            gateway.make(over, 4, **ids),
        ]
        gateway.deliver(*[messages[index] for index in order])
        assert kinds(CHAIR) == kinds(MEMBER) == kinds(OFFICER) == [], order


@pytest.mark.usefixtures("unit_has_chair")
def test_a_refused_claim_is_the_chairs_to_correct_until_it_is_made_again(gateway: GatewayHarness) -> None:
    ids = {"visit_id": uuid7(), "unit_id": UNIT}
    gateway.hear(VisitCompleted, **ids)
    gateway.hear(VisitClaimRefused, **ids, rule="benefit.hospitalisation.cap", reason_code="cap_exceeded")
    (item,) = todos.of(CHAIR)["items"]
    assert (item["kind"], item["params"]) == ("claim_refused", {"reason_code": "cap_exceeded"})
    gateway.hear(VisitCompleted, **ids, claim=2)
    assert kinds(CHAIR) == []


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.usefixtures("unit_has_chair")
def test_an_application_moves_from_list_to_list(gateway: GatewayHarness) -> None:
    account_id = uuid7()
    applicant = Principal("account", account_id, None, (Grant("applicant"),))
    ids = {"application_id": uuid7(), "unit_id": UNIT, "account_id": account_id}

    def lists() -> tuple[list[str], list[str], list[str]]:
        return kinds(CHAIR), kinds(OFFICER), kinds(applicant)

    gateway.hear(ApplicationSubmitted, **ids)
    assert lists() == (["application_review"], [], [])
    gateway.hear(ApplicationReturned, **ids)
    assert lists() == ([], [], ["application_returned"])
    gateway.hear(ApplicationSubmitted, **ids)
    assert lists() == (["application_review"], [], [])
    gateway.hear(ApplicationReviewed, **ids)
    assert lists() == ([], ["application_approval"], [])
    gateway.hear(MemberJoined, member_id=uuid7(), **ids)
    assert lists() == ([], [], [])


@pytest.mark.usefixtures("unit_has_chair")
@pytest.mark.parametrize("end", [ApplicationRejected, ApplicationWithdrawn])
def test_an_application_that_ended_is_nobodys_business(gateway: GatewayHarness, end: type[Any]) -> None:
    ids = {"application_id": uuid7(), "unit_id": UNIT, "account_id": uuid7()}
    messages = [gateway.make(ApplicationSubmitted, 1, **ids), gateway.make(end, 2, **ids)]
    gateway.deliver(*reversed(messages))
    assert kinds(CHAIR) == kinds(OFFICER) == []


@pytest.mark.usefixtures("unit_has_chair")
def test_what_arrives_after_the_approval_reopens_nothing(gateway: GatewayHarness, database: Database) -> None:
    account_id = uuid7()
    ids = {"application_id": uuid7(), "unit_id": UNIT, "account_id": account_id}
    late = [gateway.make(ApplicationSubmitted, 1, **ids), gateway.make(ApplicationReviewed, 2, **ids)]
    gateway.hear(MemberJoined, member_id=uuid7(), **ids)
    gateway.deliver(*late)
    assert kinds(CHAIR) == kinds(OFFICER) == []
    with transaction(database) as tx:
        assert applications.latest_of(tx.session, [account_id])[account_id]["state"] == "approved"


def invite(gateway: GatewayHarness, activity_id: UUID, principal: Principal = MEMBER) -> None:
    gateway.hear(MemberInvited, activity_id=activity_id, member_id=principal.member_id)


def test_an_invitation_waits_for_an_answer(gateway: GatewayHarness) -> None:
    activity_id = schedule(gateway)
    invite(gateway, activity_id)
    assert kinds(MEMBER) == ["invitation"]
    assert kinds(CHAIR) == []
    gateway.hear(RegistrationConfirmed, activity_id=activity_id, member_id=MEMBER.member_id)
    assert kinds(MEMBER) == []


@pytest.mark.databases("postgresql", "sqlite")
def test_invitations_of_many_are_closed_by_one_statement(gateway: GatewayHarness) -> None:
    activity_id = schedule(gateway)
    people = [Principal("account", uuid7(), uuid7(), (Grant("member", UNIT),)) for _ in range(30)]
    for person in people:
        invite(gateway, activity_id, person)
    updates: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE todo"):
            updates.append(statement)

    answers = [gateway.make(RegistrationConfirmed, activity_id=activity_id, member_id=one.member_id) for one in people]
    sa.event.listen(gateway.database.engine, "before_cursor_execute", note)
    gateway.deliver_together(*answers)
    sa.event.remove(gateway.database.engine, "before_cursor_execute", note)
    assert len(updates) == 1
    assert [kinds(person) for person in people] == [[]] * 30


def test_an_invitation_that_cannot_be_answered_any_more_is_not_shown(gateway: GatewayHarness) -> None:
    activity_id = uuid7()
    invite(gateway, activity_id)
    assert kinds(MEMBER) == []
    schedule(gateway, activity_id=activity_id)
    todos._remembered.clear()
    assert kinds(MEMBER) == ["invitation"]
    with clock.frozen(SOON + timedelta(minutes=1)):
        todos._remembered.clear()
        assert kinds(MEMBER) == []
    gateway.hear(EventCancelled, activity_id=activity_id)
    todos._remembered.clear()
    assert kinds(MEMBER) == []


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.usefixtures("unit_has_chair")
def test_the_most_urgent_comes_first_and_pages_follow(gateway: GatewayHarness) -> None:
    due = [SOON + timedelta(hours=hours) for hours in (5, 1, 3, 2, 4)]
    for at in due:
        gateway.hear(VisitRequired, visit_id=uuid7(), unit_id=UNIT, level="unit", due_at=at)
    first = todos.of(CHAIR, limit=3)
    rest = todos.of(CHAIR, limit=3, cursor=first["next_cursor"])
    told = [item["due_at"] for item in [*first["items"], *rest["items"]]]
    assert told == [at.isoformat() for at in sorted(due)]
    assert (first["total"], rest["next_cursor"]) == (5, None)
    with pytest.raises(InvalidInput):
        todos.of(CHAIR, cursor="forged")


def test_every_kind_of_entry_is_in_the_contract(app: Flask) -> None:
    assert set(SUBJECTS.todos) == set(TODO_KINDS)


def test_dues_stand_in_the_members_list_from_the_reminder_until_they_are_settled(gateway: GatewayHarness) -> None:
    member_id = MEMBER.member_id
    gateway.hear(DuesReminded, member_id=member_id)
    gateway.hear(DuesReminded, member_id=member_id)
    assert kinds(MEMBER) == ["dues_owed"]
    assert kinds(OFFICER) == []
    late = gateway.make(DuesReminded, 1, member_id=member_id)
    gateway.hear(DuesSettled, member_id=member_id)
    gateway.deliver(late)
    assert kinds(MEMBER) == []


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.usefixtures("unit_has_chair")
def test_entries_stand_by_kind_and_each_leads_to_the_next(gateway: GatewayHarness) -> None:
    applications_made = [uuid7() for _ in range(3)]
    for one in applications_made:
        gateway.hear(ApplicationSubmitted, application_id=one, unit_id=UNIT, account_id=None)
    late, soon = uuid7(), uuid7()
    gateway.hear(VisitRequired, visit_id=soon, unit_id=UNIT, level="unit", due_at=SOON)
    past = clock.now() - timedelta(hours=1)
    gateway.hear(VisitOverdue, visit_id=late, unit_id=UNIT, level="unit", due_at=past)

    groups = todo_groups.of(CHAIR, each=2)
    assert [(one["kind"], one["count"], one["overdue"]) for one in groups] == [
        ("visit_due", 2, 1),
        ("application_review", 3, 0),
    ]
    assert [item["subject_id"] for item in groups[0]["items"]] == [str(late), str(soon)]
    assert len(groups[1]["items"]) == 2
    assert todo_groups.of(OTHER_CHAIR) == todo_groups.of(Principal()) == []

    kind = ("application_review",)
    shown = [item["subject_id"] for item in todos.of(CHAIR, kind=kind[0])["items"]]
    for here, following in zip(shown, [*shown[1:], shown[0]], strict=True):
        found, left = todo_groups.next_of(CHAIR, kind, UUID(here))
        assert found is not None
        assert (found["subject_id"], left) == (following, 2)
    assert todo_groups.next_of(OTHER_CHAIR, kind, UUID(shown[0])) == (None, 0)
    gateway.hear(ApplicationReviewed, application_id=UUID(shown[1]), unit_id=UNIT, account_id=None)
    found, left = todo_groups.next_of(CHAIR, kind, UUID(shown[1]))
    assert found is not None
    assert (found["subject_id"], left) == (shown[0], 2)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_closed_drive_is_handed_over_and_disclosed_by_the_office(
    gateway: GatewayHarness, order: tuple[int, ...]
) -> None:
    drive, on = uuid7(), clock.today()
    steps = (
        gateway.make(DriveClosed, 1, drive_id=drive, on=on, plan_item_id=None),
        gateway.make(DriveHandedOver, 2, drive_id=drive, on=on),
        gateway.make(DriveDisclosed, 3, drive_id=drive, on=on),
    )
    if order == (0, 1, 2):
        for step, waits in zip(steps, (["drive_to_hand_over"], ["drive_to_disclose"], []), strict=True):
            gateway.deliver(step)
            todos._remembered.clear()
            assert (kinds(OFFICER), kinds(CHAIR), kinds(MEMBER)) == (waits, [], [])
    else:
        gateway.deliver(*(steps[place] for place in order))
        todos._remembered.clear()
        assert kinds(OFFICER) == []


@pytest.mark.usefixtures("unit_has_chair")
def test_each_unit_has_its_own_entry_about_a_campaign_or_drive_until_it_is_done(gateway: GatewayHarness) -> None:
    subject, until = uuid7(), clock.today() + timedelta(days=9)

    def unbooked(sequence: int, unit_id: UUID, count: int, before: int = 0) -> Any:
        return gateway.make(
            ExaminationUnbooked, sequence, examination_id=subject, unit_id=unit_id, unbooked=count, before=before,
            book_until=until,
        )  # fmt: skip

    def cash(sequence: int, *, is_open: bool) -> Any:
        return gateway.make(CashToCount, sequence, drive_id=subject, unit_id=UNIT, open=is_open)

    gateway.deliver(unbooked(1, UNIT, 12), unbooked(2, OTHER_UNIT, 3), cash(1, is_open=True))
    todos._remembered.clear()
    assert (kinds(CHAIR), kinds(MEMBER)) == (["examination_unbooked", "cash_to_count"], [])
    gateway.deliver(unbooked(3, UNIT, 11, 12), cash(2, is_open=False))
    todos._remembered.clear()
    (left,) = todos.of(CHAIR)["items"]
    assert (left["params"], left["link"]) == ({"people": 11}, f"/api/v1/welfare/examinations/{subject}/unbooked")
    gateway.deliver(unbooked(4, UNIT, 0, 11), cash(1, is_open=True))
    todos._remembered.clear()
    assert (kinds(CHAIR), kinds(OTHER_CHAIR), kinds(OFFICER)) == ([], ["examination_unbooked"], [])
    gateway.deliver(unbooked(5, OTHER_UNIT, 0, 3), gateway.make(ExaminationToClose, 6, examination_id=subject))
    todos._remembered.clear()
    assert (kinds(OTHER_CHAIR), kinds(OFFICER)) == ([], ["examination_to_close"])
    gateway.deliver(gateway.make(ExaminationToClose, 7, examination_id=subject, open=False))
    todos._remembered.clear()
    assert kinds(OFFICER) == []
