"""Robots of group chats (WeCom, DingTalk): which are told, and posting to them. Their addresses are secrets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import sqlalchemy as sa

from gateway.notices.mail import Outcome
from gateway.notices.tables import Notice, NoticeDelivery, NoticeRobot
from gateway.read_models.tables import ActivityView
from services.chassis.database.bulk import columns_of, insert_new, insert_rows
from services.chassis.database.history import note_change
from services.chassis.database.pagination import paginate
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotFound
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.identifiers import uuid7
from services.chassis.process.settings import settings
from services.chassis.web.fetching import NotAnswered, fetch
from services.contracts.activities.calendar.events import QUIET_CHANGES

HOSTS = {"wecom": "qyapi.weixin.qq.com", "dingtalk": "oapi.dingtalk.com"}
SERVICES = tuple(HOSTS)
_SECONDS, _LARGEST = 10.0, 20_000
_BUSY = {45009, 45033, 130101, -1}
"""Codes that mean "later": too many messages in a minute, and the service itself is busy."""


def list_robots(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the robots that are told, latest first; addresses are masked."""
    statement = sa.select(NoticeRobot).where(NoticeRobot.ended_at.is_(None))
    keys = [(NoticeRobot.id, "desc")]
    page = paginate(tx, statement, keys=keys, cursor=request["cursor"], limit=request["limit"])
    return {"items": [_to_reply(row) for row in page.rows], "next_cursor": page.next_cursor}


def create_robot(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store a robot. Raises `InvalidInput` unless its address is one of its service."""
    address = urlsplit(request["address"])
    if address.scheme != "https" or address.hostname != HOSTS[request["service"]] or address.username or address.port:
        raise InvalidInput("This is no address of a robot.", field="address", rule="notices.robot_address_is_known")
    made = NoticeRobot(
        id=uuid7(), **{name: request[name] for name in ("name", "service", "address", "unit_id")}, created_at=tx.now,
        created_by=tx.principal.actor,
    )  # fmt: skip
    tx.session.add(made)
    note_change(tx, f"robot/{made.id}", {"name": (None, made.name)})
    tx.session.flush()
    return _to_reply(made)


def end_robot(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Tell a robot no more and forget its address. Raises `NotFound`."""
    found = tx.session.scalar(
        sa.select(NoticeRobot).where(NoticeRobot.id == request["robot_id"], NoticeRobot.ended_at.is_(None))
    )
    if found is None:
        raise NotFound("There is no such robot.", field="robot_id")
    note_change(tx, f"robot/{found.id}", {"ended_at": (None, tx.now)})
    found.ended_at, found.address = tx.now, ""
    return {}


def note_activity(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell group chats of a new, changed or cancelled activity; one of its audience or options alone is not told."""
    if event.data.get("changed") in QUIET_CHANGES:
        return
    activity_id = event.data["activity_id"]
    organiser = tx.session.scalar(
        sa.select(ActivityView.organiser_unit_id).where(ActivityView.activity_id == activity_id)
    )
    tell(tx, event.type, event.id, activity_id, event.time, [] if organiser is None else [organiser])


def tell(
    tx: Transaction, kind: str, event_id: UUID, subject_id: UUID, at: datetime, units: Sequence[UUID],
    *, union: bool = True,
) -> int:  # fmt: skip
    """Queue a post for each robot of these units, and of the union where `union`; none is told of an event twice."""
    of_units = NoticeRobot.unit_id.in_(units)
    mine = sa.or_(NoticeRobot.unit_id.is_(None), of_units) if union else of_units
    robots = tx.session.scalars(sa.select(NoticeRobot).where(NoticeRobot.ended_at.is_(None), mine)).all()
    queued = 0
    for robot in robots:
        notice = {
            "id": uuid7(), "recipient_id": robot.id, "kind": kind, "event_id": event_id, "subject_id": subject_id,
            "at": at, "params": {}, "read_at": None,
        }  # fmt: skip
        key = ("recipient_id", "kind", "event_id")
        if insert_new(tx.session, Notice.__table__, columns_of([notice]), {}, key):
            insert_rows(tx.session, NoticeDelivery.__table__, columns_of([_delivery(tx, notice, robot)]), {})
            queued += 1
    return queued


def _delivery(tx: Transaction, notice: Mapping[str, Any], robot: NoticeRobot) -> dict[str, Any]:
    return {
        "id": uuid7(), "notice_id": notice["id"], "recipient_id": robot.id, "account_id": None,
        "kind": notice["kind"], "event_id": notice["event_id"], "channel": robot.service, "digest": False,
        "state": "queued", "attempts": 0, "next_at": tx.now, "claimed_by": None, "reason": None, "answer": None,
        "sent_at": None,
    }  # fmt: skip


def addresses_of(tx: Transaction, robot_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the addresses of robots that were not ended."""
    found = sa.select(NoticeRobot).where(NoticeRobot.id.in_(robot_ids), NoticeRobot.ended_at.is_(None))
    return {row.id: row.address for row in tx.session.scalars(found)}


def post(address: str, text: str) -> Outcome:
    """Post a text to a robot. Never call it inside a transaction."""
    base, parts = settings().robot_base_url, urlsplit(address)
    there = f"{base or f'https://{parts.netloc}'}{parts.path}?{parts.query}"
    body = json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False)
    try:
        answer = fetch(
            there, seconds=_SECONDS, largest=_LARGEST, body=body, headers={"Content-Type": "application/json"}
        )
        code = json.loads(answer.body).get("errcode") if answer.status == 200 else None
    except NotAnswered:
        return Outcome(reason="unreachable")
    except (ValueError, AttributeError):
        return Outcome(reason="answer_invalid")
    if code == 0:
        return Outcome(sent=True)
    if not isinstance(code, int):
        return Outcome(reason="answer_invalid", answer=str(answer.status))
    return Outcome(reason="robot_refused", answer=str(code)[:20], final=code not in _BUSY, own=True)


def _to_reply(row: NoticeRobot) -> dict[str, Any]:
    names = ("id", "name", "service", "unit_id", "created_at")
    return {
        **{name: getattr(row, name) for name in names},
        "address": f"https://{HOSTS[row.service]}/…{row.address[-4:]}",
    }
