"""Operations of dismissal notices, and their recurring work."""

from __future__ import annotations

from services.chassis.entrypoints import answers, every
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.governance.dismissals import operations as contract
from services.governance.dismissals.use_cases import clock, deciding, intake, papers, reading
from services.governance.mediation.use_cases.offices import ask_who_is_in_office


@answers(
    (contract.list_dismissals, reading.list_dismissals),
    (contract.dismissal_figures, reading.dismissal_figures),
    (contract.notify_dismissal, intake.notify_dismissal),
    (contract.take_dismissal, intake.take_dismissal),
    (contract.release_dismissal, intake.release_dismissal),
    (contract.link_dismissal, intake.link_dismissal),
    (contract.give_dismissal_opinion, deciding.give_dismissal_opinion),
    (contract.answer_dismissal, deciding.answer_dismissal),
    (contract.withdraw_dismissal, deciding.withdraw_dismissal),
    (contract.close_dismissal, deciding.close_dismissal),
    (contract.refer_dismissal, deciding.refer_dismissal),
)
# Who left office is asked of membership.
@answers(
    (contract.dismissal_queue, intake.dismissal_queue),
    (contract.take_over_dismissal, intake.take_over_dismissal),
    prepare=ask_who_is_in_office,
)
# A stored reply would keep what was said.
@answers(
    (contract.open_dismissal, reading.open_dismissal),
    (contract.open_dismissal_paper, papers.open_dismissal_paper),
    store_reply=False,
)
@answers(
    (contract.attach_dismissal_paper, papers.attach_dismissal_paper),
    prepare=examined_before(papers.may_attach, paper_of),
)
class DismissalEntrypoints:
    """Dismissal notices over RPC."""

    tell_overdue_opinions = every(300, "dismissals-overdue", clock.tell_overdue)
    forget_ended_dismissals = every(300, "dismissals-forgotten", clock.forget_ended)
