"""The rules of awards in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "awards.awarded_on_is_past": (_l("表彰日期不在将来"), _l("表彰日期须在 %(earliest)s 至 %(latest)s 之间。")),
    "awards.award_stands": (_l("荣誉还有效"), _l("这项荣誉已经撤销。")),
    "awards.holder_is_known": (_l("获奖者在册"), _l("没有这位会员或这个组织。")),
}

INPUT_ERRORS = {
    "awards.one_holder": _l("获奖会员和获奖组织须选一个，也只能选一个。"),
}
