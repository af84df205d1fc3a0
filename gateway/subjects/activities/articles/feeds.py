"""The news as RSS 2.0 and Atom (RFC 4287): the latest articles for everybody, as feed readers take them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree as Xml

from gateway.rpc.calls import SYSTEM_PRINCIPAL
from gateway.rpc.deadlines import part_seconds
from gateway.runtime import gateway
from services.chassis.rpc.context import CallContext
from services.contracts.activities.articles.operations import news_feed

ATOM, RSS = "application/atom+xml; charset=utf-8", "application/rss+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_OWN = re.compile(r'(src|href)="/')
_SINCE_EVER = "2000-01-01T00:00:00+00:00"

Xml.register_namespace("atom", _ATOM)
Xml.register_namespace("content", _CONTENT)


def latest() -> list[dict[str, Any]]:
    """Return the latest articles for everybody, with their texts. Raises `Unavailable` while activities is away."""
    reply = gateway().client.call(news_feed, {}, CallContext(SYSTEM_PRINCIPAL), part_seconds())
    return list(reply["items"])


def rss(title: str, base: str, path: str, articles: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the articles as RSS 2.0.

    Args:
        title: of the feed.
        base: address of the portal, without a slash at its end.
        path: of the feed.
        articles: entries of `latest`.
    """
    root = Xml.Element("rss", {"version": "2.0"})
    channel = Xml.SubElement(root, "channel")
    _put(channel, "title", title)
    _put(channel, "link", f"{base}/news")
    _put(channel, "description", title)
    _put(channel, "language", "zh-cn")
    itself = {"href": base + path, "rel": "self", "type": "application/rss+xml"}
    Xml.SubElement(channel, f"{{{_ATOM}}}link", itself)
    for one in articles:
        item = Xml.SubElement(channel, "item")
        _put(item, "title", one["title"])
        _put(item, "link", f"{base}/news/{one['id']}")
        _put(item, "guid", f"urn:uuid:{one['id']}").set("isPermaLink", "false")
        _put(item, "pubDate", format_datetime(datetime.fromisoformat(one["published_at"])))
        _put(item, "category", one["category_name"])
        _put(item, "description", one["summary"] or one["title"])
        _put(item, f"{{{_CONTENT}}}encoded", _absolute(one["html"], base))
    return _written(root)


def atom(title: str, base: str, path: str, articles: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the articles as an Atom feed; arguments as of `rss`."""
    found = list(articles)
    root = Xml.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _put(root, "title", title)
    _put(root, "id", f"{base}/news")
    _put(root, "updated", max((one["changed_at"] for one in found), default=_SINCE_EVER, key=datetime.fromisoformat))
    Xml.SubElement(root, "link", {"rel": "self", "href": base + path})
    Xml.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}/news"})
    _put(Xml.SubElement(root, "author"), "name", title)
    for one in found:
        entry = Xml.SubElement(root, "entry")
        _put(entry, "title", one["title"])
        _put(entry, "id", f"urn:uuid:{one['id']}")
        _put(entry, "published", one["published_at"])
        _put(entry, "updated", one["changed_at"])
        Xml.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}/news/{one['id']}"})
        Xml.SubElement(entry, "category", {"term": one["category_name"]})
        if one["summary"]:
            _put(entry, "summary", one["summary"])
        _put(entry, "content", _absolute(one["html"], base)).set("type", "html")
    return _written(root)


def _put(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    made = Xml.SubElement(parent, name)
    made.text = _NOT_IN_XML.sub("", text)
    return made


def _absolute(html: str, base: str) -> str:
    """Return HTML whose own addresses are whole: a feed reader knows no portal they belong to."""
    return _OF_OWN.sub(rf'\1="{base}/', html)


def _written(root: Xml.Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="utf-8")
