"""A decision in words: the outcome, why, and in which documents the rules are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from gateway.portal import words
from gateway.portal.document_words import article_words, document_words
from gateway.portal.figure_words import figure
from gateway.portal.formats import is_english
from gateway.portal.messages import say_rule
from gateway.portal.refusals import name_of_rule
from services.contracts.welfare.decisions import DECISION_KINDS

_VOCABULARY_OF = {"standing": "standing", "standings": "standing", "employment": "employment",
                  "employments": "employment", "benefit": "benefit"}  # fmt: skip
"""Inputs whose value is a word of a vocabulary, or a list of such words."""


def in_words(decision: Mapping[str, Any]) -> str:
    """Return a decision as a sentence in the reader's language."""
    kind = words.words(decision["kind"], DECISION_KINDS.name)
    grounds = _documents(decision)
    if decision["outcome"] == "granted":
        told = gettext("%(what)s：符合条件。", what=kind)
    else:
        told = gettext("%(what)s：不符合条件。%(why)s", what=kind, why=why_not(decision))
    return f"{told} {grounds}" if is_english() else f"{told}{grounds}"


def why_not(decision: Mapping[str, Any]) -> str:
    """Return why a decision refused, in the reader's language."""
    return say_rule(decision["reason"] or "", decision["params"])


def inputs_in_words(decision: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was known of the member for a decision, as pairs of name and value."""
    inputs = decision["inputs"] or {}
    return [(words.words(name, "decision_input"), _value(name, value)) for name, value in sorted(inputs.items())]


def grounds_in_words(decision: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the rules a decision was based on as pairs of words and rule, each once.

    A rule that holds for several kinds of employment alike is named once.
    """
    found: dict[tuple[Any, ...], tuple[str, Mapping[str, Any]]] = {}
    for ground in decision["grounds"]:
        rule = name_of_rule(ground["key"]) or ground["key"]
        told = gettext("%(what)s：%(value)s", what=rule, value=figure(ground["key"], ground["value"]))
        found.setdefault((told, ground["document"], ground["number"], ground["article"], ground["valid_from"]),
                         (told, ground))  # fmt: skip
    return list(found.values())


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if value in (None, []):
        return gettext("不限") if name in ("employments", "joined_by") else gettext("未知")
    if isinstance(value, list):
        return gettext("、").join(_value(name, one) for one in value)
    vocabulary = _VOCABULARY_OF.get(name)
    return str(words.words(value, vocabulary)) if vocabulary else str(value)


def _documents(decision: Mapping[str, Any]) -> str:
    named = dict.fromkeys(
        " ".join(part for part in (document_words(ground["document"]), ground["number"], _article(ground)) if part)
        for ground in decision["grounds"]
    )
    return gettext("依据：%(documents)s。", documents=gettext("；").join(named)) if named else ""


def _article(ground: Mapping[str, Any]) -> str | None:
    return article_words(ground["article"]) if ground["article"] else None
