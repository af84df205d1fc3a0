"""To-dos of role holders, members and applicants, the most urgent first; events open and close them.

The key of an entry is kind and subject, of some kinds also the member or unit; it has its subject's sequence, so that
a late event never reopens a closed entry. Belongs here: storing and reading entries. The subjects' projections decide
which event opens and closes which entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.grants import held_on
from gateway.identity.tables import HeldPost
from gateway.live import telling
from gateway.notices.recording import record_entries
from gateway.read_models.tables import STILL_OPEN, ActivityView, TodoView
from gateway.read_models.upserts import keep_newest
from gateway.read_models.viewer_cache import forget_own
from gateway.read_models.wording import in_words, plain
from gateway.rpc.caching import MicroCache
from gateway.runtime import gateway
from gateway.subject import TodoKind, installed
from services.chassis import clock
from services.chassis.database.bulk import is_among
from services.chassis.database.engine import UtcDateTime, rows_changed
from services.chassis.database.pagination import paginate
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.identifiers import uuid7
from services.chassis.security.principal import Principal

FINAL = 2**62
"""Sequence of entries that events of their own subject no longer change."""

_NOW: sa.BindParameter[datetime] = sa.bindparam("now", callable_=clock.now, type_=UtcDateTime())
"""The time of execution as a bind parameter, so that statements can be built once."""

URGENCY: tuple[Any, ...] = (sa.case((TodoView.due_at.is_(None), 1), else_=0), TodoView.sort_at, TodoView.id)
"""What has a due time comes first, by it; then the rest, by its age."""
_OF_NOTICE = ("event", "told")
_OF_EACH_MEMBER = (
    "invitation", "seat_offered", "survey_to_answer", "ballot_to_vote", "secret_ballot_to_vote", "ballot_key_to_make",
    "ballot_share_to_give", "proposal_handle", "proposal_approve", "proposal_confirm", "proposal_rate",
)  # fmt: skip
"""Kinds of which each member has an own entry about the same subject."""
_OF_EACH_UNIT = ("examination_unbooked", "cash_to_count")
"""Kinds of which each unit has an own entry about the same subject."""
_Entry = tuple[ReceivedEvent, dict[str, Any]]
_remembered: MicroCache[Any, Any] = MicroCache()


def entry(
    event: ReceivedEvent,
    kind: str,
    subject_id: UUID,
    *,
    role: str | None = None,
    unit_id: UUID | None = None,
    member_id: UUID | None = None,
    account_id: UUID | None = None,
    due_at: datetime | None = None,
    overdue: bool = False,
    done: bool = False,
    sequence: int | None = None,
    params: dict[str, Any] | None = None,
    told: bool = True,
) -> dict[str, Any]:
    """Return the row of an entry after an event; `done` ones need only their key.

    `told`: whether its recipients get a notice of it; False where a message about the same event tells them.
    """
    owner = member_id if kind in _OF_EACH_MEMBER else unit_id if kind in _OF_EACH_UNIT else None
    key = f"{kind}:{subject_id}" if owner is None else f"{kind}:{subject_id}:{owner}"
    return {
        "key": key,
        "id": uuid7(),
        "kind": kind,
        "subject_id": subject_id,
        "role": role,
        "unit_id": unit_id,
        "member_id": member_id,
        "account_id": account_id,
        "due_at": due_at,
        "sort_at": due_at or event.time,
        "overdue": overdue,
        "params": params or {},
        "done": done,
        "sequence": event.sequence if sequence is None else sequence,
        "event": event,
        "told": told,
    }


def keep(tx: Transaction, rows: Iterable[dict[str, Any]]) -> None:
    """Store the present state of entries, and a notice for each recipient of those that are open now."""
    found = list(rows)
    columns = ({name: value for name, value in row.items() if name not in _OF_NOTICE} for row in found)
    closed = _recipients_of(tx, [row["key"] for row in found if row["done"]])
    if keep_newest(tx, TodoView, columns, key=["key"]):
        _changed(tx, [*closed, *(row for row in found if not row["done"])])
        record_entries(tx, _opened(tx, [(row["event"], row) for row in found if row["told"]]))


def keep_for_each(
    tx: Transaction, event: ReceivedEvent, subject_id: UUID, wanted: Mapping[str, Mapping[UUID, Mapping[str, Any]]]
) -> None:
    """Store which members have entries about a subject now; entries of others are closed.

    Args:
        tx: the transaction.
        event: the event.
        subject_id: the subject.
        wanted: by kind and member, further arguments of `entry`; a kind without members has no entry left.
    """
    begun = [f"{kind}:{subject_id}:" for kind in wanted]  # the ids that follow are hexadecimal, so before a "g"
    ranges = (sa.and_(TodoView.key >= key, TodoView.key < f"{key}g") for key in begun)
    standing = tx.session.execute(sa.select(TodoView.kind, TodoView.member_id).where(STILL_OPEN, sa.or_(*ranges)))
    over = [(row.kind, row.member_id) for row in standing if row.member_id not in wanted[row.kind]]
    keep(
        tx,
        [
            *(entry(event, kind, subject_id, member_id=member, done=True) for kind, member in over),
            *(
                entry(event, kind, subject_id, member_id=member, **of_entry)
                for kind, members in wanted.items()
                for member, of_entry in members.items()
            ),
        ],
    )


def _recipients_of(tx: Transaction, keys: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return whose lists have these entries now; the event that closes one does not say."""
    if not keys:
        return []
    columns = (TodoView.role, TodoView.unit_id, TodoView.member_id, TodoView.account_id)
    standing = sa.select(*columns).where(is_among(tx.session, [TodoView.key], keys), STILL_OPEN)
    return [dict(row._mapping) for row in tx.session.execute(standing)]


