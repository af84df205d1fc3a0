"""The rules of plan in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_NO_ITEM = (_l("计划项目存在"), _l("没有这个计划项目。"))

RULES = {
    "plan.plan_is_new": (_l("一年一份计划"), _l("%(year)s 年已经有计划。")),
    "plan.months_are_in_order": (_l("月份先后正确"), _l("结束月份不能早于开始月份。")),
    "plan.calendar_item_has_month": (_l("行事历项目有月份"), _l("行事历项目须填月份。")),
    "plan.activity_item_has_kind": (_l("按活动计的项目有类型"), _l("按活动计完成的项目须填活动类型。")),
    "plan.item_is_unused": (_l("未用过才能删除"), _l("这个项目已安排过活动或走访，只能登记完成，不能删除。")),
    "plan.plan_is_draft": (_l("已发布的计划不能放弃"), _l("%(year)s 年的计划已经发布，只能修改其中的事项，不能放弃。")),
    "plan.plan_is_unused": (_l("没有安排活动才能放弃"), _l("计划里的事项已安排了活动，请先把活动改到别的事项。")),
    "plan.plan_has_items": (_l("计划有项目"), _l("计划里还没有项目。")),
    "plan.exists": (_l("有年度计划"), _l("还没有 %(year)s 年的计划。")),
    "plan.item_exists": _NO_ITEM,
    "plan.item_is_unfinished": (_l("未完成的才能取消"), _l("这个事项已经完成，不能登记为不再举办。")),
    "plan.item_has_nothing_scheduled": (
        _l("没有待办的活动才能取消"),
        _l("这个事项还有 %(activities)s 场活动没有办，请先取消活动或改到别的事项。"),
    ),
    "plan.item_is_in_the_plan": (_l("事项没有取消"), _l("这个事项已登记为不再举办，请先恢复。")),
    "plan.item_is_dropped": (_l("取消过才能恢复"), _l("这个事项没有登记为不再举办。")),
    "plan.item_is_declared_done": (_l("登记过完成才能撤回"), _l("这个项目没有登记过完成。")),
}

INPUT_ERRORS = {
    "plan.key_twice": _l("有两项的编号相同。"),
}
