"""Operations of mediation, and its recurring work. What is stored with an idempotency key has no words and no names."""

from __future__ import annotations

from services.chassis.entrypoints import answers, every
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.governance.mediation import operations as contract
from services.governance.mediation.use_cases import clock, figures, intake, mediating, papers, parties, reading
from services.governance.mediation.use_cases.offices import ask_who_is_in_office


@answers(
    (contract.classify_matter, intake.classify_matter),
    (contract.list_disputes, reading.list_disputes),
    (contract.dispute_figures, figures.dispute_figures),
    (contract.list_private_notices, clock.list_private_notices),
    (contract.settle_private_notices, clock.settle_private_notices),
    (contract.apply_for_mediation, intake.apply_for_mediation),
    (contract.record_dispute, intake.record_dispute),
    (contract.take_dispute, intake.take_dispute),
    (contract.release_dispute, intake.release_dispute),
    (contract.move_dispute, mediating.move_dispute),
    (contract.add_dispute_party, parties.add_dispute_party),
    (contract.link_dispute_party, parties.link_dispute_party),
    (contract.choose_representatives, parties.choose_representatives),
    (contract.answer_consent, parties.answer_consent),
    (contract.record_consent, parties.record_consent),
    (contract.assign_mediator, mediating.assign_mediator),
    (contract.answer_assignment, mediating.answer_assignment),
    (contract.remove_mediator, mediating.remove_mediator),
    (contract.propose_extension, mediating.propose_extension),
    (contract.schedule_hearing, mediating.schedule_hearing),
    (contract.record_hearing, mediating.record_hearing),
    (contract.write_agreement, mediating.write_agreement),
    (contract.conclude_agreement, mediating.conclude_agreement),
)
# Who left office is asked of membership.
@answers(
    (contract.dispute_queue, intake.dispute_queue),
    (contract.take_over_dispute, intake.take_over_dispute),
    prepare=ask_who_is_in_office,
)
# A stored reply would keep what was said.
@answers(
    (contract.open_dispute, reading.open_dispute),
    (contract.open_dispute_paper, papers.open_dispute_paper),
    store_reply=False,
)
@answers(
    (contract.attach_dispute_paper, papers.attach_dispute_paper),
    prepare=examined_before(papers.may_attach, paper_of),
)
class MediationEntrypoints:
    """Mediation over RPC."""

    remind_of_last_days = every(300, "disputes-reminded", clock.remind_of_last_days)
    expire_disputes = every(300, "disputes-expired", clock.expire_cases)
    forget_ended_disputes = every(300, "disputes-forgotten", clock.forget_ended)
