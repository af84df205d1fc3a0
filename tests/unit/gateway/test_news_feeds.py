"""Feeds as an independent parser reads them; what feed readers trip over elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as Xml

import feedparser
import pytest
from flask import Flask

from gateway.subjects.activities.articles import feeds

BASE = "https://union.example"
WRITERS = {"rss": (feeds.rss, "/news/rss.xml"), "atom": (feeds.atom, "/news/atom.xml")}


def article(**changes: Any) -> dict[str, Any]:
    one = str(uuid4())
    return {
        "id": one, "title": "大合唱 & <初赛>", "summary": "三点开始 & 五点结束", "category_name": "活动报道",
        "published_at": "2026-09-26T06:00:00+00:00", "changed_at": "2026-09-27T06:00:00+00:00",
        "html": f'<p>见<a href="/activities">活动</a></p><img src="/news/{one}/files/1" alt="合影">', **changes,
    }  # fmt: skip


def parsed(kind: str, articles: list[dict[str, Any]]) -> Any:
    write, path = WRITERS[kind]
    found = feedparser.parse(write("工会 · 新闻", BASE, path, articles))
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("kind", WRITERS)
def test_an_independent_parser_reads_what_was_written(kind: str) -> None:
    found = parsed(kind, [article(), article(title="第二篇")])
    assert found.version == {"rss": "rss20", "atom": "atom10"}[kind]
    assert found.feed.title == "工会 · 新闻"
    first, second = found.entries
    assert (first.title, second.title) == ("大合唱 & <初赛>", "第二篇")
    assert first.summary == "三点开始 & 五点结束"
    assert first.published_parsed[:5] == (2026, 9, 26, 6, 0)
    assert [tag.term for tag in first.tags] == ["活动报道"]


@pytest.mark.parametrize("kind", WRITERS)
def test_addresses_are_whole_and_ids_stay_when_an_article_changes(kind: str) -> None:
    one = article()
    (entry,) = parsed(kind, [one]).entries
    (later,) = parsed(kind, [{**one, "title": "改了标题"}]).entries
    assert entry.link == f"{BASE}/news/{one['id']}"
    assert entry.id == later.id == f"urn:uuid:{one['id']}"
    html = entry.content[0].value
    assert f"{BASE}/news/{one['id']}/files/1" in html
    assert f"{BASE}/activities" in html


@pytest.mark.parametrize("kind", WRITERS)
def test_characters_that_xml_forbids_break_nothing(kind: str) -> None:
    (entry,) = parsed(kind, [article(title="坏\x0b字\ufffe符", summary=None, html="<p>]]> \x08</p>")]).entries
    assert entry.title == "坏字符"


@pytest.mark.parametrize("kind", WRITERS)
def test_a_feed_without_articles_is_one(kind: str) -> None:
    assert parsed(kind, []).entries == []


@pytest.mark.parametrize("path", ["/news/rss.xml", "/news/atom.xml"])
def test_a_feed_is_the_same_for_every_reader(
    path: str, app_with_portal: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its title was in the language of who asked first, while caches on the way keep one copy for all."""
    articles = [article()]
    monkeypatch.setattr(feeds, "latest", lambda: articles)
    chinese, english = (
        app_with_portal.test_client().get(path, headers={"Accept-Language": language}) for language in ("zh-CN", "en")
    )
    assert chinese.status_code == 200
    assert "public" in chinese.headers["Cache-Control"]
    assert (english.data, english.headers["ETag"]) == (chinese.data, chinese.headers["ETag"])


def test_atom_has_what_its_rfc_requires() -> None:
    root = Xml.fromstring(feeds.atom("工会", BASE, "/news/atom.xml", [article()]))
    names = {child.tag.partition("}")[2] for child in root}
    assert {"title", "id", "updated", "author", "link", "entry"} <= names
    updated = root.findtext("{http://www.w3.org/2005/Atom}updated")
    assert updated == "2026-09-27T06:00:00+00:00", "the latest change, not the latest publication"
