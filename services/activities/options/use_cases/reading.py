"""Reading the form of an activity and its quotas, also for registration. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity
from services.activities.options.rules import NO_CHOICE as NO_CHOICE
from services.activities.options.rules import NO_FORM, Form, Group, Option
from services.activities.options.rules import SEATS as SEATS
from services.activities.options.rules import Choice as Choice
from services.activities.options.rules import can_never_fit as can_never_fit
from services.activities.options.rules import needs_of as needs_of
from services.activities.options.rules import party_fits as party_fits
from services.activities.options.rules import refusal_of_choice as refusal_of_choice
from services.activities.options.rules import short_of as short_of
from services.activities.options.tables import ActivityOption, OptionGroup
from services.activities.options.tables import ActivityQuota as ActivityQuota
from services.chassis.database.transaction import Transaction

SETTINGS = ("most_companions", "offer_hours", "moderated", "hand_over", "hold_minutes")
"""Settings of an activity that its form has."""


def get_options(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form of an activity, with the places left."""
    return form_state(tx, get_activity(tx, request))


def form_of(tx: Transaction, activity: Activity) -> tuple[Form, dict[int, ActivityQuota]]:
    """Return what is chosen for an activity, and its quotas by number; reads nothing where it never had a form."""
    if not activity.has_form:
        return NO_FORM, {}
    quotas = {quota.number: quota for quota in _rows(tx, ActivityQuota, activity.id)}
    groups = [Group(one.number, one.name, one.least, one.most) for one in _rows(tx, OptionGroup, activity.id)]
    found = sorted(_rows(tx, ActivityOption, activity.id), key=lambda row: row.place)
    options = {
        row.number: Option(row.number, row.name, row.group_number, tuple(row.quotas), row.closed) for row in found
    }
    names = {number: quota.name for number, quota in quotas.items()}
    return Form(activity.most_companions, groups, options, names), quotas


def form_state(tx: Transaction, activity: Activity) -> dict[str, Any]:
    """Return the form of an activity as a reply shows it."""
    form, quotas = form_of(tx, activity)
    groups = {group.number: group.name for group in form.groups}
    left = {number: quota.size - quota.taken for number, quota in quotas.items()}
    return {
        "activity_id": activity.id,
        "version": activity.version,
        **{name: getattr(activity, name) for name in SETTINGS},
        "groups": [{"name": group.name, "least": group.least, "most": group.most} for group in form.groups],
        "quotas": [
            {"number": one.number, "name": one.name, "size": one.size, "taken": one.taken, "left": left[one.number]}
            for one in quotas.values()
        ],
        "options": [
            {
                "number": option.number,
                "name": option.name,
                "group": groups[option.group],
                "quotas": [form.names[number] for number in option.quotas],
                "closed": option.closed,
                "left": min((left[number] for number in option.quotas), default=None),
            }
            for option in form.options.values()
        ],
    }


def option_names(tx: Transaction, activity_ids: Collection[UUID]) -> dict[tuple[UUID, int], str]:
    """Return the names of the options of several activities."""
    columns = ActivityOption.activity_id, ActivityOption.number, ActivityOption.name
    rows = tx.session.execute(sa.select(*columns).where(ActivityOption.activity_id.in_(activity_ids)))
    return {(row.activity_id, row.number): row.name for row in rows}


def stored(options: Iterable[int]) -> str:
    """Return chosen options as a registration stores them: their numbers in order, with commas."""
    return ",".join(str(number) for number in sorted(options))


def chosen(companions: int, options: str) -> Choice:
    """Return the choice that a registration stores."""
    return Choice(companions, tuple(int(number) for number in options.split(",") if number))


def _rows(tx: Transaction, table: Any, activity_id: UUID) -> list[Any]:
    """Return an activity's rows as they are stored now, by number."""
    statement = sa.select(table).where(table.activity_id == activity_id).order_by(table.number)
    return list(tx.session.scalars(statement.execution_options(populate_existing=True)))
