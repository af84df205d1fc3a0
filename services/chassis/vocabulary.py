"""Vocabularies: the fixed lists of words a field may hold, each word with the Chinese text people read; labels.

A vocabulary is declared once, in the contract of its subject; forms, tables, filters, histories, exports and the
documents read its texts from there. English stands in the portal's catalogue, under the Chinese text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from marshmallow import Schema, fields, validate

Labelled = TypeVar("Labelled", bound=Schema)

VOCABULARIES: dict[str, Vocabulary] = {}
"""Every vocabulary by its name; filled by importing contract modules."""


class Vocabulary(tuple[str, ...]):
    """The words of a fixed list, in their order, as a tuple; `texts` has the text of each.

    Args:
        name: names the list in templates and documents; unique.
        texts: word → text, where the words are no identifiers or come from another vocabulary.
        more: further words with their texts.

    Raises:
        ValueError: another vocabulary has this name, or a word is given twice.
    """

    name: str
    texts: Mapping[str, str]

    def __new__(cls, name: str, texts: Mapping[str, str] | None = None, /, **more: str) -> Vocabulary:
        twice = set(texts or ()) & set(more)
        if twice:
            raise ValueError(f"the vocabulary {name} has two texts for {', '.join(sorted(twice))}")
        if name in VOCABULARIES:
            raise ValueError(f"there are two vocabularies named {name}")
        VOCABULARIES[name] = vocabulary = cls._of(name, {**(texts or {}), **more})
        return vocabulary

    @classmethod
    def _of(cls, name: str, texts: Mapping[str, str]) -> Vocabulary:
        vocabulary = super().__new__(cls, texts)
        vocabulary.name, vocabulary.texts = name, MappingProxyType(dict(texts))
        return vocabulary

    def __reduce__(self) -> tuple[object, ...]:
        return tuple, (tuple(self),)

    def only(self, *words: str) -> Vocabulary:
        """Return the same vocabulary with some of its words; raises `KeyError` for a word it does not have."""
        return self._of(self.name, {word: self.texts[word] for word in words})

    @property
    def description(self) -> str:
        """The words with their texts, as the documents show them."""
        return "; ".join(f"{word}: {text}" for word, text in self.texts.items())


def Choice(words: Vocabulary, **kwargs: Any) -> fields.String:  # noqa: N802  # makes a field, and reads as such
    """One of a fixed list of words, whose texts come with the field."""
    about = {"vocabulary": words.name, "description": words.description}
    kwargs["metadata"] = {**about, **kwargs.get("metadata", {})}
    return fields.String(validate=validate.OneOf(list(words)), **kwargs)


def words_of(field: fields.Field[Any]) -> tuple[str, ...]:
    """Return the words a field of a fixed list may hold; none for other fields."""
    return next((tuple(check.choices) for check in field.validators if isinstance(check, validate.OneOf)), ())


def label(text: str) -> dict[str, str]:
    """Return the metadata that says what people call a field: label of forms, heading of tables, title in documents.

    Args:
        text: in Chinese; English stands in the portal's catalogue.
    """
    return {"title": text}


def labelled(names: Vocabulary) -> Callable[[type[Labelled]], type[Labelled]]:
    """Return a decorator of schemas: fields without a label are called what the vocabulary says of their names."""

    def label_fields(schema: type[Labelled]) -> type[Labelled]:
        for name, field in schema._declared_fields.items():
            if name in names.texts:
                field.metadata = {**label(names.texts[name]), **(field.metadata or {})}
        return schema

    return label_fields
