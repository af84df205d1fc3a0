"""English names: optional, and never left behind by the Chinese name they stand for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from services.chassis.english_names import with_english

WALK = SimpleNamespace(title="健步走", title_en="Walk")
ONLY_CHINESE = SimpleNamespace(title="健步走", title_en="健步走")


@pytest.mark.parametrize("given", [{"title": "健步走"}, {"title": "健步走", "title_en": None}])
def test_a_new_name_without_english_stands_for_both(given):
    assert with_english(given, "title") == {"title": "健步走", "title_en": "健步走"}


def test_an_english_name_that_is_given_is_kept():
    given = {"title": "健步走", "title_en": "Walk"}
    assert with_english(given, "title") == given
    assert with_english(given, "title", stored=ONLY_CHINESE) == given


@pytest.mark.parametrize("english", [{}, {"title_en": None}, {"title_en": "健步走"}])
def test_without_an_english_name_of_its_own_it_follows_the_chinese_one(english):
    changed = with_english({"title": "登山", **english}, "title", stored=ONLY_CHINESE)
    assert changed == {"title": "登山", "title_en": "登山"}


def test_an_english_name_of_its_own_stays_until_it_is_taken_away():
    assert with_english({"title": "登山"}, "title", stored=WALK) == {"title": "登山"}
    assert with_english({"title_en": None}, "title", stored=WALK) == {"title_en": "健步走"}


def test_what_is_not_changed_stays():
    assert with_english({"amount": 1}, "title", stored=WALK) == {"amount": 1}
    assert with_english({"amount": 1}, "title", stored=ONLY_CHINESE) == {"amount": 1, "title_en": "健步走"}
