"""Operations of standing care, and the events that make a memento due."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.contracts.welfare import care as contract
from services.welfare.care.use_cases import children, giving, reading


@answers(
    (contract.list_care_gifts, reading.list_care_gifts),
    (contract.care_figures, reading.care_figures),
    (contract.my_care_gifts, reading.my_care_gifts),
    (contract.give_care_gifts, giving.give_care_gifts),
    (contract.withdraw_care_gift, giving.withdraw_care_gift),
)
@answers((contract.draw_up_children_day, children.draw_up_children_day), own_transaction=True)
class CareEntrypoints:
    """The operations of standing care."""
