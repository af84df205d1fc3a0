"""Operations of check-in and attendance, and what is erased with a member."""

from __future__ import annotations

from services.activities.check_in.use_cases import (
    arriving,
    closing,
    codes,
    forgetting,
    marking,
    offline,
    reading,
    setting,
)
from services.chassis.entrypoints import answers, on_event
from services.contracts.activities.check_in import operations as contract
from services.contracts.membership.retention import MemberAnonymised


@answers(
    (contract.get_check_in, setting.get_check_in),
    (contract.set_check_in, setting.set_check_in),
    (contract.my_check_in_code, codes.my_check_in_code),
    (contract.check_in, arriving.check_in),
    (contract.desk_list, offline.desk_list),
    (contract.sync_check_ins, offline.sync_check_ins),
    (contract.undo_check_in, marking.undo_check_in),
    (contract.list_attendance, reading.list_attendance),
    (contract.mark_attendance, marking.mark_attendance),
    (contract.close_attendance, closing.close_attendance),
    (contract.reopen_attendance, closing.reopen_attendance),
    (contract.attendance_by_unit, reading.attendance_by_unit),
    (contract.my_attendance, reading.my_attendance),
    (contract.my_certificate, reading.my_certificate),
    (contract.read_check_in_code, codes.read_check_in_code),
    (contract.read_certificate_code, codes.read_certificate_code),
)
class CheckInEntrypoints:
    """Check-in over RPC."""

    forget_attendance = on_event(MemberAnonymised, forgetting.forget_attendance)
