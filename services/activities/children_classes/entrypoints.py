"""Operations of children's classes, what members' changes mean for them, and recurring work."""

from __future__ import annotations

from services.activities.children_classes.use_cases import classes, consent, days, ending, reading, registering
from services.chassis.entrypoints import answers, every, on_event
from services.contracts.activities.children_classes import children as children_contract
from services.contracts.activities.children_classes import classes as classes_contract
from services.contracts.membership.retention import MemberAnonymised

_TEN_MINUTES = 600


@answers(
    (classes_contract.list_children_terms, classes.list_children_terms),
    (classes_contract.add_children_term, classes.add_children_term),
    (classes_contract.change_children_term, classes.change_children_term),
    (classes_contract.list_children_classes, classes.list_children_classes),
    (classes_contract.get_children_class, classes.get_children_class),
    (classes_contract.add_children_class, classes.add_children_class),
    (classes_contract.change_children_class, classes.change_children_class),
    (classes_contract.get_guardian_consent, consent.get_guardian_consent),
    (classes_contract.set_guardian_consent, consent.set_guardian_consent),
    (children_contract.register_child, registering.register_child),
    (children_contract.change_child_contact, registering.change_child_contact),
    (children_contract.withdraw_child, registering.withdraw_child),
    (children_contract.my_children, reading.my_children),
    (children_contract.list_child_looks, reading.list_child_looks),
    (children_contract.list_child_registrations, reading.list_child_registrations),
    (children_contract.open_child, reading.open_child),
    (children_contract.record_child_fee, reading.record_child_fee),
    (children_contract.open_class_day, days.open_class_day),
    (children_contract.record_child_attendance, days.record_child_attendance),
)
class ChildrenClassEntrypoints:
    """Children's classes over RPC."""

    end_waiting_children = every(_TEN_MINUTES, "children-waiting", ending.end_waiting_children)
    forget_children = every(_TEN_MINUTES, "children-forgotten", ending.forget_children)
    forget_guardian = on_event(MemberAnonymised, ending.forget_guardian)
