"""The pages of articles that the walk through every page opens, and the things they are about."""

from __future__ import annotations

from tests.support.api import Api

PUBLIC = ["/news", "/news?q=nothing-of-this-name", "/news/{article_id}"]
MEMBER = ["/news", "/news/{article_id}"]
OFFICER = [
    "/console/articles", "/console/articles?state=draft", "/console/articles/new", "/console/articles/{article_id}",
    "/console/articles/{waiting_article_id}", "/console/articles/{waiting_article_id}/edit",
    "/console/articles/{article_id}/revisions/1", "/console/article-categories", "/console/article-categories/new",
    "/console/article-categories/{article_category_id}",
]  # fmt: skip
CHAIR = ["/console/articles", "/console/articles/new", "/console/articles/{waiting_article_id}"]


def article_things(officer: Api) -> dict[str, str]:
    """An article that everybody reads, one that waits for review, and a category."""
    listed = officer.get("/articles/desk", limit=100)["items"]
    by_state = {(one["state"], one["audience"]): one["id"] for one in listed}
    return {
        "article_id": by_state["published", "all"],
        "waiting_article_id": by_state["review", "all"],
        "article_category_id": officer.get("/article-categories")["items"][0]["id"],
    }
