"""The demo member's family, and an honour awarded before membership was recorded here."""

from __future__ import annotations

from datetime import timedelta

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.contracts.membership import family, honours


def play(union: DemoUnion) -> str:
    member = union.as_member("member")
    child = {"relation": "child", "name": "乐乐", "birth_date": today() - timedelta(days=365 * 7)}
    child["guardian_consent"] = union.wording("guardian")
    union.ask("spouse", family.add_family_member, {"relation": "spouse", "name": "周明"}, member)
    union.ask("child", family.add_family_member, child, member)
    honour = {
        "member_id": member.member_id, "title": "校青年岗位能手", "level": "university", "category": "other",
        "awarded_on": "2019-05-04", "evidence": "证书原件",
    }  # fmt: skip
    union.ask("honour", honours.record_honour, honour, union.as_officer())
    return "a family and an earlier honour"
