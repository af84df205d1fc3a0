"""The plan of this year, published: some items done without an activity, one dropped, some left until they are late."""

from __future__ import annotations

from deploy.demo.union import DemoUnion, plan_items
from services.chassis.clock import today
from services.contracts.governance.plan import operations as plan

COMPLETED = {
    "i-labour-theme": "网站专栏发布 12 期。",
    "iii-congress-standards": "已修订二级教代会工作细则。",
    "v-fund-rules": "收支办法实施细则已印发。",
    "03-three-education-awards": "评出先进个人 18 人，已公示。",
    "03-city-officers-nomination": "推荐 2 人，材料已报送。",
    "03-unit-congresses": "指导 21 个二级单位换届。",
    "03-archives": "移交文书档案 46 卷。",
    "05-talents-children-schooling": "落实 7 名子女入学。",
    "07-recuperation": "分 5 批，212 人参加。",
    "07-summer-training": "培训工会干部 64 人。",
}
"""Items that an officer declares done when their months are over, with what was done."""
DROPPED = {"10-sports-meeting-hosting": "校运会改由体育学院承办，工会不再协办。"}
"""Items that do not take place, and why."""


def play(union: DemoUnion) -> str:
    year, month, officer = today().year, today().month, union.as_officer()
    union.ask("plan", plan.import_plan, {"year": year})
    union.ask("plan-published", plan.publish_plan, {"year": year})
    items = plan_items(union)
    over = {key for key, item in items.items() if (item["month_to"] or item["month"] or 0) < month}
    for key, note in COMPLETED.items():
        if key in over:
            union.ask(f"completed-{key}", plan.complete_plan_item, {"item_id": items[key]["id"], "note": note}, officer)
    for key, reason in DROPPED.items():
        if key in over:
            union.ask(f"dropped-{key}", plan.drop_plan_item, {"item_id": items[key]["id"], "reason": reason}, officer)
    return f"the plan of {year}"
