"""Delegations: who does whose work, letting a colleague do the work of the own post, ending it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import Sought, form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, signed_in, unit_choices, unit_name
from gateway.portal.service_calls import act, go, submit
from gateway.portal.words import words
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.errors import NotFound
from services.contracts.membership.organisation.delegations import (
    LONGEST_DELEGATION_DAYS,
    GiveDelegation,
    end_delegation,
    give_delegation,
    list_delegations,
)
from services.contracts.membership.organisation.operations import list_posts

PAGES = PageTable()


def _last_day(item: Mapping[str, Any]) -> str:
    return str(item["ended_on"] or item["ends_on"])


DELEGATIONS = PAGES.add_list(
    ListPage(
        "delegations", "/console/organisation/delegations", list_delegations, _l("职务代行"),
        columns=(
            "deputy_name", "kind", Column("unit_id", macro="unit"), "giver_name", "starts_on",
            Column("ends_on", value=_last_day), "reason", Column("state", macro="state"), actions("end"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=("state", "kind", Field("unit_id", choices=unit_choices)),
        lead=_l("任职者外出期间由谁代行职务。代行人在期间内有该职务的权限，但不能任命职务，也不能再委托。"),
        empty=_l("没有职务代行。"),
        icon="person-badge",
        back=("organisation", _l("组织")),
        macros="portal/parts/delegations.html",
        export=ListExport(),
    )
)  # fmt: skip


def _fields(sought: Sought) -> list[Field | str]:
    hint = _l("最长 %(days)s 天，不超过任期。", days=LONGEST_DELEGATION_DAYS)
    return [
        Field("deputy_id", control="select", choices=sought.choices, wide=True),
        "starts_on",
        Field("ends_on", hint=hint),
        Field("reason", hint=_l("所有会员可见。")),
    ]


@PAGES.route("/console/posts/<uuid:post_id>/delegate", methods=["GET", "POST"])
@only("officer", "chair")
def delegate_post(post_id: UUID) -> str | Response | tuple[str, int]:
    """Let a colleague do the work of one of the own posts: first find the colleague, then say from when to when."""
    post = _own_post(post_id)
    sought = sought_member()
    posted = request.form if request.method == "POST" else None
    form = Form(GiveDelegation, _fields(sought), values={"starts_on": today().isoformat()}, posted=posted)
    if posted is None or submit(form, give_delegation, post_id=str(post_id)) is None:
        return form_page(
            form, title=gettext("委托代行"), back=url_for("portal.my_roles"), words=gettext("我的身份与权限"),
            lead=f"{words(post['kind'], 'post')} · {unit_name(post['unit_id'])}", button=gettext("确认委托"),
            sought=sought, find_label=gettext("代行人：姓名、拼音或会员号"),
            template="portal/console/delegation_new.html",
        )  # fmt: skip
    flash(gettext("已委托代行，双方都会收到消息。"), "done")
    return go(url_for("portal.my_roles"))


def _own_post(post_id: UUID) -> dict[str, Any]:
    """Return a post of the reader. Raises `NotFound`."""
    mine = {"member_id": str(signed_in().member_id), "held_on": today().isoformat()}
    found = call(list_posts, mine)["items"] if signed_in().member_id else []
    post: dict[str, Any] | None = next((one for one in found if one["id"] == str(post_id)), None)
    if post is None:
        raise NotFound("You don't hold this post.", field="post_id")
    return post


@PAGES.post("/delegations/<uuid:delegation_id>/end")
@only("officer", "member")
def end_one_delegation(delegation_id: UUID) -> Response:
    """End a delegation: who gave it, who holds it, or an officer."""
    then = url_for("portal.delegations" if request.form.get("back") == "delegations" else "portal.my_roles")
    return act(end_delegation, {"delegation_id": str(delegation_id)}, done=gettext("代行已终止。"), then=then)
