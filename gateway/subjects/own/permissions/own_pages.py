"""我的身份与权限: the roles one has today, and what they allow."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity import acting
from gateway.permissions import answer
from gateway.portal.columns import Column
from gateway.portal.list_pages import ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import Part, carry_out, part
from gateway.subjects.own.permissions import switching
from gateway.subjects.own.permissions.pages import FILTERS, TITLE, granted
from services.chassis.clock import today
from services.contracts.gateway.identity import switch_role
from services.contracts.gateway.permissions import list_own_permissions
from services.contracts.membership.organisation.delegations import DELEGABLE_POSTS, list_delegations
from services.contracts.membership.organisation.operations import list_posts

PAGES = PageTable()


def _roles(shown: Shown) -> dict[str, Any]:
    account = signed_in()
    mine = {"member_id": str(account.member_id), "limit": 20}
    posts = part(list_posts, {**mine, "held_on": today().isoformat()}) if account.member_id else Part()
    return {
        "held": account.held,
        "choices": acting.choices(account),
        "acting": account.acting,
        "posts": posts,
        "delegable": list(DELEGABLE_POSTS),
        "delegations": part(list_delegations, mine) if account.member_id else Part(),
    }


@PAGES.post("/me/role")
@only()
def switch_own_role() -> Response:
    """Work in one of the own roles, or in all again."""
    role, unit_id = request.form.get("role") or None, request.form.get("unit_id") or None
    payload = {"role": role, "unit_id": unit_id}
    done = gettext("已切换身份。") if role else gettext("已恢复全部身份。")
    return carry_out(lambda: switching.answer(switch_role, payload), done=done, then=url_for("portal.my_roles"))


MY_ROLES = PAGES.add_list(
    ListPage(
        "my_roles", "/me/roles", list_own_permissions, _l("我的身份与权限"),
        columns=(TITLE, "subject", "kind", Column("grants", _l("凭什么"), value=granted)),
        roles=(),
        filters=FILTERS,
        empty=_l("没有符合条件的操作。"),
        icon="shield-check",
        back=("me", _l("我的")),
        read=partial(answer, list_own_permissions),
        more=_roles,
        template="portal/member/my_roles.html",
        layout="member",
    )
)  # fmt: skip
