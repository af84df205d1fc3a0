"""The rules of statements in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "looks.caller_is_a_member": (_l("会员才有福利信息"), _l("这个账号还不是会员。")),
    "statement.caller_is_a_member": (_l("会员才能享受"), _l("这个账号还不是会员。")),
    "statement.day_has_come": (_l("只能看到今天为止"), _l("明细只能看到今天为止的情况，请选今天或以前的日期。")),
    "statement.years_are_few": (
        _l("一份明细最多往前 10 年"), _l("一份明细最多往前 %(most)s 年，起始年份不能晚于截至日期的年份。"),
    ),
    "visits.claim_was_reversed": (_l("慰问金已入账且未冲销"), _l("这笔慰问金的账已冲销，等待重新申领。")),
}  # fmt: skip
