"""Words and labels stand once, in the contracts: every fixed list of words is a vocabulary with a text for each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import Schema
from services.chassis.vocabulary import VOCABULARIES
from services.contracts.catalogue import schemas
from tests.architecture.source import modules

_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
"""Names that a standard gives, and that nobody reads in a language."""
_MAKES_LISTS = ("services.chassis.vocabulary", "services.contracts.", "gateway.identity.providers.configuration")
"""The last reads a file of the operator's, with algorithms by the names of their standard."""


def parts_of(field: fields.Field[Any]) -> Iterator[fields.Field[Any]]:
    """Yield a field and the fields it consists of."""
    yield field
    inner = [field.inner] if isinstance(field, fields.List) else []
    inner += [field.key_field, field.value_field] if isinstance(field, fields.Dict) else []
    for part in inner:
        if part is not None:
            yield from parts_of(part)


def plain_lists(schema: type[Schema]) -> list[str]:
    """Return the fields of a schema that hold one of several words no vocabulary has."""
    return [
        f"{schema.__module__}.{schema.__name__}.{name}"
        for name, field in schema._declared_fields.items()
        for part in parts_of(field)
        for check in part.validators
        if isinstance(check, validate.OneOf) and not _readable(check, part.metadata.get("vocabulary"))
    ]


def _readable(check: validate.OneOf, vocabulary: str | None) -> bool:
    words = [choice for choice in check.choices if isinstance(choice, str) and not _MEDIA_TYPE.fullmatch(choice)]
    return not words or (vocabulary is not None and set(words) <= set(VOCABULARIES[vocabulary].texts))


def test_every_fixed_list_of_words_is_a_vocabulary():
    assert [place for schema in schemas() for place in plain_lists(schema)] == []


def test_a_plain_list_is_found_wherever_it_stands():
    class Parcel(Schema):
        size = fields.String(validate=validate.OneOf(["small", "large"]))
        sizes = fields.List(fields.String(validate=validate.OneOf(["small"])))
        by_size = fields.Dict(keys=fields.String(validate=validate.OneOf(["small"])), values=fields.Integer())
        gender = fields.String(validate=validate.OneOf(["male", "small"]), metadata={"vocabulary": "gender"})
        years = fields.Integer(validate=validate.OneOf((3, 5)))
        media_type = fields.String(validate=validate.OneOf(["image/png"]))

    assert [place.rpartition(".")[2] for place in plain_lists(Parcel)] == ["size", "sizes", "by_size", "gender"]


def test_fixed_lists_are_declared_in_contracts_only():
    places = [
        module.place
        for module in modules()
        if not module.name.startswith(_MAKES_LISTS)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "OneOf"
    ]
    assert places == []


def test_every_word_has_a_text():
    without = [name for name, known in VOCABULARIES.items() if not all(text.strip() for text in known.texts.values())]
    assert without == []
