"""Markdown becomes HTML that carries no script, whatever was written; cases others have been caught by."""

from __future__ import annotations

import time
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.markdown_text import safe_html

PICTURES = "/news/a/files/"
ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))", "[a](java\nscript:alert(1))", "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)", "[a](vbscript:msgbox(1))", "![a](javascript:alert(1))",
    "![a\" onerror=\"alert(1)](/news/a/files/1)", "[a](https://b.c \"x\\\" onmouseover=alert(1)\")",
    "<https://b.c/onclick=alert(1)>", "<svg/onload=alert(1)>", "<style>body{display:none}</style>",
    "<iframe src=//evil></iframe>", "```html\n<script>alert(1)</script>\n```", "<a href='javascript:alert(1)'>x</a>",
    "[a]: javascript:alert(1)\n\n[a]", "<!--><script>alert(1)</script>-->", "<math><mtext><img src=x onerror=a>",
    "<details open ontoggle=alert(1)>", "\x00<script>alert(1)</script>", "[x](//evil.example/steal)",
    "![x](/news/a/files/%2e%2e/%2E%2e/b)", "![x](/news/a/files/1/../../b)", "![x](/news/a/files/1?as=b)",
)  # fmt: skip
SCHEMES = ("http:", "https:", "mailto:", "tel:", "/", "#")


class Seen(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    for tag, attributes in Seen(html).tags:
        assert tag not in ("script", "style", "iframe", "svg", "math", "object", "form", "details", "base", "link")
        assert not [name for name in attributes if name.startswith("on") or name == "style"], html
        for name in ("href", "src"):
            address = (attributes.get(name) or "/").lower()
            assert not address.startswith("//"), html
            assert ":" not in address.split("/")[0] or address.startswith(SCHEMES), html
        if tag == "img":
            address = attributes["src"] or ""
            assert address.startswith(PICTURES), html
            assert address.removeprefix(PICTURES).isalnum(), html


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_gets_through(attack: str) -> None:
    assert_harmless(safe_html(attack, PICTURES))


@given(st.lists(st.sampled_from([*ATTACKS, "**", "_", "`", "\n\n", "- ", "> ", "|", "[", "](", ")", "<", ">", "!"])))
def test_nor_does_any_mixture(parts: list[str]) -> None:
    assert_harmless(safe_html("".join(parts), PICTURES))


def test_what_people_write_is_shown() -> None:
    html = safe_html("# 通知\n\n**周五** ~~周四~~\n\n| 项目 | 人数 |\n|-|-|\n| 合唱 | 40 |\n\n3. 一\n4. 二", PICTURES)
    for part in ("<h2>通知</h2>", "<strong>周五</strong>", "<s>周四</s>", "<td>合唱</td>", '<ol start="3">'):
        assert part in html


def test_lines_of_chinese_are_joined_without_a_blank() -> None:
    assert safe_html("以工资收入为生的，\n不分民族", PICTURES) == "<p>以工资收入为生的，不分民族</p>\n"
    assert safe_html("one\ntwo", PICTURES) == "<p>one\ntwo</p>\n"


def test_links_tell_nothing_of_where_they_were_clicked() -> None:
    assert 'rel="noopener noreferrer nofollow"' in safe_html("[校工会](https://union.example)", PICTURES)


def test_pictures_of_other_places_are_left_out() -> None:
    html = safe_html(
        "![跟踪](https://evil.example/p.png) ![合影](/news/a/files/1) ![逃](/news/a/files/../../me)", PICTURES
    )
    assert [attributes["src"] for tag, attributes in Seen(html).tags if tag == "img"] == ["/news/a/files/1"]


@pytest.mark.parametrize("text", ["[" * 30_000, ">" * 30_000, "![a](" * 6_000, "**a" * 10_000, "- " * 15_000])
def test_no_text_of_the_longest_kind_takes_long(text: str) -> None:
    started = time.process_time()
    safe_html(text, PICTURES)
    assert time.process_time() - started < 8
