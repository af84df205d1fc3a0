"""An English page names articles with plain numbers, and what the system wrote in the ledger in English."""

from __future__ import annotations

import json
from pathlib import Path

import flask
import pytest
from flask_babel import force_locale

from gateway.portal.document_words import article_words
from gateway.portal.figure_words import rule_change_value
from gateway.portal.formats import description_of

ROOT = Path(__file__).resolve().parents[3]
ARTICLES = {
    "六": "Article 6", "十": "Article 10", "十一": "Article 11", "第二十三条": "Article 23",
    "第一百零五条": "Article 105", "第43条": "Article 43", "8": "Article 8", "第一条；附表三": "Article 1; Schedule 3",
}  # fmt: skip
HEADINGS = {"会计科目：会费收入", "保留会籍期间免交会费", "召开条件", "会员代表选举", "女职工代表的比例", "换届"}
"""Places in a law that have no number; they stay as the law has them."""
OTHERS = ("会计科目：会费收入", "Art. 43", "第一条；其他", "六十亿人", "")


def test_numbered_articles_have_plain_numbers_in_english(portal: flask.Flask) -> None:
    with portal.test_request_context(), force_locale("en"):
        assert {article: article_words(article) for article in ARTICLES} == ARTICLES
        assert [article_words(article) for article in OTHERS] == list(OTHERS)
        assert article_words(None) == ""
        assert rule_change_value("benefit.birth.cap", "article", "六") == "Article 6"


def test_chinese_pages_show_them_as_the_rule_has_them(portal: flask.Flask) -> None:
    with portal.test_request_context(), force_locale("zh"):
        for article in (*ARTICLES, *OTHERS):
            assert article_words(article) == article


@pytest.mark.parametrize("path", sorted(ROOT.glob("services/*/rulesets/*.json")), ids=lambda path: path.stem)
def test_the_articles_of_shipped_rules_are_numbers_or_headings(portal: flask.Flask, path: Path) -> None:
    rules = json.loads(path.read_text("utf-8"))["rules"]
    articles = {rule["article"] for rule in rules if rule.get("article")} - HEADINGS
    with portal.test_request_context(), force_locale("en"):
        assert all(article_words(article).isascii() for article in articles), articles


def test_a_description_the_system_made_is_english_and_a_typed_one_as_it_was_typed(portal: flask.Flask) -> None:
    made = {"description": "2026-11 会费（工资代扣，3 笔）", "description_en": "Dues of 2026-11 (payroll, 3 payments)"}
    typed = {"description": "春游租车", "description_en": None}
    with portal.test_request_context(), force_locale("en"):
        assert description_of(made) == made["description_en"]
        assert description_of(typed) == "春游租车"
    with portal.test_request_context(), force_locale("zh"):
        assert description_of(made) == made["description"]
        assert portal.jinja_env.filters["description_of"] is description_of
