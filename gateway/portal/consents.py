"""Consent texts on a page: shown with their version, with a checkbox each; consents are sent in the version shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from gateway.portal.formats import is_english
from gateway.portal.forms import Field, Form
from gateway.portal.service_calls import Part, part
from services.contracts.membership.consents import NEEDED_TO_JOIN, list_consent_texts

TO_JOIN = (*NEEDED_TO_JOIN, "photo", "publication")
"""Purposes an applicant is asked for, in this order."""


def wordings(purposes: Sequence[str] = TO_JOIN) -> Part:
    """Return the texts in force, in the order of the purposes and in the language of the page."""
    found = part(list_consent_texts, {"limit": 50})
    by_purpose = {one["purpose"]: one for one in found.items}
    items = [_in_language(by_purpose[purpose]) for purpose in purposes if purpose in by_purpose]
    return Part(data={"items": items}, problem=found.problem)


def consent_fields(texts: Collection[Mapping[str, Any]], needed: Collection[str] = NEEDED_TO_JOIN) -> list[Field]:
    """Return a checkbox for each text."""
    return [
        Field(
            f"consent_{one['purpose']}",
            gettext("我已阅读并同意《%(title)s》", title=one["title"]),
            "check",
            wide=True,
            required=one["purpose"] in needed,
        )
        for one in texts
    ]


def agreed_to(posted: Mapping[str, str], purposes: Sequence[str] = TO_JOIN) -> list[dict[str, str]]:
    """Return the given consents, in the version that the page showed."""
    return [
        {"purpose": purpose, "version": posted.get(f"wording_{purpose}", "")}
        for purpose in purposes
        if f"consent_{purpose}" in posted and posted.get(f"wording_{purpose}")
    ]


def place_consents(form: Form) -> None:
    """Show refusals about consents at the first checkbox."""
    first = next((spec.name for spec in form.specs if spec.name.startswith("consent_")), None)
    texts = form.errors.pop("consents", None)
    if first is not None and texts:
        form.errors.setdefault(first, []).extend(texts)


def _in_language(text: Mapping[str, Any]) -> dict[str, Any]:
    if not is_english():
        return dict(text)
    return {**text, "title": text["title_en"] or text["title"], "text": text["text_en"] or text["text"]}
