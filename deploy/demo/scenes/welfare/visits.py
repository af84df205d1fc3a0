"""Three life events in the chair's unit: one visit was made and claimed, two are due."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.contracts.membership.record import operations as record
from services.contracts.welfare.visits import operations as visits


def play(union: DemoUnion) -> str:
    member, chair = (union.member_id(union.holder(account)) for account in ("member", "chair"))
    unit = {"unit_id": union.units[union.holder("chair")], "limit": 50}
    rows = union.ask("unit", record.list_members, unit, union.as_officer())["items"]
    others = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in (member, chair)]
    reported = (("wedding", member), ("hospitalisation", chair), ("birth", others[-1] if others else member))
    for days, (occasion, member_id) in enumerate(reported, 1):
        life_event = {"member_id": member_id, "occasion": occasion, "happened_on": today() - timedelta(days=days)}
        event = union.ask(f"life-event-{occasion}", visits.report_life_event, life_event, union.as_officer())
    made = {
        "visit_id": event["visit_id"],
        "visited_on": today() - timedelta(days=2),
        "evidence": [{"kind": "note", "text": "到家中看望母子。"}, {"kind": "signature", "text": "本人已签收。"}],
        "amount": "500.00",
        "form": "goods",
    }
    union.ask("visit-made", visits.complete_visit, made, union.as_chair())
    return f"{len(reported)} visits"
