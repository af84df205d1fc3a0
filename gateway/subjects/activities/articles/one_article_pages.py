"""One article in the console: as readers will see it, its steps, files, reads and revisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.formats import plain_day
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.pictures import Columns, Series
from gateway.portal.service_calls import act, go, part, submit
from gateway.portal.steps import steps_of
from gateway.portal.uploads import takes_file
from gateway.rpc.calls import call
from gateway.subjects.activities.articles.comparing import changes_between
from services.chassis.plain_text import whole_number
from services.chassis.schema import Operation
from services.contracts.activities.articles import operations as contract
from services.contracts.activities.articles.requests import AttachArticleFile, PlaceArticle, PublishArticle
from services.contracts.activities.articles.vocabulary import ARTICLE_STATES
from services.contracts.files import LARGEST

PAGES = PageTable()
_STAGES = ARTICLE_STATES.only("draft", "review", "published")
_STEPS: dict[str, tuple[Operation, Any]] = {
    "submit": (contract.submit_article, _l("已提交，等待校工会另一位干部审核。")),
    "return": (contract.return_article, _l("已退回，起草人会收到通知。")),
    "withdraw": (contract.withdraw_article, _l("已撤下，读者不再看到。")),
    "rework": (contract.rework_article, _l("已转为草稿。")),
}
_TAKES_REASON, _TAKES_NUMBER = ("return", "withdraw"), ("submit",)
_FILE = (
    "kind",
    Field("caption", hint=_l("插图的文字说明，读屏软件会读。")),
    Field(
        "content", control="file", required=True, hint=_l("图片会重新绘制，拍摄地点等信息随之去掉；不超过 10 MB。"),
        extra={"accept": "application/pdf,image/jpeg,image/png"},
    ),
)  # fmt: skip
_PUBLISH = (
    Field("publish_at", hint=_l("不填就是现在。")), Field("expires_at", hint=_l("不填就一直展示。")),
    Field("notify", hint=_l("作为公告发给能看的会员，也发群机器人；以后修改不再通知。")),
)  # fmt: skip
_PLACE = ("pinned", Field("expires_at", hint=_l("不填就一直展示。")))


@PAGES.get("/console/articles/<uuid:article_id>")
@only(*CONSOLE_ROLES)
def console_article(article_id: UUID) -> str:
    """Show an article with what can be done now."""
    return _page(article_id)


@PAGES.post("/console/articles/<uuid:article_id>/<any(submit, return, withdraw, rework):step>")
@only("officer", "chair")
def move_article(article_id: UUID, step: str) -> Response:
    """Take an article on by a step."""
    operation, done = _STEPS[step]
    payload: dict[str, Any] = {"article_id": str(article_id)}
    if step in _TAKES_REASON:
        payload["reason"] = request.form.get("reason", "").strip()
    if step in _TAKES_NUMBER:
        payload["number"] = request.form.get("number", type=whole_number)
    return act(operation, payload, done=str(done), then=_here(article_id))


@PAGES.post("/console/articles/<uuid:article_id>/publish")
@only("officer")
def publish_article(article_id: UUID) -> str | Response | tuple[str, int]:
    """Publish the revision that was read."""
    form = Form(PublishArticle, _PUBLISH, posted=request.form, prefix="publish-")
    number = request.form.get("number", type=whole_number)
    reply = submit(form, contract.publish_article, article_id=str(article_id), number=number)
    if reply is None:
        return _page(article_id, publish=form), 422
    later = reply["state"] == "scheduled"
    flash(gettext("已安排，到时自动发布。") if later else gettext("已发布，读者看到的就是这一稿。"), "done")
    return go(_here(article_id))


@PAGES.post("/console/articles/<uuid:article_id>/place")
@only("officer")
def place_article(article_id: UUID) -> str | Response | tuple[str, int]:
    """Pin an article, or say until when it is shown."""
    form = Form(PlaceArticle, _PLACE, posted=request.form, prefix="place-")
    if submit(form, contract.place_article, article_id=str(article_id)) is None:
        return _page(article_id, place=form), 422
    flash(gettext("已保存。"), "done")
    return go(_here(article_id))


@PAGES.post("/console/articles/<uuid:article_id>/files")
@takes_file(LARGEST)
@only("officer", "chair")
def attach_article_file(article_id: UUID) -> str | Response | tuple[str, int]:
    """Upload a cover, a picture or an attachment."""
    form = Form(AttachArticleFile, _FILE, posted=request.form, prefix="file-")
    if submit(form, contract.attach_article_file, article_id=str(article_id)) is None:
        return _page(article_id, upload=form), 422
    flash(gettext("文件已上传。"), "done")
    return go(_here(article_id))


@PAGES.post("/console/articles/<uuid:article_id>/files/<uuid:file_id>/remove")
@only("officer", "chair")
def remove_article_file(article_id: UUID, file_id: UUID) -> Response:
    """Remove a file."""
    payload = {"article_id": str(article_id), "file_id": str(file_id)}
    return act(contract.remove_article_file, payload, done=gettext("文件已删除。"), then=_here(article_id))


@PAGES.get("/console/articles/<uuid:article_id>/revisions/<int:number>")
@only(*CONSOLE_ROLES)
def article_revision(article_id: UUID, number: int) -> str:
    """Show a revision beside the one before it."""
    named = {"article_id": str(article_id)}
    found = call(contract.get_article_revision, {**named, "number": number})
    before: Mapping[str, Any] = {"title": "", "body": ""}
    if number > 1:
        before = call(contract.get_article_revision, {**named, "number": number - 1})
    return render_template(
        "portal/console/article_revision.html", it=found, article_id=str(article_id),
        changes=changes_between(before, found),
    )  # fmt: skip


def _page(
    article_id: UUID, *, publish: Form | None = None, place: Form | None = None, upload: Form | None = None
) -> str:
    named = {"article_id": str(article_id)}
    found = call(contract.get_article, named)
    return render_template(
        "portal/console/article.html",
        it=found,
        way=steps_of(_STAGES, "published" if found["state"] == "scheduled" else found["state"], ARTICLE_STATES),
        publish=publish or Form(PublishArticle, _PUBLISH, values=found, prefix="publish-"),
        place=place or Form(PlaceArticle, _PLACE, values=found, prefix="place-"),
        upload=upload or Form(AttachArticleFile, _FILE, prefix="file-"),
        revisions=part(contract.list_article_revisions, {**named, "limit": 10}),
        reads=_reads(found["read_days"]),
    )


def _reads(days: list[dict[str, Any]]) -> Columns:
    return Columns(
        name="article-reads",
        title=gettext("近 30 天阅读次数"),
        note=gettext("只按天计次数，不记录谁读过。"),
        series=(Series(gettext("次")),),
        labels=[str(one["day"])[-2:] for one in days],
        parts=[(one["count"],) for one in days],
        texts=[one["count"] for one in days],
        said=[gettext("%(day)s：%(count)s 次", day=plain_day(one["day"]), count=one["count"]) for one in days],
        empty=gettext("还没有人读过。"),
    )


def _here(article_id: UUID) -> str:
    return url_for("portal.console_article", article_id=article_id)
