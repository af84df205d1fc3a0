"""What officers are to read, what writers are told, and the announcement of an article that members are notified of."""

from __future__ import annotations

from typing import Any

from gateway.notices import announced_pages
from gateway.read_models import timeline, todos
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_KIND = "article_to_review"
_TEXT = "工会发布了新的文章，请在门户阅读全文。"
_TEXT_EN = "The union published a new article. Read it in the portal."
_OUT = ("published", "scheduled")


def on_moved(tx: Transaction, event: ReceivedEvent) -> None:
    """Open or close the officers' to-do; tell the writer what came of the article."""
    data = event.data
    whose: dict[str, Any] = {"role": "officer"} if data["waits"] else {"done": True}
    todos.keep(tx, [todos.entry(event, _KIND, data["article_id"], unit_id=data["unit_id"], **whose)])
    told = data["returned"] or (not data["waits"] and data["state"] in _OUT)
    if told and data["writer_member_id"] is not None:
        params = {"state": "returned" if data["returned"] else data["state"]}
        timeline.note(tx, event, subject_id=data["article_id"], member_id=data["writer_member_id"], params=params)


def on_published(tx: Transaction, event: ReceivedEvent) -> None:
    """Announce an article whose readers are to be notified; a later change of its text is not announced."""
    data = event.data
    if not data["notify"] or data["changed"]:
        return
    audience = {"units": [str(one) for one in data["unit_ids"]], "standings": []}
    announced_pages.announce(
        tx, event, data["article_id"], f"/news/{data['article_id']}", title=data["title"], title_en=data["title_en"],
        text=_TEXT, text_en=_TEXT_EN, audience=audience, send_at=data["published_at"],
    )  # fmt: skip


def on_withdrawn(tx: Transaction, event: ReceivedEvent) -> None:
    """Tell nobody more of an article that is gone."""
    announced_pages.take_back(tx, event, event.data["article_id"])
