"""The agenda of a session and the speakers of its items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.security.principal import require_member
from services.contracts.governance.congress.floor import MOST_ITEMS
from services.governance.congress import session_rules as rules
from services.governance.congress.session_tables import (
    AgendaItem,
    Attendance,
    CongressDocument,
    CongressSession,
    Resolution,
    Speaker,
)
from services.governance.congress.use_cases.organs import organ_of
from services.governance.congress.use_cases.session_store import held_item_of, held_session_of, seats_at, tell
from services.governance.congress.use_cases.store import body_of
from services.governance.congress.workflow import AGENDA_ITEM, SPEAKER
from services.governance.ratings.use_cases.reading import rating_of
from services.governance.ratings.use_cases.results import cited_result

_ITEM = ("id", "position", "title", "agenda_kind", "body", "presenter", "organ_id", "state", "note", "speakers_taken")
_SPEAKER = ("id", "member_id", "state", "began_at")


def item_reply(tx: Transaction, item: AgendaItem, speakers: Sequence[Speaker]) -> dict[str, Any]:
    """Return an item with its speakers and the round it cites: a session has one or two such items."""
    return {
        **{name: getattr(item, name) for name in _ITEM},
        "speakers": [speaker_reply(one) for one in speakers],
        "rating": cited_result(tx, item.rating_id) if item.rating_id is not None else None,
    }


def speaker_reply(one: Speaker) -> dict[str, Any]:
    """Return a speaker."""
    return {name: getattr(one, name) for name in _SPEAKER}


def add_agenda_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add an item at the end of the agenda, also while the session goes on."""
    session = held_session_of(tx, request["session_id"])
    items = _items(tx, session)
    refuse_first(rules.session_is_not_over(session.state), rules.agenda_is_few(len(items), MOST_ITEMS))
    if request["body"] is not None:
        body_of(tx, session.congress_id, request["body"])
    if request["organ_id"] is not None:
        organ_of(tx, session.congress_id, request["organ_id"])
    given = ("session_id", "title", "agenda_kind", "body", "presenter", "organ_id")
    made = AgendaItem(
        **{name: request[name] for name in given}, position=len(items) + 1, state=AGENDA_ITEM.initial,
        speakers_taken=False,
    )  # fmt: skip
    tx.session.add(made)
    tx.session.flush()
    tell(tx, session)
    return item_reply(tx, made, [])


def move_agenda_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Move an item; those between move by one."""
    item, session = held_item_of(tx, request["item_id"])
    refuse_first(rules.session_is_not_over(session.state), rules.item_has_not_begun(item.state))
    others = [one for one in _items(tx, session) if one.id != item.id]
    others.insert(request["position"] - 1, item)
    for position, one in enumerate(others, 1):
        one.position = position
    return _changed(tx, session, item)


def remove_agenda_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Remove an item that has not begun."""
    item, session = held_item_of(tx, request["item_id"])
    refuse_first(rules.session_is_not_over(session.state), rules.item_has_not_begun(item.state))
    unlinked = sa.update(CongressDocument).where(CongressDocument.item_id == item.id).values(item_id=None)
    tx.session.execute(unlinked.execution_options(synchronize_session="fetch"))
    note_change(tx, f"congress_session/{session.id}", {"agenda": (item.title, None)})
    tx.session.delete(item)
    tx.session.flush()
    for position, one in enumerate(_items(tx, session), 1):
        one.position = position
    tell(tx, session)
    return {}


def begin_agenda_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin an item; one at a time."""
    item, session = held_item_of(tx, request["item_id"])
    refuse_first(rules.session_is_on(session.state))
    state = AGENDA_ITEM.apply(item.state, "begin", roles=tx.principal.roles)
    refuse_first(rules.one_item_at_a_time(sum(one.state == "open" for one in _items(tx, session))))
    item.state = state
    return _changed(tx, session, item)


def finish_agenda_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Finish an item; who waits to speak is taken off the list, who speaks has spoken."""
    item, session = held_item_of(tx, request["item_id"])
    state = AGENDA_ITEM.apply(item.state, "finish", roles=tx.principal.roles)
    voting = sa.select(sa.func.count()).where(Resolution.item_id == item.id, Resolution.state == "voting")
    refuse_first(rules.votes_are_counted(tx.session.scalar(voting) or 0))
    for one in _speakers(tx, item.id):
        if one.state in ("waiting", "speaking"):
            one.state = SPEAKER.apply(one.state, "withdraw" if one.state == "waiting" else "end", roles=None)
    item.state, item.note, item.speakers_taken = state, request["note"], False
    return _changed(tx, session, item)


