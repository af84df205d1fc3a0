"""To-dos in words: text, icon and page of each entry, and about whom and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import url_for

from gateway.identity.current import current_principal
from gateway.portal.formats import ago, title_of
from gateway.portal.people import names, unit_name
from gateway.portal.service_calls import parts
from gateway.portal.words import words
from gateway.read_models import activities
from gateway.subject import TodoDetails, TodoKind, installed
from services.chassis.schema import ACCOUNT, Operation
from services.contracts.ids import MOST_IDS


def told(items: list[dict[str, Any]], *, detailed: bool = True) -> list[dict[str, Any]]:
    """Return to-dos with text, icon and page; unknown kinds are left out.

    `who` is the name of the person or the title of the activity, `facts` are further words, `about` is both in a line.
    They are asked of the services for all entries together, and are missing while a service is away.

    Args:
        items: entries as `todos` returns them.
        detailed: whether services are asked; a page that must not wait for them says the kind and the unit alone.
    """
    kinds = installed().todos
    known = [(item, kinds[item["kind"]]) for item in items if item["kind"] in kinds]
    titles = _titles(item["subject_id"] for item, kind in known if kind.about == "activity")
    details = _details(known) if detailed else {}
    found = []
    for item, kind in known:
        who, facts = details.get(item["id"], ("", ()))
        who = titles.get(item["subject_id"], "") if kind.about == "activity" else who
        shown = [str(one) for one in (_unit_of(item), *facts) if one and one != "—"]
        if item.get("since") and who and kind.about != "activity":
            shown.append(ago(item["since"]))
        found.append(
            {**item, "text": kind_words(item["kind"], kind), "icon": kind.icon, "address": _address(kind, item),
             "who": who, "facts": shown, "about": " · ".join([who, *shown] if who else shown)}
        )  # fmt: skip
    return found


def grouped(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return groups of to-dos with their text, icon and what can be done to many, their entries as `told` has them."""
    kinds, roles = installed().todos, current_principal().roles
    entries = {one["id"]: one for one in told([item for group in groups for item in group["items"]])}
    return [
        {
            **group,
            "text": kind_words(group["kind"], kind),
            "icon": kind.icon,
            "batch": kind.batch if kind.batch and kind.roles & roles else None,
            "items": [entries[item["id"]] for item in group["items"]],
        }
        for group in groups
        if (kind := kinds.get(group["kind"])) is not None
    ]


def kind_words(name: str, kind: TodoKind) -> Any:
    """Return what a kind of to-do is called."""
    return kind.words or words(name, "todo")


def _details(known: list[tuple[dict[str, Any], TodoKind]]) -> dict[str, tuple[str, tuple[Any, ...]]]:
    """Return name and facts by the id of the entry: a query for each list, whatever kinds need it."""
    may = current_principal().roles | {ACCOUNT}
    detailed = [(item, kind.details) for item, kind in known if kind.details and kind.details.operation.allow & may]
    asked: dict[str, tuple[Operation, dict[str, Any]]] = {}
    for item, details in detailed:
        _, payload = asked.setdefault(details.operation.id, (details.operation, {**details.asks, "ids": []}))
        payload["ids"] = sorted({*payload["ids"], item["subject_id"]})[:MOST_IDS]
    for _, payload in asked.values():
        payload["limit"] = MOST_IDS
    found = {name: {one["id"]: one for one in part.items} for name, part in parts(asked).items()}
    people = names(
        (one for listed in found.values() for one in listed.values()),
        *{details.member for _, details in detailed if details.member},
    )
    return {
        item["id"]: (_name(details, one, people), details.facts(one))
        for item, details in detailed
        if (one := found[details.operation.id].get(item["subject_id"])) is not None
    }


def _name(details: TodoDetails, item: Mapping[str, Any], people: Mapping[str, str]) -> str:
    if details.member is not None:
        return people.get(item[details.member], "")
    return item.get(details.name or "") or ""


def _address(kind: TodoKind, item: dict[str, Any]) -> str:
    return url_for(f"portal.{kind.endpoint}", **({kind.argument: item["subject_id"]} if kind.argument else {}))


def _unit_of(item: dict[str, Any]) -> str:
    """Return the unit's name to those who see several: the officers, and who leads more than one."""
    principal = current_principal()
    several = principal.has("officer") or len(principal.units("chair")) > 1
    return unit_name(item["unit_id"]) if item.get("unit_id") and several else ""


def _titles(ids: Iterable[str]) -> dict[str, str]:
    """Return titles of activities."""
    known = activities.several(UUID(found) for found in set(ids))
    return {str(activity_id): title_of(resource) for activity_id, resource in known.items()}
