"""Operations of examinations, the jobs that make the list and remind, and telling how far a campaign is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.process.runtime import Work
from services.chassis.rpc.context import CallContext
from services.contracts.welfare.examinations import operations as contract
from services.welfare.examinations.use_cases import (
    attending,
    booking,
    coverage,
    funding,
    listing,
    preparing,
    reminding,
    telling,
)

_SECONDS = 60


def _ask_facts(self: Any, _database: Database, context: CallContext, job: Job) -> dict[str, Any]:
    work: Work = self.runtime
    return listing.ask_facts(work.call(context), job)


@answers(
    (contract.add_examination_hospital, preparing.add_examination_hospital),
    (contract.end_examination_hospital, preparing.end_examination_hospital),
    (contract.list_examination_hospitals, preparing.list_examination_hospitals),
    (contract.create_examination, preparing.create_examination),
    (contract.list_examinations, preparing.list_examinations),
    (contract.get_examination, preparing.get_examination),
    (contract.add_examination_package, preparing.add_examination_package),
    (contract.add_examination_slot, preparing.add_examination_slot),
    (contract.set_slot_capacity, preparing.set_slot_capacity),
    (contract.cancel_examination, preparing.cancel_examination),
    (contract.open_examination, listing.open_examination),
    (contract.list_not_eligible, listing.list_not_eligible),
    (contract.my_examinations, booking.my_examinations),
    (contract.book_examination, booking.book_examination),
    (contract.cancel_examination_booking, booking.cancel_examination_booking),
    (contract.list_examinees, coverage.list_examinees),
    (contract.list_unbooked_examinees, coverage.list_unbooked_examinees),
    (contract.list_unit_coverage, coverage.list_unit_coverage),
    (contract.examination_coverage, coverage.examination_coverage),
    (contract.remind_unbooked, reminding.remind_unbooked),
    (contract.look_up_examinee, attending.look_up_examinee),
    (contract.mark_examinee, attending.mark_examinee),
    (contract.mark_examination_slot, attending.mark_examination_slot),
    (contract.close_examination, attending.close_examination),
    (contract.fund_examination_again, funding.fund_examination_again),
)
@answers((contract.read_hospital_list, attending.read_hospital_list), store_reply=False)
class ExaminationEntrypoints:
    """The operations of examinations."""

    tell_examination_progress = every(_SECONDS, "examination-progress", telling.tell_progress)
    remind_examinees = long_work(reminding.KIND, contract.remind_unbooked, reminding.remind_part)

    @long_work(listing.KIND, contract.open_examination, prepare=_ask_facts)
    def list_examinees_of(self, tx: Transaction, job: Job, facts: Mapping[str, Any]) -> bool:
        """Decide about the next members."""
        return listing.list_part(tx, job, facts)
