"""What members do about their own data in the demo union: a family stated, a correction asked for, a look explained."""

from __future__ import annotations

from datetime import timedelta

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership import consents, corrections, family, honours, privacy
from services.contracts.membership.record import operations as record


def play(union: DemoUnion) -> str:
    """Let the demo member use his rights; return the line that tells of it."""
    member_id = union.member_id(union.holder("member"))
    member = Principal("account", member_id=member_id, grants=(Grant("member"),))
    texts = union.ask("wordings", consents.list_consent_texts, {"limit": 20})["items"]
    versions = {text["purpose"]: text["version"] for text in texts}
    child = {"relation": "child", "name": "乐乐", "birth_date": today() - timedelta(days=365 * 7)}
    union.ask("spouse", family.add_family_member, {"relation": "spouse", "name": "周明"}, member)
    union.ask("child", family.add_family_member, {**child, "guardian_consent": versions["guardian"]}, member)
    agreed = {"purpose": "publication", "version": versions["publication"]}
    union.ask("publication", privacy.give_consent, agreed, member)
    position = {"field": "position", "value": "教研室主任", "reason": "聘任文件已下发，档案里还没有。"}
    union.ask("correction", corrections.ask_correction, position, member)
    earlier = {
        "member_id": member_id, "title": "校青年岗位能手", "level": "university", "category": "other",
        "awarded_on": "2019-05-04", "evidence": "证书原件",
    }  # fmt: skip
    union.ask("honour", honours.record_honour, earlier, union.as_officer())
    look = {"member_id": member_id, "field": "phone", "purpose": "通知领取节日慰问品"}
    union.ask("look", record.unmask_member, look, union.as_officer())
    return "demo: a family, a correction to decide, a look explained"
