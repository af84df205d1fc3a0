"""Copies of activities: the list and single ones, cached where they are the same for all readers.

Belongs here: copying events of activities, and reading. Not: registrations (`registrations`), months (`calendar`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.live import telling
from gateway.read_models import search_index
from gateway.read_models.tables import ActivityView
from gateway.read_models.upserts import keep_newest
from gateway.read_models.viewer_cache import forget_own
from gateway.read_models.wording import in_words
from gateway.rpc.caching import MicroCache
from gateway.runtime import gateway
from services.chassis.database.pagination import Key, paginate
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.events.envelope import ReceivedEvent

_FACTS = (
    "title", "title_en", "kind", "place", "starts_at", "ends_at", "capacity", "waiting_list", "registration_opens_at",
    "registration_closes_at", "cancel_until", "fee", "organiser_unit_id", "plan_item_id", "series_id", "summary",
    "summary_en", "scheduled_at", "version",
)  # fmt: skip
_PLAIN = (
    *_FACTS, "state", "seats_taken", "seats_left", "waiting",
    "cancel_reason_code", "held_on", "attended",
)  # fmt: skip
_SORTS: dict[str, list[Key]] = {
    "starts_at": [(ActivityView.starts_at, "asc"), (ActivityView.activity_id, "asc")],
    "-starts_at": [(ActivityView.starts_at, "desc"), (ActivityView.activity_id, "desc")],
    "registration_closes_at": [(ActivityView.registration_closes_at, "asc"), (ActivityView.activity_id, "asc")],
    "title": [(ActivityView.title, "asc"), (ActivityView.activity_id, "asc")],
}

SEARCHED = search_index.Indexed(
    "activity",
    search_index.entries(
        ActivityView.activity_id, ActivityView.title, ActivityView.title_en, ActivityView.starts_at,
        text=ActivityView.summary, text_en=ActivityView.summary_en,
    ).where(ActivityView.title.is_not(None)),
)  # fmt: skip
"""Activities are found by title and summary, by all who signed in."""

_single: MicroCache[str, dict[str, Any]] = MicroCache()
_answers: MicroCache[Any, Any] = MicroCache()


def note_facts(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store the facts of activities, from `event_scheduled` and `event_rescheduled`."""
    rows = [
        {
            "activity_id": event.data["activity_id"],
            **{name: event.data[name] for name in _FACTS},
            "sessions": event.raw.get("sessions") or [],
            "audience": event.raw["audience"],
            "facts_sequence": event.sequence,
        }
        for event in events
    ]
    keep_newest(tx, ActivityView, rows, key=["activity_id"], order="facts_sequence")
    search_index.refresh(tx, SEARCHED, (row["activity_id"] for row in rows))
    note_figures(tx, events)


def note_figures(tx: Transaction, events: Iterable[ReceivedEvent]) -> None:
    """Store seats taken, seats left and the length of the waiting list, from any event that has them."""
    rows = [
        {
            "activity_id": event.data["activity_id"],
            "seats_taken": event.data["seats_taken"],
            "seats_left": event.data["seats_left"],
            "waiting": event.data["waiting"],
            "figures_sequence": event.sequence,
        }
        for event in events
    ]
    keep_newest(tx, ActivityView, rows, key=["activity_id"], order="figures_sequence")
    tx.after_commit(forget)
    tx.after_commit(lambda: telling.tell_seats(rows))


