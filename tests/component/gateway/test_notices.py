"""Notices: one for each recipient of an entry, none twice, read and unread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.notices import inbox
from gateway.notices.tables import Notice
from gateway.subjects import SUBJECTS
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.errors import NotFound
from services.chassis.identifiers import uuid7
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.articles.events import ArticleMoved
from services.contracts.activities.calendar.events import EventRescheduled
from services.contracts.activities.clubs.events import ClubChanged, ClubLeft
from services.contracts.activities.contests.events import ContestMoved
from services.contracts.activities.registration.events import MemberInvited, RegistrationConfirmed
from services.contracts.activities.surveys.events import SurveyCalled
from services.contracts.gateway.notices import ListNotices, ReadAll
from services.contracts.governance.ballots.events import VotersCalled
from services.contracts.governance.disclosures.events import DisclosureMoved
from services.contracts.governance.proposals.events import ProposalMoved
from services.contracts.governance.secret_ballots import ScrutineersCalled
from services.contracts.membership.card import CardsRevoked
from services.contracts.membership.dues.events import DuesReminded
from services.contracts.membership.joining.operations import ApplicationReturned
from services.contracts.membership.organisation.operations import PostAssigned, PostTermEnding
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.welfare.hardship.events import AidApplicationMoved
from services.contracts.welfare.mutual_aid.events import MutualAidClaimChanged
from services.contracts.welfare.procurement.events import PurchaseMoved
from services.contracts.welfare.visits.events import VisitCompleted, VisitDueSoon, VisitOverdue, VisitRequired
from tests.component.gateway.harness import GatewayHarness
from tests.component.gateway.test_activity_views import SOON, schedule
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT

CHAIR, OFFICER = uuid7(), uuid7()
TITLED = {name for name, kind in SUBJECTS.news.items() if kind.titled}
"""Kinds whose text names an activity."""
NOT_TOLD = {
    "event_scheduled", "event_cancelled", "invitation", "seat_offered", "dues_owed", "announcement", "private_matter",
    "private_matter_waits",
}  # fmt: skip
"""Kinds that no event tells people: another kind tells of it, group chats are told alone, officers write it, or the
gateway fetches whom to tell."""


def _waits(task: str, *member_ids: UUID) -> tuple[Any, dict[str, Any]]:
    tasks = [{"task": task, "member_ids": list(member_ids), "due_on": None, "overdue": False}]
    return ProposalMoved, {"proposal_id": uuid7(), "told": [], "tasks": tasks}


OTHERWISE: tuple[tuple[Any, dict[str, Any]], ...] = (
    (DisclosureMoved, {"state": "approved"}),
    (AidApplicationMoved, {"application_id": uuid7(), "state": "unit_forwarded"}),
    (AidApplicationMoved, {"application_id": uuid7(), "state": "granted", "payment_refused": True}),
    (MutualAidClaimChanged, {"claim_id": uuid7(), "state": "paid"}),
    (ContestMoved, {"activity_id": uuid7(), "opened": True, "judge_member_ids": [uuid7()]}),
    (ArticleMoved, {"article_id": uuid7(), "state": "draft", "waits": False, "returned": True}),
    (ClubChanged, {"club_id": uuid7(), "change": "applied", "state": "applied"}),
    (ClubChanged, {"club_id": uuid7(), "change": "review_due", "review_state": "due", "review_year": 2025}),
    (ClubChanged, {"club_id": uuid7(), "change": "review_handed_in", "review_state": "handed_in"}),
    (ClubChanged, {"club_id": uuid7(), "change": "term_ending", "term_ends_on": "2026-12-31"}),
    (ClubChanged, {"club_id": uuid7(), "change": "suspended", "state": "suspended"}),
    (ClubLeft, {"club_id": uuid7(), "cause": "removed"}),
    (SurveyCalled, {"survey_id": uuid7(), "call": "again"}),
    (PurchaseMoved, {"purchase_id": uuid7(), "state": "need"}),
    (PurchaseMoved, {"purchase_id": uuid7(), "state": "refused"}),
    _waits("review"),
    (VotersCalled, {"ballot_id": uuid7(), "fingerprint": "5f" * 32}),
    (ScrutineersCalled, {"ballot_id": uuid7(), "task": "share"}),
    *(_waits(task, uuid7()) for task in ("handle", "approve", "confirm", "rate")),
)
"""Events that tell another kind by another state than that of their example."""

OF_ACCOUNTS = {
    "identity_linked", "identity_unlinked", "notice_address_set", "password_code_made", "password_set_by_code",
    "recovery_code_used", "second_factor_added", "second_factor_removed", "second_factor_reset",
}  # fmt: skip
"""Kinds that the owner of an account is told when it is changed, without an event."""


@pytest.fixture
def posts(gateway: GatewayHarness) -> None:
    today = clock.today()
    term = {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=99)}
    for member_id, unit_id, role in ((CHAIR, UNIT, "chair"), (OFFICER, OTHER_UNIT, "officer")):
        gateway.hear(PostAssigned, post_id=uuid7(), member_id=member_id, unit_id=unit_id, role=role, **term)


def told(database: Database) -> list[tuple[UUID, str]]:
    """Who was told what since, without the posts of the fixture."""
    with database.session() as session:
        rows = session.execute(sa.select(Notice.recipient_id, Notice.kind).order_by(Notice.id))
        return [(row.recipient_id, row.kind) for row in rows if row.kind != "post_assigned"]


def of_member(member_id: UUID, account_id: UUID | None = None) -> CallContext:
    return CallContext(principal=Principal("account", account_id or uuid7(), member_id, (Grant("member", UNIT),)))


def listed(database: Database, context: CallContext, **asked: Any) -> list[dict[str, Any]]:
    with transaction(database, context) as tx:
        found: list[dict[str, Any]] = inbox.list_notices(tx, ListNotices().load(asked))["items"]
        return found


def test_a_to_do_is_told_to_the_chair_of_the_unit_and_to_officers_where_there_is_none(
    gateway: GatewayHarness, database: Database, posts: None
) -> None:
    gateway.hear(VisitRequired, visit_id=uuid7(), unit_id=UNIT, level="unit", due_at=SOON)
    gateway.hear(VisitRequired, visit_id=uuid7(), unit_id=OTHER_UNIT, level="unit", due_at=SOON)
    gateway.hear(VisitRequired, visit_id=uuid7(), unit_id=UNIT, level="union", due_at=SOON)
    assert told(database) == [(CHAIR, "visit_due"), (OFFICER, "visit_due"), (OFFICER, "visit_due")]


def test_who_left_is_told_nothing_of_a_post_that_was_not_ended(
    gateway: GatewayHarness, database: Database, posts: None
) -> None:
    gateway.hear(MemberUpdated, member_id=CHAIR, unit_id=UNIT, standing="left")
    gateway.hear(VisitRequired, visit_id=uuid7(), unit_id=UNIT, level="unit", due_at=SOON)
    assert told(database) == [(OFFICER, "visit_due")]


@pytest.mark.databases("postgresql", "sqlite")
def test_an_event_that_comes_again_tells_nothing_twice(
    gateway: GatewayHarness, database: Database, posts: None
) -> None:
    visit, member = uuid7(), uuid7()
    due = gateway.make(VisitRequired, 1, visit_id=visit, unit_id=UNIT, level="unit", due_at=SOON)
    reminded = gateway.make(DuesReminded, 1, member_id=member)
    gateway.deliver(due, reminded)
    with database.session() as session:
        session.execute(sa.text("DELETE FROM inbox"))
    gateway.deliver(due, reminded)
    gateway.hear(VisitOverdue, 2, visit_id=visit, unit_id=UNIT, level="unit", due_at=SOON)
    assert told(database) == [(CHAIR, "visit_due"), (member, "dues_reminded"), (CHAIR, "visit_due")]
    found = listed(database, of_member(CHAIR), kind="visit_due")
    assert [one["params"].get("overdue") for one in found] == [True, None]


def test_before_a_visit_is_due_the_visitor_is_reminded_once(
    gateway: GatewayHarness, database: Database, posts: None
) -> None:
    visit, visitor = uuid7(), uuid7()
    due = {"visit_id": visit, "unit_id": UNIT, "level": "unit", "due_at": SOON}
    soon = gateway.make(VisitDueSoon, 2, **due, assignee_member_id=visitor)
    gateway.hear(VisitRequired, 1, **due)
    gateway.deliver(soon, soon)
    gateway.hear(VisitDueSoon, 1, **{**due, "visit_id": uuid7()}, assignee_member_id=None)
    assert told(database) == [(CHAIR, "visit_due"), (visitor, "visit_assigned"), (CHAIR, "visit_due")]


def test_a_to_do_that_is_over_already_is_told_to_nobody(
    gateway: GatewayHarness, database: Database, posts: None
) -> None:
    visit = uuid7()
    due = gateway.make(VisitRequired, 1, visit_id=visit, unit_id=UNIT, level="unit", due_at=SOON)
    gateway.hear(VisitCompleted, 2, visit_id=visit)
    gateway.deliver(due)
    assert told(database) == []


def test_one_event_with_a_to_do_and_a_message_is_told_once(gateway: GatewayHarness, database: Database) -> None:
    member, account = uuid7(), uuid7()
    gateway.hear(MemberInvited, member_id=member)
    gateway.hear(ApplicationReturned, account_id=account)
    gateway.hear(ApplicationReturned, application_id=uuid7(), account_id=None)
    gateway.hear(CardsRevoked, member_id=member)
    assert told(database) == [
        (member, "member_invited"), (account, "application_returned"), (member, "cards_revoked"),
    ]  # fmt: skip


def test_a_changed_activity_is_told_to_all_who_take_part(gateway: GatewayHarness, database: Database) -> None:
    activity, people = schedule(gateway), [uuid7() for _ in range(3)]
    for member in people:
        gateway.hear(RegistrationConfirmed, activity_id=activity, member_id=member, registration_id=uuid7())
    gateway.hear(EventRescheduled, 2, activity_id=activity, changed=["place"])
    changed = [recipient for recipient, kind in told(database) if kind == "event_rescheduled"]
    assert sorted(changed) == sorted(people)


@pytest.mark.databases("postgresql", "sqlite")
def test_five_thousand_are_told_in_few_statements(
    gateway: GatewayHarness, database: Database, counted: Callable[[], list[str]]
) -> None:
    members = [uuid7() for _ in range(5_000)]
    events = [gateway.make(DuesReminded, 1, member_id=member) for member in members]
    before = len(counted())
    gateway.deliver_together(*events)
    # Inbox and sequences work in parts of their own; a query for each notice would be 5,000.
    assert len(counted()) - before < 400
    assert len(told(database)) == 5_000


@pytest.mark.databases("postgresql", "sqlite")
def test_read_and_unread(gateway: GatewayHarness, database: Database) -> None:
    member, other, account = uuid7(), uuid7(), uuid7()
    for recipient in (member, member, other):
        gateway.hear(CardsRevoked, member_id=recipient)
    gateway.hear(DuesReminded, member_id=member)
    gateway.hear(ApplicationReturned, account_id=account)
    mine = of_member(member, account)
    assert sorted(one["kind"] for one in listed(database, mine)) == [
        "application_returned", "cards_revoked", "cards_revoked", "dues_reminded",
    ]  # fmt: skip
    with transaction(database, mine) as tx:
        assert inbox.count_unread(tx, {}) == {"count": 4}
        (returned,) = inbox.list_notices(tx, ListNotices().load({"kind": "application_returned"}))["items"]
        assert inbox.read_notice(tx, {"notice_id": returned["id"]})["state"] == "read"
        assert inbox.read_all(tx, ReadAll().load({"kind": "cards_revoked"})) == {"count": 2}
    assert [one["kind"] for one in listed(database, mine, state="unread")] == ["dues_reminded"]
    assert [one["kind"] for one in listed(database, of_member(other), state="unread")] == ["cards_revoked"]
    with transaction(database, of_member(other)) as tx, pytest.raises(NotFound):
        inbox.read_notice(tx, {"notice_id": returned["id"]})


def test_every_kind_is_told_by_an_event_and_its_text_finds_what_it_names(
    gateway: GatewayHarness, database: Database, posts: None
) -> None:
    first = (RegistrationConfirmed, PostTermEnding)
    events = {reaction.event for subject in SUBJECTS for reaction in subject.reactions} - {MemberAnonymised}
    for event in sorted(events, key=lambda one: (one not in first, one.type)):
        gateway.hear(event)
    for event, changes in OTHERWISE:
        gateway.hear(event, **changes)
    with database.session() as session:
        found = {row.kind: row.params for row in session.scalars(sa.select(Notice))}
    assert set(SUBJECTS.notices) - set(found) == NOT_TOLD | OF_ACCOUNTS
    for name, params in found.items():
        kind = SUBJECTS.notices[name]
        assert kind.notice is not None, f"{name} has no text"
        values = {**params, **({"title": "春游"} if name in TITLED else {})}
        assert kind.notice.text._args[0] % values, name
