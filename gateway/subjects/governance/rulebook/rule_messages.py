"""The rules of rulebook in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "rulebook.value_fits_key": (_l("数值与规则相符"), _l("填写的数值不符合这条规则的格式。")),
    "rulebook.key_is_known": (_l("有决定会用到"), _l("没有任何决定会用到“%(key)s”，设了也不起作用。")),
    "rulebook.scope_fits_key": (_l("适用范围与规则相符"), _l("这项标准不能只适用于所选的范围。")),
    "rulebook.qualifiers_fit_key": (_l("限定与规则相符"), _l("这项标准不能这样限定。")),
    "rulebook.basis_fits_key": (_l("计算单位与规则相符"), _l("这项标准不能按所选的单位计算。")),
    "rulebook.nobody_changed_it_meanwhile": (
        _l("没有人同时改动"),
        _l("您填写期间，已有人改动了这项标准。请看过最新的记录后再设定。"),
    ),
    "rulebook.first_day_is_plausible": (
        _l("起止日期合理"),
        _l("施行日期须在 %(earliest)s 至 %(latest)s 之间，最后一天不能早于施行日期。"),
    ),
    "rulebook.rule_is_own": (
        _l("只改本会设定的标准"),
        _l("这是系统自带的标准，不能终止或撤回；可以设定本会自己的标准，以本会的为准。"),
    ),
    "rulebook.last_day_can_be_set": (_l("不改过去的依据"), _l("最后一天最早可以是 %(earliest)s。")),
    "rulebook.rule_can_be_withdrawn": (_l("施行过的不撤回"), _l("这项标准已经施行过，请改为设定最后一天。")),
    "rulebook.rule_stands": (_l("标准存在"), _l("没有这项标准，或已经撤回。")),
}

INPUT_ERRORS = {
    "rules.fraction_inexact": _l("请把小数写成文字，以免失真。"),
    "rules.one_change": _l("请只说明一种改动：设定、终止或撤回。"),
    "rules.ends_before_it_begins": _l("结束日期不能早于开始日期。"),
}
