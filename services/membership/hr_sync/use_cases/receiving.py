"""Receiving HR's records: repeats do nothing, older ones are passed over, the rest is kept and compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.contracts.membership import hr as contract
from services.membership.hr_sync import rules
from services.membership.hr_sync.tables import HrRecord, HrRound
from services.membership.hr_sync.use_cases.comparing import Difference, compare

_SNAPSHOT = contract.HrRecord()


def receive(tx: Transaction, items: Sequence[Mapping[str, Any]], source: str) -> dict[str, Any]:
    """Keep a delivery of up to 1,000 records and announce it; nothing is applied.

    Args:
        tx: the transaction.
        items: typed records.
        source: "push" or "pull".
    """
    tx.lock("hr_sync")
    known = _known(tx, {item["hr_id"] for item in items})
    counts: Counter[str] = Counter()
    fresh: dict[str, Mapping[str, Any]] = {}
    for item in sorted(items, key=lambda one: -one["sequence"]):
        hr_id = item["hr_id"]
        seen = fresh[hr_id]["sequence"] if hr_id in fresh else known[hr_id].sequence if hr_id in known else None
        news = rules.news_of(item["sequence"], seen)
        counts[news] += 1
        if news == rules.NEW:
            fresh[hr_id] = item
    differing = _keep(tx, list(fresh.values()), known)
    return _note_round(tx, source, len(items), counts, differing)


def snapshot_of(record: HrRecord) -> dict[str, Any]:
    """Return what HR said, typed."""
    loaded: dict[str, Any] = _SNAPSHOT.load(json.loads(record.content or "{}"))
    return loaded


def write_difference(record: HrRecord, found: Difference) -> None:
    """Write into a record what it differs in now; what agrees with the membership is forgotten."""
    record.kind, record.fields_changed = found.kind, sorted(found.changed)
    record.member_id = found.member.id if found.member else record.member_id
    record.member_version = found.member.version if found.member else None
    record.problem = found.refusal.rule if found.refusal else None
    record.state = "open" if found.kind else "same"
    if not found.kind:
        record.content = None


def count_open(tx: Transaction) -> int:
    """Return how many differences wait for an officer."""
    return tx.session.scalar(sa.select(sa.func.count()).where(HrRecord.state == "open")) or 0


def _known(tx: Transaction, hr_ids: set[str]) -> dict[str, HrRecord]:
    statement = sa.select(HrRecord).where(HrRecord.hr_id.in_(hr_ids)).order_by(HrRecord.id).with_for_update()
    return {record.hr_id: record for record in tx.session.scalars(statement)}


def _keep(tx: Transaction, items: Sequence[Mapping[str, Any]], known: Mapping[str, HrRecord]) -> int:
    for item, found in zip(items, compare(tx, items), strict=True):
        record = known.get(item["hr_id"]) or HrRecord(hr_id=item["hr_id"], version=0)
        record.sequence, record.received_at = item["sequence"], tx.now
        record.content = json.dumps(_SNAPSHOT.dump(item), ensure_ascii=False)
        record.settled_at = record.settled_by = record.reason = None
        record.version += 1
        write_difference(record, found)
        tx.session.add(record)
    tx.session.flush()
    kept = {item["hr_id"] for item in items}
    opened = sa.select(sa.func.count()).where(HrRecord.hr_id.in_(kept), HrRecord.state == "open")
    return (tx.session.scalar(opened) or 0) if kept else 0


def _note_round(
    tx: Transaction, source: str, received: int, counts: Mapping[str, int], differing: int
) -> dict[str, Any]:
    figures = {
        "received": received,
        "differing": differing,
        **{name: counts[name] for name in ("new", "repeated", "older")},
    }
    entry = HrRound(source=source, at=tx.now, by=tx.principal.actor, **figures)
    tx.session.add(entry)
    tx.session.flush()
    facts = {"round_id": entry.id, "source": source, "received": received, "differing": differing}
    tx.record(contract.HrChangesReceived(**facts, open=count_open(tx)))
    return {"round_id": entry.id, **figures}
