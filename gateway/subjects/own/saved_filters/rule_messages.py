"""The rules of saved filters in words: the assertion of each, and the message of its refusal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

RULES = {
    "saved_filter.exists": (_l("常用筛选存在"), _l("没有这个常用筛选，可能已经删除。")),
    "saved_filter.list_exists": (_l("列表存在"), _l("没有这个列表，或您不能查看它。")),
    "saved_filter.fits_list": (_l("条件属于列表"), _l("这个列表没有这样的筛选条件。")),
    "saved_filter.few_enough": (_l("常用筛选不过多"), _l("每个列表最多保存 %(most)s 个常用筛选，请先删除不用的。")),
    "saved_filter.name_is_free": (_l("名称不重复"), _l("这个列表已有同名的常用筛选，请换一个名称。")),
}
