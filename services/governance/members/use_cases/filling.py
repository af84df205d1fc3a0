"""Filling the copy once with the members there are: events of before governance listened never reach it."""

from __future__ import annotations

from typing import Any

from services.chassis.errors import Problem
from services.chassis.process import logs
from services.chassis.process.runtime import Call
from services.contracts.membership.snapshot import snapshot_members
from services.contracts.snapshots import MOST_ROWS
from services.governance.members.tables import MemberCopyProgress
from services.governance.members.use_cases.copies import keep_snapshot

_ID = 1
_SECONDS = 10.0

log = logs.get_logger(__name__)


def fill_copy(call: Call) -> None:
    """Read the snapshot page by page, from where it stopped, and store each in a transaction of its own.

    Does nothing once the copy is full. Where membership does not answer, the next run goes on. Two replicas at the same
    time store the same rows twice, which changes nothing.
    """
    while True:
        with call.transaction(readonly=True) as tx:
            progress = tx.session.get(MemberCopyProgress, _ID)
            cursor, is_full = (progress.cursor, progress.filled_at is not None) if progress else (None, False)
        if is_full:
            return
        try:
            page = call.rpc(snapshot_members, {"cursor": cursor, "limit": MOST_ROWS}, _SECONDS)
        except Problem as problem:
            log.warning("member_copy_not_filled", code=problem.code)
            return
        _store(call, page)


def _store(call: Call, page: dict[str, Any]) -> None:
    with call.transaction() as tx:
        keep_snapshot(tx, page["items"])
        progress = tx.session.merge(MemberCopyProgress(id=_ID))
        progress.cursor = page["next_cursor"]
        progress.filled_at = tx.now if page["next_cursor"] is None else None
