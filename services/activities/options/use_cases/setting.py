"""Setting the form of an activity: groups, options, the quotas they share, companions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.activities.calendar.use_cases.announcements import rescheduled
from services.activities.calendar.use_cases.reading import Activity, lock_to_update, subject_of
from services.activities.options import rules
from services.activities.options.tables import ActivityOption, ActivityQuota, OptionGroup
from services.activities.options.use_cases.reading import SETTINGS, form_of, form_state
from services.activities.registration.use_cases import waiting_list
from services.activities.registration.use_cases.reading import options_chosen
from services.activities.registration.use_cases.room import Room
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first


def set_options(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Replace the form of an activity; places that become free go to those who wait.

    Raises:
        PreconditionFailed: another version stands than the one that was read.
        Refused: the activity is held or cancelled, an option that somebody chose would be removed or take other
            quotas, or fewer places than are taken without `move_overflow`.
    """
    activity = lock_to_update(tx, request)
    before = form_state(tx, activity)
    form, _ = form_of(tx, activity)
    quotas, options = _numbered(form.names, request["quotas"]), _numbered(form.options, request["options"])
    _check_chosen(tx, activity, form, quotas, options)
    activity.has_form = True
    for name in SETTINGS:
        setattr(activity, name, request[name])
    _reduce(tx, activity, quotas, move_overflow=request["move_overflow"])
    _store(tx, activity, request["groups"], quotas, options)
    tx.session.flush()
    waiting_list.move_up(tx, activity)
    tx.session.flush()
    after = form_state(tx, activity)
    if _meaning(before) != _meaning(after):
        _announce(tx, activity, _meaning(before), _meaning(after))
    return form_state(tx, activity)


def _announce(tx: Transaction, activity: Activity, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    activity.version += 1
    note_change(tx, subject_of(activity.id), {"options": (before, after)})
    if activity.state == "scheduled":
        tx.record(rescheduled(activity, ["options"]))


def _meaning(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form without what is taken and left."""
    drop = ("taken", "left")
    rows = {
        part: [{name: value for name, value in one.items() if name not in drop} for one in state[part]]
        for part in ("groups", "quotas", "options")
    }
    return {**{name: state[name] for name in SETTINGS}, **rows}


def _numbered(known: Iterable[int], given: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """Return the rows by number: the stored ones by theirs, new ones by the next."""
    stored = set(known)
    free = max([*stored, 0])
    found: dict[int, Mapping[str, Any]] = {}
    for row in given:
        number = row["number"]
        if number not in stored or number in found:
            number = free = free + 1
        found[number] = row
    return found


def _check_chosen(
    tx: Transaction, activity: Activity, form: rules.Form,
    quotas: Mapping[int, Mapping[str, Any]], options: Mapping[int, Mapping[str, Any]],
) -> None:  # fmt: skip
    """Refuse to remove options that somebody chose, or to change what they take."""
    chosen = options_chosen(tx, activity.id) & set(form.options)
    numbers = {row["name"]: number for number, row in quotas.items()}
    removed = [form.options[number].name for number in chosen if number not in options]
    changed = []
    for number in chosen & set(options):
        takes = {numbers[name] for name in options[number]["quotas"]}
        if takes != set(form.options[number].quotas):
            changed.append(form.options[number].name)
    refuse_first(rules.chosen_options_stay(removed), rules.quotas_of_chosen_options_stay(changed))


def _reduce(
    tx: Transaction, activity: Activity, quotas: Mapping[int, Mapping[str, Any]], *, move_overflow: bool
) -> None:
    """Make room in quotas that have fewer places now, in the order of their numbers."""
    room = Room(tx, activity)
    for number in sorted(room.quotas):
        stands, size = room.quotas[number], quotas[number]["size"] if number in quotas else 0
        refuse_first(
            rules.quotas_cover_those_taken(
                stands.name, size, stands.taken, move_overflow=move_overflow, waiting_list=activity.waiting_list
            )
        )
        waiting_list.move_back(tx, room, number, size)


def _store(
    tx: Transaction, activity: Activity, groups: Sequence[Mapping[str, Any]],
    quotas: Mapping[int, Mapping[str, Any]], options: Mapping[int, Mapping[str, Any]],
) -> None:  # fmt: skip
    """Write the rows: quotas are changed in place, because they count places; groups and options are written anew."""
    of_activity = {"activity_id": activity.id}
    for table in (OptionGroup, ActivityOption):
        tx.session.execute(sa.delete(table).where(table.activity_id == activity.id))
    gone = ActivityQuota.activity_id == activity.id, ActivityQuota.number.not_in(list(quotas))
    tx.session.execute(sa.delete(ActivityQuota).where(*gone))
    for number, row in quotas.items():
        tx.session.merge(ActivityQuota(**of_activity, number=number, name=row["name"], size=row["size"]))
    by_name = {row["name"]: number for number, row in enumerate(groups, 1)}
    numbers = {row["name"]: number for number, row in quotas.items()}
    tx.session.add_all(
        OptionGroup(**of_activity, number=number, name=row["name"], least=row["least"], most=row["most"])
        for number, row in enumerate(groups, 1)
    )
    tx.session.add_all(
        ActivityOption(
            **of_activity, number=number, place=place, name=row["name"], group_number=by_name[row["group"]],
            quotas=sorted({numbers[name] for name in row["quotas"]}), closed=row["closed"],
        )
        for place, (number, row) in enumerate(options.items())
    )  # fmt: skip
