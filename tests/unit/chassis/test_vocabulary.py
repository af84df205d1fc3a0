"""Vocabularies: the words of a fixed list with their texts, declared once."""

from __future__ import annotations

import pickle

import pytest
from marshmallow import ValidationError

from services.chassis.schema import Choice, Schema
from services.chassis.vocabulary import VOCABULARIES, Vocabulary


@pytest.fixture
def colours():
    yield Vocabulary("test_colour", {"light.red": "浅红"}, blue="蓝", green="绿")
    del VOCABULARIES["test_colour"]


def test_it_is_the_tuple_of_its_words_in_their_order(colours):
    assert colours == ("light.red", "blue", "green")
    assert dict(colours.texts) == {"light.red": "浅红", "blue": "蓝", "green": "绿"}
    assert VOCABULARIES["test_colour"] is colours
    assert pickle.loads(pickle.dumps(colours)) == tuple(colours)


def test_its_texts_cannot_be_changed(colours):
    with pytest.raises(TypeError):
        colours.texts["blue"] = "青"


def test_a_name_and_a_word_are_given_once(colours):
    with pytest.raises(ValueError, match="two vocabularies named test_colour"):
        Vocabulary("test_colour", red="红")
    with pytest.raises(ValueError, match="two texts for red"):
        Vocabulary("test_shade", {"red": "红"}, red="赤")
    assert "test_shade" not in VOCABULARIES


def test_a_part_of_it_has_its_name_and_only_words_it_has(colours):
    part = colours.only("green", "blue")
    assert (part, part.name, part.texts["blue"]) == (("green", "blue"), "test_colour", "蓝")
    assert VOCABULARIES["test_colour"] is colours
    with pytest.raises(KeyError):
        colours.only("black")


def test_a_field_takes_its_words_and_carries_its_name(colours):
    class Paint(Schema):
        colour = Choice(colours.only("blue", "green"), required=True, metadata={"title": "颜色"})

    field = Paint().fields["colour"]
    about = {"vocabulary": "test_colour", "title": "颜色", "description": "blue: 蓝; green: 绿"}
    assert field.metadata == about
    assert Paint().load({"colour": "blue"}) == {"colour": "blue"}
    with pytest.raises(ValidationError):
        Paint().load({"colour": "light.red"})
