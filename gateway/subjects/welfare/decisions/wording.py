"""A decision in words: the outcome, why, and in which documents the rules are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from gateway.portal import words
from gateway.portal.document_words import article_words, document_words
from gateway.portal.formats import is_english
from gateway.portal.messages import say
from services.chassis.errors import Refused
from services.contracts.welfare.decisions import DECISION_KINDS


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
    return say(Refused(decision["reason"] or "", rule=decision["reason"], params=decision["params"]))


def _documents(decision: Mapping[str, Any]) -> str:
    named = dict.fromkeys(
        " ".join(part for part in (document_words(ground["document"]), ground["number"], _article(ground)) if part)
        for ground in decision["grounds"]
    )
    return gettext("依据：%(documents)s。", documents=gettext("；").join(named)) if named else ""


def _article(ground: Mapping[str, Any]) -> str | None:
    return article_words(ground["article"]) if ground["article"] else None
