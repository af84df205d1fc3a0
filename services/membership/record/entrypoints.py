"""Operations of the records."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_call
from services.chassis.jobs.runner import long_work
from services.contracts.membership import birthdays as calendars
from services.contracts.membership import numbering as numbers
from services.contracts.membership import snapshot
from services.contracts.membership.record import ages as by_age
from services.contracts.membership.record import exports
from services.contracts.membership.record import figures as figures_contract
from services.contracts.membership.record import numbers as by_number
from services.contracts.membership.record import operations as contract
from services.membership.record.use_cases import (
    ages,
    birthday_choices,
    changing,
    export,
    export_work,
    figures,
    given_names,
    numbering,
    reading,
    roster_import,
)

_ONE_MINUTE = 60


@answers(
    (contract.list_members, reading.list_members),
    (by_number.members_by_number, reading.members_by_number),
    (figures_contract.member_figures, figures.member_figures),
    (snapshot.snapshot_members, reading.snapshot_members),
    (contract.update_member, changing.update_member),
    (contract.member_history, reading.member_history),
    (contract.member_accesses, reading.member_accesses),
    (contract.birthdays, birthday_choices.birthdays),
    (calendars.my_birthday_calendar, birthday_choices.my_birthday_calendar),
    (calendars.choose_birthday_calendar, birthday_choices.choose_birthday_calendar),
    (by_age.member_ages, ages.member_ages),
    (exports.start_member_export, export_work.start_export),
    (contract.change_unit, changing.change_unit),
    (numbers.list_number_series, numbering.list_number_series),
    (numbers.open_number_series, numbering.open_number_series),
)
# A reply stored with an idempotency key would contain the plain value.
@answers(
    (contract.unmask_member, reading.unmask_member),
    (contract.export_members, export.export_members),
    store_reply=False,
)
class RecordEntrypoints:
    """Members' records over RPC."""

    write_member_list = long_work(export_work.KIND, exports.start_member_export, export_work.export_part)
    complete_given_names = every(_ONE_MINUTE, "complete_given_names", given_names.complete)

    @on_call(contract.get_member)
    def get_member(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.get_member(tx, request["member_id"])

    @on_call(contract.member_with_staff_number)
    def member_with_staff_number(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.member_with_staff_number(tx, request["staff_number"])

    @on_call(contract.names_of)
    def names_of(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.names_of(tx, request["ids"])

    @on_call(contract.admit_members)
    def admit_members(self, tx: Transaction, request: dict[str, Any]) -> Any:
        admitted = roster_import.admit_members(tx, request["rows"])
        return {"items": [{"member_id": member_id, "number": number} for member_id, number in admitted]}
