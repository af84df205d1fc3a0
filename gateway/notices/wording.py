"""What a notice says, in the reader's language: in full in the portal, outside of it only what its kind makes public.

Where a parameter of a text is missing, the kind's words, or a general sentence, are shown and the fault is logged: a
notice is never lost over its wording.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext

from gateway.portal.formats import title_of
from gateway.portal.words import words
from gateway.read_models import activities
from gateway.subject import NewsKind, TodoKind, installed
from services.chassis.process import logs

log = logs.get_logger(__name__)

_Values = Mapping[str, Mapping[str, str]]
"""Values for texts, by the id of the subject."""


@dataclass(frozen=True)
class Told:
    """A notice in words: its heading, what it is about, a sentence, and the page that shows more."""

    heading: str
    about: str
    text: str
    icon: str
    path: str


def in_portal(notices: Iterable[Mapping[str, Any]]) -> dict[str, Told]:
    """Return notices by id in words, as their recipient sees them after signing in."""
    kinds = installed().notices
    found = list(notices)
    values = _values(found, kinds)
    return {str(one["id"]): _told(one, kinds.get(one["kind"]), values) for one in found}


def outside(notices: Iterable[Mapping[str, Any]]) -> dict[str, Told]:
    """Return notices by id in the words that may leave the portal; of private kinds only that there is one."""
    kinds = installed().notices
    found = list(notices)
    values = _values(found, kinds)
    return {str(one["id"]): _outside(one, kinds.get(one["kind"]), values) for one in found}


def words_of(name: str, kind: NewsKind | TodoKind) -> Any:
    """Return what a kind is called: its own words, else those the contract has for a kind of to-do."""
    return kind.words or words(name, "todo")


def is_public(kind: NewsKind | TodoKind | None) -> bool:
    """Whether notices of a kind name their subject outside of the portal."""
    return kind is not None and kind.notice is not None and not kind.notice.private


def _outside(notice: Mapping[str, Any], kind: NewsKind | TodoKind | None, known: _Values) -> Told:
    if kind is not None and is_public(kind):
        told = _told(notice, kind, known)
        if told.about and told.text:
            return told
    return general(isinstance(kind, TodoKind))


def general(is_todo: bool) -> Told:
    """Return the words that tell nothing but that something is there."""
    heading = gettext("您有一项新的待办") if is_todo else gettext("您有一条新的消息")
    page = "todos_page" if is_todo else "messages"
    return Told(heading, "", gettext("请登录工会门户查看。"), "bell", path_of(page))


def _told(notice: Mapping[str, Any], kind: NewsKind | TodoKind | None, known: _Values) -> Told:
    if kind is None:  # of a newer release, or of a subject that is no more
        log.warning("notice_of_unknown_kind", kind=notice["kind"])
        return general(False)
    params = notice.get("params") or {}
    values = {**params, **known.get(str(notice["subject_id"]), {})}
    shade = kind.shade(params) if isinstance(kind, NewsKind) and kind.shade else None
    path = path_of(kind.endpoint, **({kind.argument: notice["subject_id"]} if kind.argument else {}))
    heading, about = shade or str(words_of(notice["kind"], kind)), str(values.get("title", ""))
    return Told(heading, about, _filled_in(kind, values, notice["kind"]), kind.icon, path)


def _filled_in(kind: NewsKind | TodoKind, values: Mapping[str, Any], name: str) -> str:
    if kind.notice is None:
        return ""
    try:
        return str(kind.notice.text) % values
    except (KeyError, ValueError, TypeError) as error:
        log.warning("notice_text_incomplete", kind=name, missing=str(error)[:40])
        return ""


def _is_titled(kind: NewsKind | TodoKind | None) -> bool:
    return kind.titled if isinstance(kind, NewsKind) else kind is not None and kind.about == "activity"


def _values(notices: Iterable[Mapping[str, Any]], kinds: Mapping[str, NewsKind | TodoKind]) -> _Values:
    """Return what texts name beside the params, by subject: titles of activities, details of other kinds."""
    subjects: dict[str, set[UUID]] = defaultdict(set)
    for one in notices:
        subjects[one["kind"]].add(UUID(str(one["subject_id"])))
    titled = {id for name, ids in subjects.items() if _is_titled(kinds.get(name)) for id in ids}
    found: dict[str, Mapping[str, str]] = {
        str(one): {"title": title_of(resource)} for one, resource in activities.several(titled).items()
    }
    for name, ids in subjects.items():
        kind = kinds.get(name)
        if isinstance(kind, NewsKind) and kind.details is not None:
            found.update(kind.details(list(ids)))
    return found


def path_of(endpoint: str, **values: Any) -> str:
    """Return the path of a page of the portal, also outside of a request."""
    path: str = current_app.url_map.bind("").build(f"portal.{endpoint}", values)
    return path
