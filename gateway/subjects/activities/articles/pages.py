"""Articles in the console: the list, writing and changing one, categories."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, own_unit_choices, unit_choices
from gateway.portal.service_calls import go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.activities.articles.comparing import changes_between
from services.chassis.errors import NotFound
from services.chassis.plain_text import whole_number
from services.contracts.activities.articles import operations as contract
from services.contracts.activities.articles.requests import CategoryTerms, ChangeCategory, SaveArticle, WriteArticle

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
_DESK = ("officer", "chair")
_TWO = "articles.revision_is_the_one_that_was_read"


def category_choices() -> dict[str, str]:
    """Return the categories, by id; those that are not offered stand last and say so."""
    found = part(contract.list_article_categories, {"limit": 100}).items
    told = {one["id"]: one["name"] for one in found if one["offered"]}
    return {**told, **{one["id"]: gettext("%(name)s（停用）", name=one["name"]) for one in found if not one["offered"]}}


CONTENT = (
    Field("title", wide=True),
    Field("title_en", wide=True, hint=_l("可不填。")),
    Field("category_id", control="select", choices=category_choices, blank=_l("请选择")),
    "audience",
    Field("unit_ids", control="checks", choices=unit_choices, required=False, hint=_l("只在“指定分工会”时勾选。")),
    Field("summary", control="textarea", extra={"rows": "2"}, hint=_l("列表和订阅里显示，不超过 200 字。")),
    Field(
        "body", control="textarea", extra={"rows": "18", "spellcheck": "true"},
        hint=_l("用 Markdown：# 标题，**加粗**，- 列表，[文字](网址)。插图上传后复制它的代码到正文。"),
    ),
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "articles", "/console/articles", contract.list_articles, _l("文章"),
        columns=(
            "title", Column("category_id", how="text", value=lambda item: item["category_name"]),
            Column("unit_id", wide=True), Column("audience", wide=True), "changed_at",
            Column("published_at", wide=True), "reads", Column("pinned", on_page=False),
            Column("expires_at", on_page=False), Column("waits", optional=False, on_page=False),
            Column("state", state=True, macro="state"),
        ),
        roles=tuple(sorted(CONSOLE_ROLES)),
        filters=(
            "q", "state", Field("category_id", choices=category_choices), Field("unit_id", choices=unit_choices),
            Field("waits", control="select", blank=_l("全部"), choices={"true": _l("等待审核"), "false": _l("不等待")}),
        ),
        lead=_l("起草、另一人审核、发布；公开的文章在新闻页、首页和订阅里。"),
        empty=_l("没有符合条件的文章。"),
        icon="newspaper",
        link="console_article",
        argument="article_id",
        macros="portal/parts/articles.html",
        links=(
            PageLink("new_article", _l("写文章"), "plus-lg", frozenset(_DESK), first=True),
            PageLink("article_categories", _l("栏目"), "tags", _OFFICER),
        ),
        export=ListExport(personal=False),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "article_categories", "/console/article-categories", contract.list_article_categories, _l("文章栏目"),
        columns=("name", "name_en", "place", "offered"),
        roles=("officer",),
        lead=_l("停用的栏目不能再选，已有的文章保留。"),
        empty=_l("还没有栏目。"),
        icon="tags",
        link="edit_article_category",
        argument="category_id",
        links=(PageLink("new_article_category", _l("新增栏目"), "plus-lg", _OFFICER, first=True),),
        back=("articles", _l("文章")),
        export=ListExport(personal=False),
    )
)  # fmt: skip


def _unit() -> Field:
    blank = _l("校工会") if current_principal().has("officer") else None
    return Field("unit_id", control="select", choices=own_unit_choices, blank=blank)


@PAGES.route("/console/articles/new", methods=["GET", "POST"])
@only(*_DESK)
def new_article() -> str | Response | tuple[str, int]:
    """Write an article."""
    posted = request.form if request.method == "POST" else None
    form = Form(WriteArticle, (*CONTENT, _unit()), posted=posted)
    made = submit(form, contract.write_article) if posted is not None else None
    if made is None:
        return _writing(form, None)
    flash(gettext("草稿已保存，可以上传封面、插图和附件，再提交审核。"), "done")
    return go(url_for("portal.console_article", article_id=made["id"]))


@PAGES.route("/console/articles/<uuid:article_id>/edit", methods=["GET", "POST"])
@only(*_DESK)
def edit_article(article_id: UUID) -> str | Response | tuple[str, int]:
    """Change an article; who saves second sees what the first saved, and decides."""
    found = call(contract.get_article, {"article_id": str(article_id)})
    if request.method != "POST":
        return _writing(Form(SaveArticle, CONTENT, values=found), found)
    form = Form(SaveArticle, CONTENT, values=found, posted=request.form)
    number = request.form.get("number", type=whole_number)
    if submit(form, contract.save_article, article_id=str(article_id), number=number) is None:
        return _writing(form, found)
    flash(gettext("已保存。"), "done")
    return go(url_for("portal.console_article", article_id=article_id))


def _writing(form: Form, found: dict[str, Any] | None) -> str | tuple[str, int]:
    """Return the page of the form; after a refused save with both texts, and the number of the one that stands."""
    two = found is not None and form.problem is not None and form.problem.rule == _TWO
    number = None
    if found is not None and form.posted is not None:
        number = found["number"] if two else form.posted.get("number")
    elif found is not None:
        number = found["number"]
    mine = form.posted if form.posted is not None else {}
    page = render_template(
        "portal/console/article_form.html",
        form=form,
        article=found,
        number=number,
        changes=changes_between(found, mine) if two and found is not None else None,
    )
    return page if form.posted is None else (page, 422)


@PAGES.route("/console/article-categories/new", methods=["GET", "POST"])
@only("officer")
def new_article_category() -> str | Response | tuple[str, int]:
    """Add a category."""
    posted = request.form if request.method == "POST" else None
    form = Form(CategoryTerms, _TERMS, posted=posted)
    if posted is None or submit(form, contract.add_article_category) is None:
        return _category_page(form, gettext("新增栏目"))
    return _category_saved()


@PAGES.route("/console/article-categories/<uuid:category_id>", methods=["GET", "POST"])
@only("officer")
def edit_article_category(category_id: UUID) -> str | Response | tuple[str, int]:
    """Change a category."""
    known = part(contract.list_article_categories, {"limit": 100}).items
    found = next((one for one in known if one["id"] == str(category_id)), None)
    if found is None:
        raise NotFound("There is no such category.")
    posted = request.form if request.method == "POST" else None
    form = Form(ChangeCategory, _TERMS, values=found, posted=posted)
    if posted is None or submit(form, contract.change_article_category, category_id=str(category_id)) is None:
        return _category_page(form, gettext("修改栏目"))
    return _category_saved()


_TERMS = ("name", "name_en", Field("place", hint=_l("1 至 99，小的在前。")), "offered")


def _category_page(form: Form, title: str) -> str | tuple[str, int]:
    return form_page(form, title=title, back=url_for("portal.article_categories"), words=gettext("栏目"))


def _category_saved() -> Response:
    flash(gettext("栏目已保存。"), "done")
    return go(url_for("portal.article_categories"))
