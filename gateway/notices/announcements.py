"""Announcements: written by officers, told to an audience part by part, taken back while they are not sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.grants import MEMBER_STANDINGS
from gateway.identity.tables import Account, KnownMember
from gateway.notices import robots
from gateway.notices.recording import record
from gateway.notices.tables import Announcement, Notice, NoticeDelivery, NoticeSettings
from gateway.read_models import search_index
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.history import note_change
from services.chassis.database.pagination import paginate
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.errors import InvalidInput, NotFound, Refused
from services.chassis.identifiers import uuid7

KIND = "announcement"
PART = 1000
"""Recipients told in one transaction."""
LATEST = timedelta(days=366)
_STANDINGS = {"active": ("active", "transferring"), "retained": ("retained",)}
_OF_ROW = ("id", "title", "state", "send_at", "total", "done", "created_at")
_IN_FULL = (*_OF_ROW, "text", "title_en", "text_en", "audience", "sent_at", "taken_back_at", "version")

SEARCHED = search_index.Indexed(
    KIND,
    search_index.entries(
        Announcement.id, Announcement.title, Announcement.title_en, Announcement.send_at,
        text=Announcement.text, text_en=Announcement.text_en, reader="officer",
    ).where(Announcement.state != "taken_back"),
)  # fmt: skip
"""Announcements are found by title and text, by officers, and by those who were told."""


def create(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store an announcement; it is told at its time, by the recurring work.

    Raises:
        InvalidInput: the time is past or more than a year away.
        Refused: nobody is in the audience.
    """
    send_at = request["send_at"] or tx.now
    if not tx.now - timedelta(minutes=5) <= send_at <= tx.now + LATEST:
        raise InvalidInput("Choose a time of the next year.", field="send_at", rule="notices.time_is_ahead")
    audience = {
        "units": [str(unit) for unit in request["audience"].get("units", [])],
        "standings": list(request["audience"].get("standings", [])),
    }
    total = tx.session.scalar(_members(sa.select(sa.func.count()), audience)) or 0
    if not total:
        raise Refused("Nobody is in this audience.", rule="notices.audience_is_not_empty")
    texts = {name: request[name] for name in ("title", "text", "title_en", "text_en")}
    made = Announcement(
        id=uuid7(), **texts, audience=audience, state="planned", send_at=send_at, created_at=tx.now,
        created_by=tx.principal.actor, total=total, done=0, version=1,
    )  # fmt: skip
    tx.session.add(made)
    note_change(tx, f"announcement/{made.id}", {"state": (None, "planned")})
    tx.session.flush()
    search_index.refresh(tx, SEARCHED, [made.id])
    return _to_reply(tx, made)


def plan_linked(tx: Transaction, link: str, **told: Any) -> UUID | None:
    """Plan the announcement of what stands on a page of the portal, and return its id; None where nobody would get it.

    Args:
        tx: the transaction.
        link: path of the page.
        told: texts, `audience` and `send_at`.
    """
    total = tx.session.scalar(_members(sa.select(sa.func.count()), told["audience"])) or 0
    if not total:
        return None
    made = Announcement(
        id=uuid7(), **told, link=link, state="planned", created_at=tx.now, created_by=tx.principal.actor, total=total,
        done=0, version=1,
    )  # fmt: skip
    tx.session.add(made)
    tx.session.flush()
    search_index.refresh(tx, SEARCHED, [made.id])
    return made.id


def stands(tx: Transaction, announcement_id: UUID | None) -> bool:
    """Whether there is such an announcement, and it was not taken back."""
    found = None if announcement_id is None else tx.session.get(Announcement, announcement_id)
    return found is not None and found.state != "taken_back"


