"""What is wrong with a search, in words."""

from flask_babel import lazy_gettext as _l

INPUT_ERRORS = {
    "search.says_nothing": _l("请输入文字、字母或数字。"),
    "search.cursor_is_of_a_kind": _l("翻页时请指明类别。"),
}
