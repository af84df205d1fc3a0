"""The snapshot of the dated rules: what stands, with the sequence of its last event; from it a copy follows events."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.database.tables import OutboxEvent
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.rulebook import operations as rulebook
from services.contracts.governance.snapshot import snapshot_rules
from services.governance.rulebook.use_cases import snapshots
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.test_rulebook import own_cap

READER = Principal(kind="program", grants=(Grant("rules.read"),))

pytestmark = pytest.mark.databases("postgresql", "sqlite")


def snapshot(governance: GovernanceHarness, limit: int = 2) -> list[dict[str, Any]]:
    """Return all rows as the reply states them, read page by page."""
    rows: list[dict[str, Any]] = []
    cursor = None
    while True:
        request = snapshot_rules.request_schema.load({"limit": limit, "cursor": cursor})
        with governance.transaction(READER) as tx:
            page = snapshot_rules.reply_schema.dump(snapshots.snapshot_rules(tx, request))
        rows += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return rows


def test_a_row_is_what_the_last_event_of_its_rule_said(funded: GovernanceHarness):
    first, scoped = own_cap(funded), own_cap(funded, key="entitlement.items", value="birthday", scope="agency")
    funded.ask(rulebook.end_rule, rule_id=first["id"], last_day="2026-04-30", reason="办法修订")
    rows = {row["rule_id"]: row for row in snapshot(funded)}

    with funded.database.session() as session:
        events = session.scalars(sa.select(OutboxEvent).where(OutboxEvent.type == "rule_published")).all()
    last = {event.data["rule_id"]: event for event in sorted(events, key=lambda event: event.sequence)}
    for rule_id in (first["id"], scoped["id"]):
        told = {name: rows[rule_id][name] for name in last[rule_id].data}
        assert (told, rows[rule_id]["sequence"]) == (last[rule_id].data, last[rule_id].sequence)
    assert (rows[first["id"]]["valid_to"], rows[scoped["id"]]["scope"]) == ("2026-04-30", "agency")


def test_every_rule_stands_there_once_and_none_that_was_withdrawn(funded: GovernanceHarness):
    coming = own_cap(funded, "2027-01-01")
    before = [row["rule_id"] for row in snapshot(funded)]
    funded.ask(rulebook.withdraw_rule, rule_id=coming["id"], reason="误设")

    assert before == sorted(set(before))
    assert coming["id"] in before
    assert [row["rule_id"] for row in snapshot(funded)] == [one for one in before if one != coming["id"]]
