"""The second step of signing in: authenticator apps, recovery codes, passkeys."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.identity.factors import owning
from gateway.subject import MenuItem, NewsKind, Subject
from gateway.subjects.own.second_factors import api, office_pages, own_pages, rule_messages, sign_in_pages

SUBJECT = Subject(
    "second_factors",
    __doc__,
    routes=api.ROUTES,
    pages=(sign_in_pages.PAGES, own_pages.PAGES, office_pages.PAGES),
    menu=(
        MenuItem("reset_second_factor", _l("重置第二步验证"), "shield-lock", "system", frozenset({"officer", "ops"})),
    ),
    rules=rule_messages.RULES,
    news={
        owning.ADDED: NewsKind(_l("您的账号新增了一种第二步验证"), "shield-check", "second_factors"),
        owning.REMOVED: NewsKind(_l("您的账号移除了一种第二步验证"), "shield-lock", "second_factors"),
        owning.RESET: NewsKind(
            _l("您的第二步验证已由校工会重置；如不是您要求的，请立即改密码并告诉校工会"),
            "shield-lock",
            "second_factors",
        ),
        owning.RECOVERED: NewsKind(
            _l("有人用恢复码登录了您的账号；如不是您本人，请立即改密码"), "shield-lock", "second_factors"
        ),
    },
    templates=Path(__file__).parent / "templates",
)
