"""Operations of birthday care, and the job that issues vouchers."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_call
from services.chassis.jobs.runner import long_work
from services.contracts.welfare import birthdays as contract
from services.welfare.birthdays.use_cases import birthdays, issuing, listing, runs

Request = dict[str, Any]


@answers(
    (contract.list_birthday_grants, birthdays.list_birthday_grants),
    (contract.my_birthday_grants, birthdays.my_birthday_grants),
    (contract.issue_birthday_vouchers, issuing.issue_birthday_vouchers),
    (contract.get_birthday_run, runs.get_birthday_run),
    (contract.list_birthday_runs, runs.list_birthday_runs),
    (contract.stop_birthday_run, issuing.stop_birthday_run),
    (contract.collect_birthday_voucher, birthdays.collect_birthday_voucher),
    (contract.withdraw_birthday_grant, birthdays.withdraw_birthday_grant),
)
@answers((contract.draw_up_birthday_list, listing.draw_up_birthday_list), own_transaction=True)
class BirthdayEntrypoints:
    """The operations of birthday care."""

    do_issue_birthday_vouchers = long_work(issuing.KIND, contract.issue_birthday_vouchers, issuing.issue_part)
    adopt_birthday_runs = every(60, "birthday-runs-without-job", issuing.adopt_runs)

    @on_call(contract.get_birthday_list)
    def get_birthday_list(self, tx: Transaction, request: Request) -> Request:
        """Return the state of a month."""
        return listing.month_answer(tx, request["year"], request["month"])
