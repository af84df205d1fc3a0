"""Operations of joining, and its recurring work."""

from services.chassis.entrypoints import answers, every
from services.chassis.files.attachments import examined_before, paper_of, photo_of
from services.chassis.jobs.runner import long_work
from services.contracts.membership.joining import figures as figures_contract
from services.contracts.membership.joining import newcomers as newcomers_contract
from services.contracts.membership.joining import operations as contract
from services.membership.joining.use_cases import (
    applying,
    attaching,
    batches,
    by_receipt,
    deciding,
    forgetting,
    newcomers,
    proposing,
    reading,
    terms,
    unconfirmed,
)

_HOUR = 3600


@answers(
    (contract.submit_application, applying.submit_application),
    (contract.check_applicant, applying.check_applicant),
    (newcomers_contract.read_newcomers, newcomers.read_newcomers),
    (contract.propose_newcomers, proposing.propose_newcomers),
    (contract.update_application, applying.update_application),
    (contract.submit_draft, applying.submit_draft),
    (contract.withdraw_application, applying.withdraw_application),
    (contract.review_application, deciding.review_application),
    (contract.approve_application, deciding.approve_application),
    (contract.approve_applications, deciding.approve_applications),
    (contract.reject_application, deciding.reject_application),
    (contract.return_application, deciding.return_application),
    (contract.list_applications, reading.list_applications),
    (figures_contract.application_figures, reading.application_figures),
    (contract.my_applications, reading.my_applications),
    (contract.get_application, reading.get_application),
    (contract.follow_application, by_receipt.follow_application),
    (contract.detach_with_receipt, by_receipt.detach_with_receipt),
    (contract.submit_with_receipt, by_receipt.submit_with_receipt),
    (contract.list_unconfirmed, unconfirmed.list_unconfirmed),
    (contract.reject_unconfirmed, unconfirmed.reject_unconfirmed),
    (contract.detach_from_application, attaching.detach_from_application),
    (contract.application_photo, attaching.application_photo),
    (contract.employment_terms, terms.employment_terms),
    (contract.start_approval, batches.start_approval),
    (contract.approval_outcomes, batches.approval_outcomes),
)
@answers(
    (contract.attach_to_application, attaching.attach_to_application),
    prepare=examined_before(attaching.may_attach, paper_of),
)
@answers(
    (contract.replace_application_photo, attaching.replace_application_photo),
    prepare=examined_before(attaching.may_replace_photo, photo_of),
)
@answers(
    (contract.attach_with_receipt, by_receipt.attach_with_receipt),
    prepare=examined_before(by_receipt.may_attach, paper_of),
)
@answers(
    (contract.replace_photo_with_receipt, by_receipt.replace_photo_with_receipt),
    prepare=examined_before(by_receipt.may_replace_photo, photo_of),
)
# A reply stored with an idempotency key would contain the plain value or the file.
@answers(
    (contract.unmask_application, reading.unmask_application),
    (contract.open_application_file, attaching.open_application_file),
    store_reply=False,
)
class JoiningEntrypoints:
    """Applications over RPC."""

    erase_rejected_applications = every(_HOUR, "erase-rejected-applications", forgetting.forget_old)
    let_unconfirmed_applications_lapse = every(_HOUR, "let-unconfirmed-applications-lapse", unconfirmed.let_lapse)
    approve_in_batches = long_work(batches.KIND, contract.start_approval, batches.approve_chunk)
