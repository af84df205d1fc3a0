"""The rules of requests in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.request": (_l("诉求办理流程"), _l("这件诉求现在的状态不能这样办理。")),
    "requests.caller_is_a_member": (_l("会员才能提出"), _l("这个账号还不是会员。")),
    "requests.are_for_few": (_l("诉求只给本人和承办人看"), _l("只有本人、校工会和这个类型的承办人能看或办理。")),
    "requests.type_is_offered": (_l("类型开放办理"), _l("这类诉求现在不办理。")),
    "requests.types_are_few": (_l("类型数量有限"), _l("最多 %(most)s 个类型，请先修改已有的类型。")),
    "requests.name_is_free": (_l("类型名称不重复"), _l("已有同名的诉求类型。")),
    "requests.type_has_steps": (_l("类型至少有一个环节"), _l("请至少填写一个办理环节和工作日。")),
    "requests.counted_only_has_appointments": (_l("咨询没有环节和材料"), _l("按预约办理的咨询不设环节和材料。")),
    "requests.counted_only_stays": (
        _l("是否只留人次不能改"), _l("办理方式定下后不能改，请停用后另建一个类型。"),
    ),
    "requests.by_appointment_only": (_l("咨询只能预约"), _l("这类咨询请预约时段，不收书面内容。")),
    "requests.has_appointments": (_l("咨询才有时段"), _l("这个类型不是按预约办理的咨询。")),
    "requests.documents_are_there": (_l("必需材料齐全才受理"), _l("还缺材料：%(missing)s。")),
    "requests.step_follows": (_l("最后一个环节只能办结"), _l("已是最后一个环节，请办结。")),
    "requests.last_step_is_reached": (_l("最后一个环节才能办结"), _l("还有 %(steps)s 个环节没有办。")),
    "requests.document_is_asked": (_l("材料是类型要求的"), _l("这个类型不要这份材料。")),
    "requests.request_is_open": (_l("办结前才能补材料"), _l("这件诉求已经结束，不能再上传材料。")),
    "requests.slot_is_ahead": (_l("时段在将来"), _l("时段须在将来开始，并在一天之内结束。")),
    "requests.slot_has_not_begun": (_l("开始前才能预约或取消"), _l("这个时段已经开始。")),
    "requests.slot_has_places": (_l("时段有名额"), _l("这个时段已约满，请选另一个。")),
    "requests.one_appointment_at_a_time": (_l("同一种咨询一次约一个"), _l("您已有一个预约，取消后才能另约。")),
    "requests.slot_is_empty": (_l("没有人预约才能删除"), _l("这个时段已有人预约，不能删除。")),
    "requests.visitors_are_for_one": (_l("预约名单只给咨询人看"), _l("只有提供咨询的人能看预约名单。")),
}  # fmt: skip
