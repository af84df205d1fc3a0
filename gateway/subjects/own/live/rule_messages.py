"""The rules of streams in words: the assertion of each, and the message of its refusal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

RULES = {
    "streams_are_free": (_l("实时连接未满"), _l("实时连接过多，请稍后再试；页面照常可用。")),
}
