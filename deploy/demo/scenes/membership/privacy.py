"""The demo member consents to publication and asks for a correction; an officer looks up a telephone number."""

from __future__ import annotations

from deploy.demo.union import DemoUnion
from services.contracts.membership import corrections, privacy
from services.contracts.membership.record import operations as record


def play(union: DemoUnion) -> str:
    member = union.as_member("member")
    agreed = {"purpose": "publication", "version": union.wording("publication")}
    union.ask("publication", privacy.give_consent, agreed, member)
    position = {"field": "position", "value": "教研室主任", "reason": "聘任文件已下发，档案里还没有。"}
    union.ask("correction", corrections.ask_correction, position, member)
    look = {"member_id": member.member_id, "field": "phone", "purpose": "通知领取节日慰问品"}
    union.ask("look", record.unmask_member, look, union.as_officer())
    return "a correction to decide, a look explained"