def _opened(tx: Transaction, found: list[_Entry]) -> list[_Entry]:
    """Return the entries with which the list now stands: a late event opens nothing, and is told to nobody."""
    opened = [(event, row) for event, row in found if not row["done"]]
    if not opened:
        return []
    keys = is_among(tx.session, [TodoView.key], [row["key"] for _, row in opened])
    standing = sa.select(TodoView.key, TodoView.sequence).where(keys, TodoView.done.is_(False))
    stands = {(key, sequence) for key, sequence in tx.session.execute(standing)}
    return [(event, row) for event, row in opened if (row["key"], row["sequence"]) in stands]


def _changed(tx: Transaction, recipients: Sequence[Mapping[str, Any]]) -> None:
    """After the commit, forget what is remembered of to-dos and tell the open pages of those whose lists changed."""

    def changed() -> None:
        _remembered.clear()
        forget_own()
        telling.tell_todos(recipients)

    tx.after_commit(changed)


def open_invitations(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Open a to-do for each invited member, until registration closes."""
    keep(
        tx,
        (
            entry(event, "invitation", event.data["activity_id"], member_id=event.data["member_id"], told=False)
            for event in events
        ),
    )


def close_invitations(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Close the invitations of members who registered."""
    answered = {f"invitation:{event.data['activity_id']}:{event.data['member_id']}": event.sequence for event in events}
    if not answered:
        return
    now = sa.case(answered, value=TodoView.key)
    waiting = TodoView.key.in_(list(answered)), TodoView.done.is_(False), TodoView.sequence < now
    if rows_changed(tx.session, sa.update(TodoView).where(*waiting).values(done=True, sequence=now)):
        _changed(tx, [{"member_id": event.data["member_id"]} for event in events])


def hand_over(tx: Transaction, unit_id: UUID, to_unit_id: UUID) -> None:
    """Move the to-dos of a closed unit to another; to-dos that arrive later are shown to the officers."""
    roles = TodoView.role.in_(("chair", "officer"))
    tx.session.execute(
        sa.update(TodoView).where(STILL_OPEN, roles, TodoView.unit_id == unit_id).values(unit_id=to_unit_id)
    )
    _changed(tx, [{"role": "chair", "unit_id": unit} for unit in (unit_id, to_unit_id)])


def of(principal: Principal, *, kind: str | None = None, cursor: str | None = None, limit: int = 20) -> dict[str, Any]:
    """Return one page of the reader's to-dos, of one kind if it is given, the most urgent first."""
    statement = open_for(principal)
    if statement is None:
        return {"items": [], "next_cursor": None, "total": 0}
    if kind is not None:
        statement = statement.where(TodoView.kind == kind)
    with gateway().transaction(readonly=True) as tx:
        found = paginate(tx, statement, keys=[(key, "asc") for key in URGENCY], cursor=cursor, limit=limit)
        total = count(principal) if kind is None else tx.session.scalar(counting(statement)) or 0
    now, kinds = clock.now(), installed().todos
    return {
        "items": [resource_of(row, now, kinds) for row in found.rows],
        "next_cursor": found.next_cursor,
        "total": total,
    }


def count(principal: Principal) -> int:
    """Return the number of the reader's open entries; cached for a short time."""

    def load() -> int:
        statement = open_for(principal)
        if statement is None:
            return 0
        with gateway().database.session(readonly=True) as session:
            return session.scalar(counting(statement)) or 0

    counted: int = _remembered.get((principal.account_id, principal.grants), load)
    return counted


def counting(statement: sa.Select[Any]) -> sa.Select[Any]:
    """Return the select of the number of rows of another."""
    return sa.select(sa.func.count()).select_from(statement.subquery())


def open_for(principal: Principal) -> sa.Select[TodoView] | None:
    """Return the select of a reader's open entries, None without account."""
    mine = shared_conditions(principal)
    if principal.member_id is not None:
        mine.append(TodoView.member_id == principal.member_id)
    if principal.account_id is not None:
        mine.append(TodoView.account_id == principal.account_id)
    return open_where(mine) if mine else None


def shared_conditions(principal: Principal) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of the to-dos of a person's roles; none without such roles."""
    shared: list[sa.ColumnElement[bool]] = [
        sa.and_(TodoView.role == "chair", TodoView.unit_id == unit_id) for unit_id in sorted(principal.units("chair"))
    ]
    if principal.has("officer"):
        shared += [TodoView.role == "officer", sa.and_(TodoView.role == "chair", _has_no_chair())]
    return shared


def open_where(conditions: Sequence[sa.ColumnElement[bool]]) -> sa.Select[TodoView]:
    """Return the select of open entries that satisfy one of the conditions and can be answered now.

    Each condition has a select of its own, because databases do not use three indexes for three alternatives in one.
    """
    found = [sa.select(TodoView.key).where(STILL_OPEN, condition).correlate(None) for condition in conditions]
    keys = sa.union_all(*found) if len(found) > 1 else found[0]
    return sa.select(TodoView).where(TodoView.key.in_(keys), _is_answerable())


def remembered(key: Any, load: Callable[[], Any]) -> Any:
    """Return a cached value that is the same for all holders of a role."""
    return _remembered.get(key, load)


def _has_no_chair() -> sa.ColumnElement[bool]:
    """Whether a unit has no chair today: then its to-dos are shown to the officers."""
    return ~held_on(clock.today()).where(HeldPost.role == "chair", HeldPost.unit_id == TodoView.unit_id).exists()


def _is_answerable() -> sa.ColumnElement[bool]:
    """Exclude what is over: terms, offers, and invitations to activities that nobody can register for."""
    answerable = (
        sa.select(ActivityView.activity_id)
        .where(
            ActivityView.activity_id == TodoView.subject_id,
            ActivityView.state == "scheduled",
            ActivityView.registration_closes_at > _NOW,
        )
        .exists()
    )
    return sa.or_(
        TodoView.kind.not_in(("invitation", "term_ending", "seat_offered")),
        sa.and_(TodoView.kind == "invitation", answerable),
        sa.and_(TodoView.kind.in_(("term_ending", "seat_offered")), TodoView.due_at > _NOW),
    )


def resource_of(row: Any, now: datetime, kinds: Mapping[str, TodoKind]) -> dict[str, Any]:
    """Return an entry for an answer; `row` has the columns of `TodoView`."""
    told = in_words(row, ("id", "kind", "subject_id", "unit_id", "role", "due_at", "params"))
    told["since"] = plain(row.sort_at) if row.due_at is None else None
    told["overdue"] = row.overdue or (row.due_at is not None and row.due_at < now)
    told["link"] = "/api/v1" + kinds[row.kind].link.format(row.subject_id)
    return told
