"""The words of rosters in and out: columns, states of an import, problems of rows, what is done with duplicates."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ROSTER_FIELD = {
    "name": _l("姓名"), "id_number": _l("身份证号"), "gender": _l("性别"), "birth_date": _l("出生日期"),
    "unit": _l("分工会"), "group": _l("工会小组"), "employment": _l("用工形式"), "phone": _l("手机号"),
    "email": _l("电子邮箱"), "original_age": _l("原退休年龄"), "hired_on": _l("入职日期"), "joined_on": _l("入会日期"),
    "hr_id": _l("工号"),
}  # fmt: skip
IMPORT = {
    "reading": _l("读取中"), "read_stopped": _l("读取停止"),
    "uploaded": _l("待对应列"), "checking": _l("试运行中"), "check_stopped": _l("试运行停止"),
    "checked": _l("待确认导入"),
    "importing": _l("导入中"), "import_stopped": _l("导入停止"), "imported": _l("已导入"), "discarded": _l("已清除"),
}  # fmt: skip
ROW_PROBLEM = {
    "bad": _l("不合格"), "member": _l("已是会员"), "former": _l("曾是会员"), "namesake": _l("与会员同名同生日"),
    "repeated": _l("名册内重复"), "namesake_in_file": _l("名册内同名同生日"), "late": _l("导入时未能收入"),
    "noted": _l("有内容未采用"),
}  # fmt: skip
EXPORT_COLUMN = {
    "number": _l("会员号"), "name": _l("姓名"), "gender": _l("性别"), "birth_date": _l("出生日期"),
    "unit_code": _l("分工会代码"), "unit": _l("分工会"), "group": _l("工会小组"), "employment": _l("用工形式"),
    "standing": _l("会籍状态"), "joined_on": _l("入会日期"), "id_number": _l("身份证号"), "phone": _l("手机号"),
    "email": _l("电子邮箱"),
}  # fmt: skip
ROW_ACTION = {"skip": _l("跳过"), "update": _l("更新档案"), "create": _l("作为新会员")}
