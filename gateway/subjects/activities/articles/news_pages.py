"""The news for readers: the list, one article, its files, feeds; open to everybody, members see more."""

from __future__ import annotations

from uuid import UUID

from flask import Response, current_app, render_template, request
from flask_babel import gettext

from gateway.http.etags import etag_of, is_fresh
from gateway.http.files import file_response
from gateway.http.rate_limits import require_below
from gateway.identity.current import current_account
from gateway.portal.form_fields import Field
from gateway.portal.listing import asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.service_calls import part
from gateway.rpc.calls import SYSTEM_PRINCIPAL, call
from gateway.rpc.deadlines import names_seconds
from gateway.runtime import gateway
from gateway.subjects.activities.articles import feeds
from gateway.union_profile import profile
from services.chassis.errors import Problem
from services.chassis.process.settings import settings
from services.chassis.rpc.context import CallContext
from services.contracts.activities.articles import operations as contract

PAGES = PageTable()
OF_FEEDS = "600/minute"
"""Readings of feeds from one network."""
_TEN_MINUTES = 600


@PAGES.get("/news")
def news() -> str:
    """List the published articles that the reader may read."""
    categories = part(contract.list_article_categories, {"offered": True, "limit": 100}).items
    offered = {one["id"]: one["name"] for one in categories}
    filters = [
        Field("q", control="search", label=gettext("标题或正文")),
        Field("category_id", control="select", label=gettext("栏目"), choices=offered, blank=gettext("全部")),
    ]
    values = chosen(filters)
    return render_template(
        "portal/member/news.html",
        frame=_frame(),
        list=listing(part(contract.list_news, {**asked(), **values}), values),
        filters=filters,
        values=values,
    )


@PAGES.get("/news/<uuid:article_id>")
def news_article(article_id: UUID) -> str:
    """Show an article; that it was read is counted, by whom is not known."""
    found = call(contract.get_news, {"article_id": str(article_id)})
    if request.method != "HEAD":
        _count_read(article_id)
    return render_template("portal/member/news_article.html", frame=_frame(), it=found)


@PAGES.get("/news/<uuid:article_id>/files/<uuid:file_id>")
def news_file(article_id: UUID, file_id: UUID) -> Response:
    """Hand out a picture or an attachment."""
    payload = {"article_id": str(article_id), "file_id": str(file_id)}
    return file_response(call(contract.open_article_file, payload), inline=True)


@PAGES.get("/news/rss.xml")
def news_rss() -> Response:
    """Hand out the feed as RSS 2.0."""
    return _feed(feeds.rss(_title(), _base(), "/news/rss.xml", _latest()), feeds.RSS)


@PAGES.get("/news/atom.xml")
def news_atom() -> Response:
    """Hand out the feed as Atom."""
    return _feed(feeds.atom(_title(), _base(), "/news/atom.xml", _latest()), feeds.ATOM)


def _latest() -> list[dict[str, object]]:
    require_below(OF_FEEDS, "news feeds")
    return feeds.latest()


def _feed(body: bytes, media_type: str) -> Response:
    response: Response = current_app.response_class(body, content_type=media_type)
    response.headers["ETag"] = etag_of(body, None)
    response.headers["Cache-Control"] = f"public, max-age={_TEN_MINUTES}"
    if is_fresh(response.headers["ETag"]):
        response.status_code = 304
        response.set_data(b"")
    return response


def _title() -> str:
    """Return the title of feeds, in the language of their articles: caches on the way keep one copy for all readers."""
    return f"{profile.current().name(english=False)} · 新闻"


def _base() -> str:
    return settings().public_url or request.host_url.rstrip("/")


def _frame() -> str:
    return "portal/public.html" if current_account() is None else "portal/member.html"


def _count_read(article_id: UUID) -> None:
    """Count a read; an article is shown whether or not it can be counted now."""
    payload = {"article_id": str(article_id)}
    try:
        gateway().client.call(contract.count_article_read, payload, CallContext(SYSTEM_PRINCIPAL), names_seconds())
    except Problem:
        return
