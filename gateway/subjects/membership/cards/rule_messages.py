"""The rules of cards in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "card.sheets_are_few": (
        _l("一次打印的会员卡有限"),
        _l("共 %(total)s 张，一次最多 %(most)s 张，请按分工会分开打印。"),
    ),
    "card.somebody_has_a_card": (_l("名单里须有在册会员"), _l("符合条件的名单里没有在册会员，没有会员卡可打印。")),
    "card.is_genuine": (_l("会员卡验证"), _l("这张会员卡无法验证：链接不完整，或已过期、已作废。")),
}
