"""Children's classes for members: which there are, registering a child, one's own children."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Form
from gateway.portal.list_pages import ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.activities.children_classes.contact_form import CHILD, CONTACT, collected, rows_of
from services.chassis.errors import NotFound
from services.chassis.plain_text import whole_number
from services.contracts.activities.children_classes import children, classes
from services.contracts.activities.children_classes.vocabulary import RELATIONS

PAGES = PageTable()

CLASSES = PAGES.add_list(
    ListPage(
        "children_classes", "/children-classes", classes.list_children_classes, _l("子女托班"),
        columns=(),
        roles=("member",),
        filters=("phase",),
        lead=_l("教职工子女体育锻炼托班，放学后有人带、有人教。"),
        empty=_l("现在没有托班。"),
        icon="people",
        links=(PageLink("my_children", _l("我的孩子"), "person"),),
        back=("me", _l("我的")),
        template="portal/member/children_classes.html",
        layout="member",
    )
)  # fmt: skip

MINE = PAGES.add_list(
    ListPage(
        "my_children", "/me/children", children.my_children, _l("我的孩子"),
        columns=(),
        roles=("member",),
        empty=_l("没有报名。"),
        icon="people",
        links=(PageLink("children_classes", _l("去报名"), "plus-lg", first=True),),
        back=("me", _l("我的")),
        template="portal/member/my_children.html",
        layout="member",
    )
)  # fmt: skip


@PAGES.route("/children-classes/<uuid:class_id>", methods=["GET", "POST"])
@only("member")
def children_class(class_id: UUID) -> str | Response | tuple[str, int]:
    """Show a class, and register a child for it."""
    found = call(classes.get_children_class, {"class_id": str(class_id)})
    wording = call(classes.get_guardian_consent, {})
    posted = request.form if request.method == "POST" else None
    form = Form(children.RegisterChild, (*CHILD, *CONTACT), posted=posted)
    if posted is not None:
        fixed = {
            "class_id": str(class_id), "pick_up": collected(), "consents": posted.get("consents") == "1",
            "consent_version": posted.get("consent_version", type=whole_number) or 0,
        }  # fmt: skip
        if (made := submit(form, children.register_child, filled={**form.payload(), **fixed})) is not None:
            flash(_outcome(made), "done")
            return go(url_for("portal.my_children"))
    page = render_template(
        "portal/member/children_class.html",
        found=found,
        wording=wording,
        form=form,
        rows=rows_of(collected()),
        relations=RELATIONS.texts,
    )
    return page if posted is None else (page, 422)


@PAGES.route("/me/children/<uuid:registration_id>", methods=["GET", "POST"])
@only("member")
def own_child(registration_id: UUID) -> str | Response | tuple[str, int]:
    """Show one's own registration with who looked at it, and change whom to call."""
    found = _own(registration_id)
    posted = request.form if request.method == "POST" else None
    form = Form(children.ChangeChildContact, CONTACT, values=found, posted=posted)
    if posted is not None:
        fixed = {"registration_id": str(registration_id), "pick_up": collected()}
        if submit(form, children.change_child_contact, filled={**form.payload(), **fixed}) is not None:
            flash(gettext("已保存。"), "done")
            return go(url_for("portal.own_child", registration_id=registration_id))
    page = render_template(
        "portal/member/own_child.html",
        child=found,
        form=form,
        rows=rows_of(collected() if posted is not None else found["pick_up"]),
        relations=RELATIONS.texts,
        looks=part(children.list_child_looks, {"registration_id": str(registration_id), "limit": 50}),
    )
    return page if posted is None else (page, 422)


@PAGES.post("/me/children/<uuid:registration_id>/withdraw")
@only("member")
def withdraw_own_child(registration_id: UUID) -> Response:
    """Take one's own child out of a class."""
    payload = {"registration_id": str(registration_id)}
    done = gettext("已退出，孩子的资料已删除。")
    return act(children.withdraw_child, payload, done=done, then=url_for("portal.my_children"))


def _own(registration_id: UUID) -> dict[str, Any]:
    mine = call(children.my_children, {"limit": 100})["items"]
    found = next((one for one in mine if one["id"] == str(registration_id)), None)
    if found is None:
        raise NotFound("There is no such registration.")
    return dict(found)


def _outcome(made: dict[str, Any]) -> str:
    if made["state"] == "waiting":
        return gettext("名额已满，孩子排在候补第 %(position)s 位，有人退出会自动递补。", position=made["position"])
    return gettext("报名成功，孩子已录取。")
