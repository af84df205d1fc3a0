"""The rules of joining in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_UNIT_TAKES = (_l("加入在用的分工会"), _l("只能加入在用的分工会。"))
_ONE_MEMBERSHIP = (_l("一人只有一个会籍"), _l("此人已经是会员。"))
_JOINED = (_l("入会日期合理"), _l("入会日期不能晚于今天；从外单位工会转来的，可以早于入职日期。"))

RULES = {
    "joining.list_is_short_enough": (_l("名单长度有限"), _l("一次最多 %(most)s 人。")),
    "consents.needed_are_given": (_l("须先取得同意"), _l("请先阅读说明并勾选同意。")),
    "consents.wordings_are_current": (_l("同意现行的文本"), _l("说明已经更新，请重新阅读并勾选。")),
    "consents.version_is_new": (_l("一个版本一份文本"), _l("这个版本号已经用过。")),
    "consents.comes_into_force_ahead": (_l("文本先公布后施行"), _l("最早 %(from)s 起施行。")),
    "joining.documents_are_attached": (_l("非编教职工须附材料"), _l("还缺规定的入会材料，请补充上传。")),
    "joining.unit_confirms_first": (
        _l("分工会确认后才收材料"),
        _l("分工会通过或退回补充材料以后，才能上传照片和材料。"),
    ),
    "joining.queue_has_room": (
        _l("待审申请有上限"),
        _l("这个分工会待审的申请已经太多。请直接联系分工会，由分工会主席办理集体入会，不受此限。"),
    ),
    "joining.origin_is_modest": (
        _l("同一网络的申请有上限"),
        _l("您所在的网络已有 %(most)s 份申请待确认。请联系分工会办理集体入会，或换一个网络再提交。"),
    ),
    "joining.number_is_as_told": (
        _l("办理的份数与所见一致"),
        _l("现在是 %(found)s 份，不是确认时的 %(expected)s 份，请重新查看名单再办理。"),
    ),
    "joining.drafts_are_few": (_l("草稿有上限"), _l("草稿已有 %(most)s 份，请先提交或撤回其中一份。")),
    "joining.files_are_open": (_l("办结前可以增减附件"), _l("申请现在的状态不能增减附件。")),
    "joining.rules_are_in_force": (
        _l("入会规定齐备"),
        _l("没有现行的入会规定，批准时须写明例外理由。"),
    ),
    "joining.employment_may_join": (_l("法定可入会人员"), _l("现行规定不包括这种用工形式。")),
    "joining.applications_wait": (_l("有申请可批"), _l("没有等待批准的申请。")),
    "number_series": (_l("有现行的编号规则"), _l("今天没有现行的编号规则，不能编发会员号。")),
    "workflow.joining": (_l("入会办理流程"), _l("申请现在的状态不能这样办理。")),
    "joining.unit_takes_members": _UNIT_TAKES,
    "joining.person_is_no_member": _ONE_MEMBERSHIP,
    "joining.person_has_no_open_application": (_l("一人只有一份在办申请"), _l("此人已有一份申请在办理中。")),
    "joining.application_is_complete": (_l("申请内容完整"), _l("还有必填内容没有填写。")),
    "joining.reviewer_is_in_charge": (
        _l("由所在分工会主席审核"),
        _l("这份申请由所在分工会主席审核；没有主席时由校工会代审。"),
    ),
    "joining.decider_is_not_applicant": (_l("不办理自己的申请"), _l("不能审批自己的申请。")),
    "joining.joined_on_is_possible": _JOINED,
    "own_application": (_l("只看自己的申请"), _l("这是别人的申请。")),
    "application_exists": (_l("申请存在"), _l("没有这份申请。")),
    "consents.consent_stands": (_l("同意还有效"), _l("这项同意已经撤回。")),
}

INPUT_ERRORS = {
    "joining.reason_missing": _l("请写明原因。"),
    "joining.documents_are_attached": _l("非编人员还缺入会材料：请核验原件后勾选，或逐个申请并上传"),
}
