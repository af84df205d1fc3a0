"""Operations of dues, and their background jobs."""

from services.chassis.entrypoints import answers
from services.chassis.jobs.runner import long_work
from services.contracts.membership.dues import collecting
from services.contracts.membership.dues import credit as dues_credit
from services.contracts.membership.dues import files as dues_files
from services.contracts.membership.dues import operations as contract
from services.membership.dues.use_cases import (
    arrears,
    bases,
    charging,
    columns,
    crediting,
    files,
    paying,
    reading,
    refunding,
    settling,
)


@answers(
    (contract.set_dues_base, bases.set_dues_base),
    (contract.exempt_from_dues, bases.exempt_from_dues),
    (contract.end_exemption, bases.end_exemption),
    (contract.get_member_dues, reading.get_member_dues),
    (contract.preview_dues_charge, charging.preview_dues_charge),
    (contract.charge_dues, charging.charge_dues),
    (contract.list_members_without_base, charging.list_members_without_base),
    (contract.adjust_dues, charging.adjust_dues),
    (contract.dues_by_month, reading.dues_by_month),
    (contract.dues_by_unit, reading.dues_by_unit),
)
# A reply stored with an idempotency key would contain the plain value.
@answers((contract.unmask_dues_base, bases.unmask_dues_base), store_reply=False)
class DuesEntrypoints:
    """What is owed over RPC."""

    do_charge_dues = long_work(charging.KIND, contract.charge_dues, charging.charge_part)


@answers(
    (collecting.record_dues_payment, paying.record_dues_payment),
    (collecting.list_dues_payments, paying.list_dues_payments),
    (collecting.reverse_dues_payment, paying.reverse_dues_payment),
    (collecting.ask_dues_refund, refunding.ask_dues_refund),
    (collecting.list_dues_refunds, refunding.list_dues_refunds),
    (collecting.decide_dues_refund, refunding.decide_dues_refund),
    (dues_files.upload_dues_file, files.upload_dues_file),
    (dues_files.map_dues_file, columns.map_dues_file),
    (dues_files.list_dues_files, files.list_dues_files),
    (dues_files.get_dues_file, files.get_dues_file),
    (dues_files.post_dues_file, files.post_dues_file),
    (dues_files.drop_dues_file, files.drop_dues_file),
    (dues_credit.list_dues_credits, crediting.list_dues_credits),
    (collecting.list_arrears, arrears.list_arrears),
    (collecting.export_arrears, arrears.export_arrears),
    (collecting.remind_of_dues, settling.remind_of_dues),
)
class DuesCollectingEntrypoints:
    """What comes in and goes back over RPC."""

    do_check_dues_file = long_work(files.CHECK, dues_files.upload_dues_file, files.check_part, prepare=files.read_file)
    do_post_dues_file = long_work(files.POST, dues_files.post_dues_file, files.post_part)
    do_export_arrears = long_work(arrears.KIND, collecting.export_arrears, arrears.export_part)
    do_remind_of_dues = long_work(settling.KIND, collecting.remind_of_dues, settling.remind_part)
