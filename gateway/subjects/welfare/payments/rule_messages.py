"""The rules of payments in words."""

from flask_babel import lazy_gettext as _l

RULES = {
    "payments.can_be_put_again": (_l("退回或冲销后才能再次申请付款"), _l("这笔付款没有被退回或冲销，不用再次申请。")),
    "payments.subject_asks_again": (
        _l("在所属事项的页面重新申请付款"),
        _l("采购、困难帮扶和慰问活动的付款请在各自的页面重新申请，这里不受理。"),
    ),
    "payments.reservation_was_refused": (_l("未能预留才能再次申请"), _l("这笔经费没有被退回，不用再次申请预留。")),
}
