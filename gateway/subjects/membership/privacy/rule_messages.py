"""The rules of privacy in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "privacy.correction_is_asked_once": (_l("同一项只有一份在办申请"), _l("这一项已有一份更正申请在办理中。")),
    "privacy.evidence_comes_once": (_l("证明材料只给一种"), _l("请选已有的附件，或上传新的，不要两样都给。")),
    "privacy.value_differs": (_l("更正须与现状不同"), _l("档案里已经是这样。")),
    "privacy.correction_is_open": (_l("申请还未答复"), _l("这份申请已经答复或撤回。")),
    "privacy.decider_is_another": (_l("不办理自己的申请"), _l("不能办理自己的更正申请。")),
    "privacy.refusal_says_why": (_l("拒绝须说明理由（个人信息保护法第五十条）"), _l("请写明拒绝的理由。")),
    "facts.purpose_is_the_askers_own": (_l("只按自己的用途查询"), _l("这项用途属于其他服务。")),
    "facts.facts_are_of_the_purpose": (_l("只查询用途所需的信息"), _l("这项用途不能查询所列的信息。")),
}

INPUT_ERRORS = {
    "facts.named_one_way": _l("请指定会员，或指定分工会，只能用一种方式。"),
}
