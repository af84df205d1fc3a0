"""Pages of one form: a title, where needed a search for the member it is about, the fields, a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from gateway.portal.forms import Form
from gateway.portal.look_ups import found_members
from gateway.portal.service_calls import Part


@dataclass(frozen=True)
class Sought:
    """A member who is searched for, then chosen.

    Args:
        q: what was searched for.
        candidates: the members found.
        optional: whether the form is shown before somebody is found, because it may be about nobody with an account.
    """

    q: str
    candidates: Part
    optional: bool = False

    @property
    def choices(self) -> dict[str, str]:
        """Name and number by id."""
        return {item["id"]: f"{item['name']} {item['number']}" for item in self.candidates.items}


def sought_member(*, optional: bool = False, **filters: Any) -> Sought:
    """Return who is searched for on this page; see `Sought`. `filters` are those of the list of members."""
    q = request.values.get("q", "").strip()[:50]
    return Sought(q, found_members(q, **filters), optional)


def form_page(
    form: Form,
    *,
    title: str,
    back: str,
    words: str,
    lead: str | None = None,
    button: str | None = None,
    sought: Sought | None = None,
    changes: bool = True,
    template: str = "portal/form.html",
    frame: str = "portal/console.html",
    **more: Any,
) -> str | tuple[str, int]:
    """Return the page of a form, with the status 422 where it was sent and refused.

    Args:
        form: as it is to be filled in, or as it was sent.
        title: of the page.
        back: address of the page before.
        words: what that page is called.
        lead: a sentence below the title.
        button: its words, to save by default.
        sought: the member whom the form is about; without candidates only the search is shown, unless it is optional.
        changes: whether the reader may send the form; otherwise it is shown without search and button.
        template: one with more than fields extends `portal/form.html`.
        frame: the layout, the console's or the member's.
        more: for such a template.
    """
    search = {} if sought is None else {"q": sought.q, "candidates": sought.candidates}
    told = {"title": title, "back": back, "words": words, "lead": lead, "button": button, "frame": frame}
    page = render_template(
        template, form=form, sought=sought if changes else None, changes=changes, **told, **search, **more
    )
    return page if form.posted is None else (page, 422)
