"""The words of the contracts' vocabularies as people read them, and how states look.

The texts stand with the vocabularies (`services.chassis.vocabulary`); English comes from the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext

from gateway.portal.template_globals import add_globals
from services.chassis.process import logs
from services.chassis.vocabulary import VOCABULARIES, Vocabulary

log = logs.get_logger(__name__)

WORK_OF = Vocabulary(
    "work_of", membership="会员业务", activities="活动业务", welfare="福利业务", governance="治理业务",
    scrutiny="监票业务", gateway="导出与打印",
)  # fmt: skip
"""What the long work of a service is about."""

TONES = {
    "expected": "wait", "present": "good", "absent": "bad", "excused": "note", "undone": "late", "forming": "wait", "invited": "wait",
    "prepared": "wait", "opening": "note",
    "awaited": "wait", "plan_filed": "wait", "plan_returned": "late", "record_filed": "wait", "record_returned": "late",
    "queued": "wait", "sending": "note", "sent": "good", "withheld": "note", "taken_back": "note", "unread": "wait",
    "seconding": "wait", "review": "note", "disputed": "late", "merged": "note", "suggestion": "note",
    "received": "wait", "in_review": "note", "agreed": "good", "correction": "late", "answered": "note",
    "not_filed": "bad", "filed": "good", "co_signing": "wait", "approving": "wait", "inspecting": "wait",
    "replied": "good", "rated": "note", "second_handling": "late", "archived": "note", "coming": "wait",
    "satisfied": "good", "basic": "note", "dissatisfied": "bad",
    "planned": "wait", "convened": "note", "circulated": "wait", "passed": "good", "postponed": "wait", "placed": "note", "voided": "bad", "replaced": "note",
    "posted": "good", "posting": "wait", "asked": "wait", "declined": "bad",
    "refund": "wait",
    "open": "good", "committed": "wait", "drawn": "note", "draft": "wait", "applied": "wait", "drawn_in": "good", "travelled": "note", "no_show": "bad",
    "cancelled_late": "bad",
    "attended": "good", "booked": "note", "listing": "note", "computed": "wait", "choosing": "note", "handing_out": "note", "entitled": "wait", "chosen": "note",
    "need": "wait", "quoting": "wait", "decided": "note", "contracted": "note", "invoiced": "note",
    "payment_requested": "wait", "paid": "good", "blocked": "bad",
    "unit_forwarded": "wait", "under_review": "note", "given": "good", "missed": "bad",
    "over": "note", "owed": "late", "founded": "good", "suspended": "late", "handed_in": "wait", "member": "good", "excellent": "good", "warned": "late",
    "in_session": "good", "speaking": "good", "voting": "wait",
    "playing": "note", "walk_over": "note", "bye": "plain", "finished": "good",
    "judging": "note", "provisional": "wait", "entered": "good",
    "preparing": "wait", "in_term": "good", "serving": "good",
    "covered": "good", "ended": "note", "forwarded": "wait", "sent_on": "note",
    "active": "good", "granted": "good", "revoked": "bad", "approved": "good", "confirmed": "good", "closed": "good", "collected": "good", "done": "good",
    "recorded": "good", "held": "good", "claimed": "good", "published": "good", "settled": "good", "issued": "good",
    "submitted": "wait", "unit_reviewed": "wait", "returned": "wait", "waitlisted": "wait", "offered": "wait", "required": "wait",
    "assigned": "wait", "pending": "wait", "listed": "wait", "transferring": "wait", "in_progress": "wait",
    "requested": "wait", "released": "wait", "accepted": "note", "effective": "good", "retained": "note",
    "due": "wait", "retired": "note", "account": "good", "slip": "wait", "expired": "bad",
    "running": "wait", "visited": "note", "scheduled": "note", "expense": "note", "income": "good",
    "imported": "good", "checked": "wait", "reading": "note", "read_stopped": "bad", "checking": "note", "importing": "note", "check_stopped": "bad",
    "import_stopped": "bad", "waiting": "wait", "failed": "bad", "dead": "bad", "handled": "good", "reversal": "wait", "rejected": "bad", "refused": "bad", "reversed": "bad", "overdue": "late", "late": "bad", "expelled": "bad",
}  # fmt: skip
"""How a state looks: good, wait, late, bad, note; anything else is plain."""


def texts_of(vocabulary: Vocabulary) -> Mapping[str, Any]:
    """Return the words of a vocabulary with their texts, each translated when it is shown."""
    return _lazy(tuple(vocabulary.texts.items()))


@cache
def _lazy(texts: tuple[tuple[str, str], ...]) -> Mapping[str, Any]:
    return {word: lazy_gettext(text) for word, text in texts}


def words(key: Any, table: str) -> Any:
    """Return the text of a word of a vocabulary; a dash for none."""
    if key in (None, ""):
        return "—"
    text = VOCABULARIES[table].texts.get(key)
    return without_text(key, table) if text is None else lazy_gettext(text)


def without_text(key: Any, table: str) -> Any:
    """Return a word the vocabulary does not know as it is, and log it: a newer service may send it during an update."""
    log.warning("word_has_no_text", vocabulary=table, word=str(key)[:40])
    return key


def tone(state: str | None) -> str:
    """Return how a state looks."""
    return TONES.get(state or "", "plain")


def set_up(app: Flask) -> None:
    """Make the vocabularies known to the templates."""
    app.jinja_env.filters["words"] = words
    app.jinja_env.filters["tone"] = tone
    add_globals(app, texts=lambda name: texts_of(VOCABULARIES[name]))