def cite_rating(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Name the round in which the leaders of an item are assessed, or none.

    Raises:
        NotFound: there is no such round.
        Refused: the item or the round assesses no leaders, or the session is closed.
    """
    item, session = held_item_of(tx, request["item_id"])
    refuse_first(rules.session_is_not_over(session.state), rules.item_is_assessed(item.agenda_kind))
    if request["rating_id"] is not None:
        found = rating_of(tx, request["rating_id"])
        refuse_first(rules.rating_assesses_leaders(found["kind"], found["state"]))
    note_change(tx, f"congress_session/{session.id}", {"rating": (item.rating_id, request["rating_id"])})
    item.rating_id = request["rating_id"]
    return _changed(tx, session, item)


def take_speakers(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Open or close the list of speakers of the item that is dealt with."""
    item, session = held_item_of(tx, request["item_id"])
    refuse_first(rules.session_is_on(session.state), rules.item_is_open(item.state))
    item.speakers_taken = request["taken"]
    return _changed(tx, session, item)


def ask_to_speak(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put the caller at the end of the list. Raises `Refused` for who is no delegate, not there, or on the list."""
    member_id = require_member(tx.principal, "Only a delegate speaks.", rule="congress.caller_is_a_member")
    item, session = held_item_of(tx, request["item_id"])
    came = tx.session.get(Attendance, (session.id, member_id))
    listed = _speakers(tx, item.id)
    refuse_first(
        rules.session_is_on(session.state),
        rules.item_is_open(item.state),
        rules.is_a_delegate(len(seats_at(tx, session, member_id))),
        rules.delegate_came(came is not None and came.left_at is None),
        rules.speakers_are_taken(item.speakers_taken),
        rules.wants_once(any(one.member_id == member_id and one.state in ("waiting", "speaking") for one in listed)),
    )
    made = Speaker(
        item_id=item.id, member_id=member_id, position=max((one.position for one in listed), default=0) + 1,
        state=SPEAKER.initial, asked_at=tx.now, began_at=None,
    )  # fmt: skip
    tx.session.add(made)
    tx.session.flush()
    tell(tx, session)
    return speaker_reply(made)


def withdraw_speech(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take the caller off the list."""
    one, session = _speaker_of(tx, request)
    if one.member_id != tx.principal.member_id:
        raise NotAllowed("Only who asked takes it back.", rule="own_record")
    return _move_speaker(tx, session, one, "withdraw")


def call_speaker(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Let a speaker speak; one at a time."""
    one, session = _speaker_of(tx, request)
    speaking = sum(other.state == "speaking" for other in _speakers(tx, one.item_id))
    refuse_first(rules.session_is_on(session.state), rules.one_speaks_at_a_time(speaking))
    one.began_at = tx.now
    return _move_speaker(tx, session, one, "call")


def end_speech(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End a speech."""
    one, session = _speaker_of(tx, request)
    return _move_speaker(tx, session, one, "end")


def move_speaker(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Move a speaker among those who wait."""
    one, session = _speaker_of(tx, request)
    waiting = [other for other in _speakers(tx, one.item_id) if other.state == "waiting" and other.id != one.id]
    refuse_first(rules.session_is_on(session.state))
    places = sorted(other.position for other in [*waiting, one])
    waiting.insert(request["position"] - 1, one)
    for position, other in zip(places, waiting, strict=True):
        other.position = position
    tx.session.flush()
    tell(tx, session)
    return speaker_reply(one)


def _move_speaker(tx: Transaction, session: CongressSession, one: Speaker, action: str) -> dict[str, Any]:
    one.state = SPEAKER.apply(one.state, action, roles=None)
    tx.session.flush()
    tell(tx, session)
    return speaker_reply(one)


def _speaker_of(tx: Transaction, request: dict[str, Any]) -> tuple[Speaker, CongressSession]:
    one = tx.get(Speaker, request["speaker_id"], "There is no such speaker.", field="speaker_id")
    _, session = held_item_of(tx, one.item_id)
    tx.session.refresh(one)
    return one, session


def _changed(tx: Transaction, session: CongressSession, item: AgendaItem) -> dict[str, Any]:
    tx.session.flush()
    tell(tx, session)
    return item_reply(tx, item, _speakers(tx, item.id))


def _items(tx: Transaction, session: CongressSession) -> list[AgendaItem]:
    items = sa.select(AgendaItem).where(AgendaItem.session_id == session.id)
    return list(tx.session.scalars(items.order_by(AgendaItem.position, AgendaItem.id)))


def _speakers(tx: Transaction, item_id: UUID) -> list[Speaker]:
    listed = sa.select(Speaker).where(Speaker.item_id == item_id, Speaker.state != "withdrawn")
    return list(tx.session.scalars(listed.order_by(Speaker.position, Speaker.id)))
