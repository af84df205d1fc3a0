"""The rules of honours in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "honours.awarded_on_is_possible": (
        _l("荣誉日期合理"),
        _l("荣誉日期须在 %(earliest)s（年满十六岁）至 %(latest)s 之间。"),
    ),
    "honours.honour_was_typed_in": (_l("表彰在原处撤销"), _l("这项荣誉来自工会表彰，请在“荣誉表彰”里撤销。")),
    "honours.honour_stands": (_l("荣誉还有效"), _l("这项荣誉已经撤销。")),
    "family.birth_date_is_past": (_l("出生日期合理"), _l("出生日期有误，请核对。")),
    "family.birth_date_of_child_is_stated": (_l("子女须填出生日期"), _l("请填写子女的出生日期。")),
    "family.small_child_is_own": (_l("只登记自己的未成年子女"), _l("不满 14 周岁的，只能登记自己的子女。")),
    "family.guardian_consents": (
        _l("不满 14 周岁须监护人同意（个人信息保护法第三十一条）"),
        _l("登记不满 14 周岁的子女，须由监护人勾选单独同意。"),
    ),
    "family.family_has_room": (_l("家庭成员人数有限"), _l("最多登记 %(most)s 位家庭成员。")),
}

INPUT_ERRORS = {
    "honours.holder_missing": _l("请指明是谁的荣誉。"),
}
