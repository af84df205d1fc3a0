"""Articles: news, policies, public disclosure, model workers; written, read by a second person, published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind
from gateway.subjects.activities.articles import (
    api,
    finding,
    news_pages,
    one_article_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.activities.articles.events import ArticleMoved, ArticlePublished, ArticleWithdrawn
from services.contracts.activities.articles.operations import list_articles


def _what_became(params: Mapping[str, Any]) -> str | None:
    return {
        "returned": gettext("您的文章被退回，请看原因"),
        "published": gettext("您的文章已发布"),
        "scheduled": gettext("您的文章已通过，到时发布"),
    }.get(str(params.get("state")))


SUBJECT = Subject(
    "articles",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(news_pages.PAGES, pages.PAGES, one_article_pages.PAGES),
    menu=(
        MenuItem("news", _l("新闻"), "newspaper", "member", also=("news_article",)),
        MenuItem(
            "articles", _l("文章"), "newspaper", "activities", frozenset(CONSOLE_ROLES),
            below=("/console/articles", "/console/article-categories"),
        ),
    ),
    todos={
        "article_to_review": TodoKind(
            "newspaper",
            "console_article",
            "/articles/{}/source",
            "article_id",
            notice=NoticeText(_l("有文章等待审核，请另一位没有参与起草的干部阅读后发布。")),
            roles=frozenset({"officer"}),
            details=TodoDetails(list_articles, facts=lambda one: (one["title"],)),
        ),
    },
    news={
        "article_moved": NewsKind(
            _l("文章审核有结果"),
            "newspaper",
            "console_article",
            "article_id",
            shade=_what_became,
            notice=NoticeText(_l("请在“文章”里查看。")),
        ),
    },
    reactions=(
        Reaction(ArticleMoved, projections.on_moved),
        Reaction(ArticlePublished, projections.on_published),
        Reaction(ArticleWithdrawn, projections.on_withdrawn),
    ),
    search=(SearchKind("article", _l("新闻"), "newspaper", "/articles/{id}", finding.shown, find=finding.find),),
    help=Help(
        _l("文章和新闻"),
        _l("通知、公示、活动报道、政策解读、模范人物：分工会或校工会起草，另一位校工会干部审核后发布。"),
        (
            _l("起草人写标题、正文，选栏目和谁能看，上传封面、插图和附件，然后提交审核。"),
            _l("没有写这一稿的校工会干部阅读后发布，可以定时，可以通知会员，也可以退回并写明原因。"),
            _l("发布后还能修改；读者看到的是上一稿，直到另一人发布新的一稿。每一稿都保留，可以对照。"),
            _l("公开的文章在新闻页、首页、RSS 和 Atom 订阅里；阅读只计次数，不记录谁读过。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
