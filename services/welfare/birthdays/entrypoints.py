"""What can be asked and done about birthday care, and the clock that works off issues of vouchers."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, every, query
from services.chassis.process.runtime import Call
from services.contracts.welfare import birthdays as contract
from services.welfare.birthdays import issuing, listing
from services.welfare.birthdays.use_cases import birthdays

Request = dict[str, Any]


class BirthdayEntrypoints:
    """The operations of birthday care."""

    @command(contract.draw_up_birthday_list, own_transaction=True)
    def draw_up_birthday_list(self, call: Call, request: Request) -> Request:
        """Draw up a month's list."""
        return listing.draw_up_birthday_list(call, request)

    @query(contract.get_birthday_list)
    def get_birthday_list(self, tx: Transaction, request: Request) -> Request:
        """Show how a month stands."""
        return listing.month_answer(tx, request["year"], request["month"])

    @query(contract.list_birthday_grants)
    def list_birthday_grants(self, tx: Transaction, request: Request) -> Request:
        """List a month's birthday care."""
        return birthdays.list_birthday_grants(tx, request)

    @query(contract.my_birthday_grants)
    def my_birthday_grants(self, tx: Transaction, request: Request) -> Request:
        """Show one's own birthday care."""
        return birthdays.my_birthday_grants(tx, request)

    @command(contract.issue_birthday_vouchers)
    def issue_birthday_vouchers(self, tx: Transaction, request: Request) -> Request:
        """Begin an issue of vouchers."""
        return issuing.issue_birthday_vouchers(tx, request)

    @query(contract.get_birthday_run)
    def get_birthday_run(self, tx: Transaction, request: Request) -> Request:
        """Show how far an issue is."""
        return issuing.run_answer(issuing.load_run(tx, request["run_id"]))

    @query(contract.list_birthday_runs)
    def list_birthday_runs(self, tx: Transaction, request: Request) -> Request:
        """List issues of vouchers."""
        return birthdays.list_birthday_runs(tx, request)

    @command(contract.stop_birthday_run)
    def stop_birthday_run(self, tx: Transaction, request: Request) -> Request:
        """Stop an issue of vouchers."""
        return issuing.stop_birthday_run(tx, request)

    @command(contract.collect_birthday_voucher)
    def collect_birthday_voucher(self, tx: Transaction, request: Request) -> Any:
        """Hand over a voucher."""
        return birthdays.collect_birthday_voucher(tx, request)

    @command(contract.withdraw_birthday_grant)
    def withdraw_birthday_grant(self, tx: Transaction, request: Request) -> Any:
        """Take somebody off the list."""
        return birthdays.withdraw_birthday_grant(tx, request)

    @every(1, "birthday-vouchers")
    def advance_birthday_runs(self, tx: Transaction) -> None:
        """Issue the next batch."""
        issuing.advance_runs(tx)
