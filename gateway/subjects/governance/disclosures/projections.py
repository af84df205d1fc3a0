"""To-dos of auditors and officers, the announcement to members, and messages to who asked."""

from __future__ import annotations

from typing import Any

from gateway.notices import announced_pages
from gateway.read_models import timeline, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

REVIEW, PUBLISH, QUESTION = "disclosure_review", "disclosure_publish", "disclosure_question"
_TITLE, _TITLE_EN = "工会经费收支公开", "Disclosure of the union's money"
_TEXT = "新一期工会经费收支已经审核并公开，请在门户查看；有疑问可以在页面上提问。"
_TEXT_EN = "Income and expense of another part of the year were audited and disclosed. Read them in the portal."


def on_moved(tx: Transaction, event: ReceivedEvent) -> None:
    """The auditors are to review, or the officers to publish, or nobody; a page that was taken down is told no more."""
    disclosure_id, state = event.data["disclosure_id"], event.data["state"]
    _keep(tx, event, disclosure_id, state)
    if state == "withdrawn":
        announced_pages.take_back(tx, event, disclosure_id)


def on_published(tx: Transaction, event: ReceivedEvent) -> None:
    """Announce a disclosure to all members, where they are to be told."""
    disclosure_id = event.data["disclosure_id"]
    _keep(tx, event, disclosure_id, "published")
    if event.data["notify"]:
        announced_pages.announce(
            tx, event, disclosure_id, f"/disclosures/{disclosure_id}", title=_TITLE, title_en=_TITLE_EN, text=_TEXT,
            text_en=_TEXT_EN, audience={"units": [], "standings": []}, send_at=tx.now,
        )  # fmt: skip


def on_question(tx: Transaction, event: ReceivedEvent) -> None:
    """A question is to be answered, or was; who asked is told."""
    data = event.data
    waits = data["state"] == "asked"
    whose: dict[str, Any] = {"role": "officer"} if waits else {"done": True}
    todos.keep(tx, [todos.entry(event, QUESTION, data["question_id"], **whose)])
    if not waits:
        params = {"state": data["state"]}
        timeline.note(tx, event, subject_id=data["disclosure_id"], member_id=data["member_id"], params=params)


def _keep(tx: Transaction, event: ReceivedEvent, disclosure_id: Any, state: str) -> None:
    review: dict[str, Any] = {"role": "auditor"} if state == "submitted" else {"done": True}
    publish: dict[str, Any] = {"role": "officer"} if state == "approved" else {"done": True}
    todos.keep(
        tx,
        [todos.entry(event, REVIEW, disclosure_id, **review), todos.entry(event, PUBLISH, disclosure_id, **publish)],
    )