def note_cancelled(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store that activities were cancelled."""
    _note_state(tx, events, "cancelled", {"cancel_reason_code": "reason_code"})


def note_held(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store that activities took place."""
    _note_state(tx, events, "held", {"held_on": "held_on", "attended": "attended"})


def _note_state(tx: Transaction, events: Sequence[ReceivedEvent], state: str, facts: Mapping[str, str]) -> None:
    rows = [
        {
            "activity_id": event.data["activity_id"],
            "state": state,
            **{column: event.data[name] for column, name in facts.items()},
            "state_version": event.data["version"],
            "state_sequence": event.sequence,
        }
        for event in events
    ]
    keep_newest(tx, ActivityView, rows, key=["activity_id"], order="state_sequence")
    tx.after_commit(forget)


def forget() -> None:
    """Clear this process's cache, because an activity or its figures changed."""
    _single.clear()
    _answers.clear()
    forget_own()


def remembered(key: Any, load: Any) -> Any:
    """Return a cached answer about activities that is the same for all readers."""
    return _answers.get(key, load)


def get(activity_id: UUID | str) -> dict[str, Any]:
    """Return one announced activity. Raises `NotFound`, also for drafts and if its event has not arrived."""
    return _single.get(str(activity_id), lambda: _load(UUID(str(activity_id))))


def several(activity_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return announced activities by id; unknown ones are left out."""
    wanted = set(activity_ids)
    found = {activity_id: _single.peek(str(activity_id)) for activity_id in wanted}
    missing = [activity_id for activity_id, resource in found.items() if resource is None]
    if missing:
        with gateway().database.session(readonly=True) as session:
            rows = session.scalars(_announced().where(ActivityView.activity_id.in_(missing))).all()
        for row in rows:
            found[row.activity_id] = resource = resource_of(row)
            _single.put(str(row.activity_id), resource)
    return {activity_id: resource for activity_id, resource in found.items() if resource is not None}


def page(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return one page of activities.

    Args:
        filters: typed values of activities' `ActivityFilter`; absent ones and None have no effect.

    Raises:
        InvalidInput: the cursor was tampered with or belongs to another sort.
    """
    with gateway().transaction(readonly=True) as tx:
        found = paginate(
            tx,
            _filtered(filters, tx.now),
            keys=_SORTS[filters.get("sort") or "starts_at"],
            cursor=filters.get("cursor"),
            limit=filters.get("limit") or 20,
        )
    return {"items": [resource_of(row) for row in found.rows], "next_cursor": found.next_cursor, "total": None}


def between(session: Any, start: Any, end: Any) -> list[dict[str, Any]]:
    """Return activities that overlap the time from `start` to `end`, by start, also cancelled ones."""
    touching = _announced().where(ActivityView.starts_at < end, ActivityView.ends_at >= start)
    rows = session.scalars(touching.order_by(ActivityView.starts_at, ActivityView.activity_id).limit(500))
    return [resource_of(row) for row in rows]


def resource_of(row: ActivityView) -> dict[str, Any]:
    """Return the resource `Activity` from a row of the view."""
    resource = {"id": str(row.activity_id), **in_words(row, _PLAIN)}
    resource["version"] = max(row.version, row.state_version)
    resource["sessions"] = row.sessions or []
    resource["audience"] = row.audience
    resource["cancel_note"] = None
    return resource


def _load(activity_id: UUID) -> dict[str, Any]:
    with gateway().database.session(readonly=True) as session:
        row = session.scalar(_announced().where(ActivityView.activity_id == activity_id))
    if row is None:
        raise NotFound("There is no such activity.")
    return resource_of(row)


def _announced() -> sa.Select[ActivityView]:
    """Exclude activities of which only figures have arrived."""
    return sa.select(ActivityView).where(ActivityView.title.is_not(None))


def _filtered(filters: Mapping[str, Any], now: Any) -> sa.Select[ActivityView]:
    statement = _announced()
    for name in ("kind", "state", "organiser_unit_id", "plan_item_id", "series_id"):
        if filters.get(name) is not None:
            statement = statement.where(getattr(ActivityView, name) == filters[name])
    if filters.get("starts_from") is not None:
        statement = statement.where(ActivityView.ends_at >= filters["starts_from"])
    if filters.get("starts_to") is not None:
        statement = statement.where(ActivityView.starts_at <= filters["starts_to"])
    if filters.get("registration_open") is not None:
        is_open = sa.and_(
            ActivityView.state == "scheduled",
            ActivityView.registration_opens_at <= now,
            ActivityView.registration_closes_at > now,
        )
        statement = statement.where(is_open if filters["registration_open"] else sa.not_(is_open))
    if filters.get("q"):
        words = filters["q"].strip()
        titles = (ActivityView.title, ActivityView.title_en)
        statement = statement.where(sa.or_(*(title.icontains(words, autoescape=True) for title in titles)))
    return statement