def take_back(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Tell nobody more, and send nothing more of what waits; its text is no longer shown.

    Raises:
        NotFound: there is no such announcement.
        Refused: it was taken back before.
    """
    found = _found(tx, request["announcement_id"], lock=True)
    if found.state == "taken_back":
        raise Refused("It was taken back before.", rule="notices.announcement_stands")
    note_change(tx, f"announcement/{found.id}", {"state": (found.state, "taken_back")})
    found.state, found.taken_back_at, found.version = "taken_back", tx.now, found.version + 1
    waiting = NoticeDelivery.event_id == found.id, NoticeDelivery.state == "queued"
    tx.session.execute(sa.update(NoticeDelivery).where(*waiting).values(state="taken_back", reason="taken_back"))
    tx.session.flush()
    search_index.refresh(tx, SEARCHED, [found.id])
    return _to_reply(tx, found)


def tell_some(database: Database) -> bool:
    """Tell the next part of an announcement that is due; return whether there was one.

    Replicas take different announcements, and each part is one transaction with its position.
    """
    due = Announcement.state.in_(("planned", "sending")), Announcement.send_at <= clock.now()
    with database.session(readonly=True) as session:
        if session.scalar(sa.select(Announcement.id).where(*due).limit(1)) is None:
            return False
    with transaction(database) as tx:
        wanted = sa.select(Announcement).where(*due).order_by(Announcement.send_at).limit(1)
        found = tx.session.scalar(wanted.with_for_update(skip_locked=True))
        if found is None:
            return False
        _tell_part(tx, found)
    return True


def _tell_part(tx: Transaction, found: Announcement) -> None:
    members = _members(sa.select(KnownMember.member_id), found.audience).order_by(KnownMember.member_id)
    if found.cursor is None:
        _tell_chats(tx, found)
    else:
        members = members.where(KnownMember.member_id > found.cursor)
    part = tx.session.scalars(members.limit(PART)).all()
    record(
        tx,
        (
            {
                "recipient_id": member_id, "kind": KIND, "event_id": found.id, "subject_id": found.id, "at": tx.now,
                "params": {},
            }
            for member_id in part
        ),
    )  # fmt: skip
    found.done += len(part)
    found.cursor = part[-1] if part else found.cursor
    found.state, found.version = "sending", found.version + 1
    if len(part) < PART:
        found.state, found.sent_at, found.total = "sent", tx.now, found.done


def _tell_chats(tx: Transaction, found: Announcement) -> None:
    """Tell the group chats whose people are all in the audience: the union's of what is for everybody."""
    if set(found.audience["standings"]) in (set(), set(_STANDINGS)):
        units = [UUID(unit) for unit in found.audience["units"]]
        robots.tell(tx, KIND, found.id, found.id, tx.now, units, union=not units)


def list_announcements(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of announcements, latest first."""
    statement = sa.select(Announcement)
    if request["state"] is not None:
        statement = statement.where(Announcement.state == request["state"])
    keys = [(Announcement.id, "desc")]
    page = paginate(tx, statement, keys=keys, cursor=request["cursor"], limit=request["limit"])
    items = [{name: getattr(row, name) for name in _OF_ROW} for row in page.rows]
    return {"items": items, "next_cursor": page.next_cursor}


def get(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return one announcement with its progress. Raises `NotFound`."""
    return _to_reply(tx, _found(tx, request["announcement_id"]))


def read(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return an announcement that the caller was told. Raises `NotFound`, also for what is for others."""
    found = _found(tx, request["announcement_id"])
    mine = sa.select(Notice.id).where(
        Notice.recipient_id.in_(tx.principal.own_ids), Notice.kind == KIND, Notice.event_id == found.id
    )
    if not tx.principal.has("officer") and tx.session.scalar(mine.limit(1)) is None:
        raise NotFound("There is no such announcement.", field="announcement_id")
    gone = found.state == "taken_back"
    told = {name: getattr(found, name) for name in ("id", "title", "title_en")}
    texts = {"text": "" if gone else found.text, "text_en": None if gone else found.text_en}
    texts |= {"link": None if gone else found.link}
    return {**told, **texts, "sent_at": found.send_at, "taken_back": gone}


def count_audience(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many members an audience has, and how many of them have a confirmed address."""
    audience = request["audience"]
    by_email = (
        _members(sa.select(sa.func.count()), audience)
        .join(Account, Account.member_id == KnownMember.member_id)
        .join(NoticeSettings, NoticeSettings.account_id == Account.id)
        .where(NoticeSettings.confirmed_at.is_not(None), NoticeSettings.stopped_at.is_(None))
    )
    members = tx.session.scalar(_members(sa.select(sa.func.count()), audience)) or 0
    return {"members": members, "by_email": tx.session.scalar(by_email) or 0}


def sent_at_of(ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """Return when announcements are or were sent, by id."""
    with gateway().database.session(readonly=True) as session:
        rows = session.execute(sa.select(Announcement.id, Announcement.send_at).where(Announcement.id.in_(list(ids))))
        return {row.id: row.send_at for row in rows}


def details_of(ids: Iterable[UUID], *, english: bool) -> dict[str, dict[str, str]]:
    """Return title and text of announcements by id, for their notices; those taken back have no text."""
    wanted = list(ids)
    if not wanted:
        return {}
    with gateway().database.session(readonly=True) as session:
        rows = session.scalars(sa.select(Announcement).where(Announcement.id.in_(wanted))).all()
    return {str(row.id): _details(row, english) for row in rows}


def _details(row: Announcement, english: bool) -> dict[str, str]:
    title, text = row.title, row.text
    if english:
        title, text = row.title_en or title, row.text_en or text
    return {"title": title, "body": "" if row.state == "taken_back" else text}


def _members(statement: sa.Select[Any], audience: Mapping[str, Any]) -> sa.Select[Any]:
    """Return a select of the members of an audience."""
    standings = [one for name in audience["standings"] for one in _STANDINGS[name]] or list(MEMBER_STANDINGS)
    found = statement.select_from(KnownMember).where(KnownMember.standing.in_(standings))
    units = [UUID(str(unit)) for unit in audience["units"]]
    return found.where(KnownMember.unit_id.in_(units)) if units else found


def _found(tx: Transaction, announcement_id: UUID, *, lock: bool = False) -> Announcement:
    statement = sa.select(Announcement).where(Announcement.id == announcement_id)
    found = tx.session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound("There is no such announcement.", field="announcement_id")
    return found


def _to_reply(tx: Transaction, row: Announcement) -> dict[str, Any]:
    counted = sa.select(NoticeDelivery.state, sa.func.count()).where(NoticeDelivery.event_id == row.id)
    rows = tx.session.execute(counted.group_by(NoticeDelivery.state))
    deliveries = {row[0]: row[1] for row in rows}
    return {**{name: getattr(row, name) for name in _IN_FULL}, "deliveries": deliveries}
