"""What is wrong with an input field, by code, where it is the same for all subjects.

Those of a subject stand with it in `rule_messages.py`; sentences may use the figures the error carries. A code that is
a rule's name is said in the words of the rule.
"""

from flask_babel import lazy_gettext as _l

_FROM_THE_LIST = _l("请从列出的选项中选择。")
_FILL_IN = _l("请填写此项。")
_NUMBER = _l("请填写数字。")
_UNREADABLE = _l("文件无法读取。")
_WRONG_FORM = _l("格式不正确。")
_PAGE_EXPIRED = _l("翻页的位置已失效，请从第一页开始。")
_RELOAD = _l("您打开之后，别人已经改过。请刷新后再修改。")

SHARED = {
    "input.required": _FILL_IN,
    "input.null": _FILL_IN,
    "input.invalid": _l("请检查填写的内容。"),
    "input.unknown_field": _l("不认识的字段。"),
    "input.not_text": _l("请填写文字。"),
    "input.not_a_number": _NUMBER,
    "input.not_a_boolean": _l("请填写是或否。"),
    "input.not_a_date": _l("请填写有效的日期。"),
    "input.not_a_moment": _l("请填写有效的日期和时间。"),
    "input.not_an_id": _FROM_THE_LIST,
    "input.not_an_email": _l("请填写有效的电子邮箱。"),
    "input.not_a_choice": _FROM_THE_LIST,
    "input.not_a_list": _WRONG_FORM,
    "input.not_an_object": _WRONG_FORM,
    "input.wrong_form": _WRONG_FORM,
    "input.other_value": _WRONG_FORM,
    "input.too_short": _l("至少 %(min)s 个字符。"),
    "input.too_long": _l("最多 %(max)s 个字符。"),
    "input.length_out_of_range": _l("长度须在 %(min)s 至 %(max)s 个字符之间。"),
    "input.length_differs": _l("须为 %(equal)s 个字符。"),
    "input.too_small": _l("不能小于 %(min)s。"),
    "input.too_large": _l("不能大于 %(max)s。"),
    "input.not_above": _l("必须大于 %(min)s。"),
    "input.not_below": _l("必须小于 %(max)s。"),
    "input.out_of_range": _l("须在 %(min)s 至 %(max)s 之间。"),
    "input.out_of_open_range": _l("须大于 %(min)s，且不大于 %(max)s。"),
    "input.beyond_limits": _l("超出可用范围。"),
    "input.not_whole_fen": _l("最多两位小数。"),
    "input.unstorable_text": _l("含有无法保存的字符。"),
    "input.given_twice": _l("只能填一次。"),
    "input.cursor_unknown": _PAGE_EXPIRED,
    "input.cursor_of_other_sort": _PAGE_EXPIRED,
    "input.etag_unknown": _RELOAD,
    "input.etag_contradicts": _RELOAD,
    "file.missing": _FILL_IN,
    "file.unreadable": _UNREADABLE,
    "file.name_unusable": _UNREADABLE,
    "file.empty": _l("文件是空的。"),
    "file.too_large": _l("文件太大。"),
}
