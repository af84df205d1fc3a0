"""The workflow engine: moves, refusals that name the legal ones, guards, and the drawing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.errors import NotAllowed, Refused
from services.chassis.rules.refusal import Refusal
from services.chassis.rules.workflow import Transition, Workflow

CHAIR, OFFICER = frozenset({"chair"}), frozenset({"officer"})


def has_a_reason(subject: object, context: object) -> Refusal | None:
    return None if context else Refusal("loan.reason_is_given", "A reason is needed.", field="reason")


LOAN = Workflow(
    "loan",
    "draft",
    [
        Transition("draft", "submit", "submitted"),
        Transition("submitted", "review", "reviewed", CHAIR),
        Transition("submitted", "return", "draft", CHAIR, has_a_reason),
        Transition(("submitted", "reviewed"), "reject", "rejected", OFFICER),
        Transition("reviewed", "approve", "approved", OFFICER),
    ],
)


def test_a_move_in_the_table_leads_to_its_target() -> None:
    assert LOAN.apply("submitted", "review", roles={"chair", "member"}) == "reviewed"


def test_an_illegal_move_is_refused_and_the_legal_ones_are_named() -> None:
    with pytest.raises(Refused) as refused:
        LOAN.apply("submitted", "approve", roles={"chair", "officer"})

    assert refused.value.rule == "workflow.loan"
    assert refused.value.params["legal"] == ["review", "return", "reject"]
    assert "review, return, reject" in refused.value.detail


def test_only_moves_open_to_the_roles_are_named() -> None:
    assert LOAN.legal("submitted", {"officer"}) == ("reject",)
    assert LOAN.legal("submitted") == ("review", "return", "reject")


def test_nothing_leads_out_of_a_final_state() -> None:
    with pytest.raises(Refused, match="nothing more can be done"):
        LOAN.apply("approved", "submit", roles=None)

    assert LOAN.final_states == ("rejected", "approved")


def test_a_move_for_other_roles_is_not_allowed_and_says_for_whom_it_is() -> None:
    with pytest.raises(NotAllowed) as refused:
        LOAN.apply("reviewed", "approve", roles={"chair"})

    assert refused.value.params["roles"] == ["officer"]


def test_the_system_itself_may_take_every_move() -> None:
    assert LOAN.apply("reviewed", "approve", roles=None) == "approved"


def test_a_guard_refuses_with_its_own_rule_and_field() -> None:
    with pytest.raises(Refused) as refused:
        LOAN.apply("submitted", "return", roles=CHAIR, context="")

    assert (refused.value.rule, refused.value.field) == ("loan.reason_is_given", "reason")
    assert refused.value.params["legal"] == ["review", "return"]


def test_a_guard_that_agrees_lets_the_move_through() -> None:
    assert LOAN.apply("submitted", "return", roles=CHAIR, context="page missing") == "draft"


def test_rows_that_share_an_action_are_tried_in_order() -> None:
    def is_small(subject: int, context: object) -> Refusal | None:
        return None if subject < 100 else Refusal("loan.is_small", "Too much.")

    workflow = Workflow(
        "loan", "open", [Transition("open", "pay", "paid", guard=is_small), Transition("open", "pay", "held")]
    )

    assert workflow.apply("open", "pay", roles=None, subject=50) == "paid"
    assert workflow.apply("open", "pay", roles=None, subject=500) == "held"


def test_a_state_that_cannot_be_reached_is_found_at_definition() -> None:
    with pytest.raises(ValueError, match="unreachable from draft: lost"):
        Workflow("loan", "draft", [Transition("draft", "submit", "sent"), Transition("lost", "find", "draft")])


def test_a_row_that_can_never_be_chosen_is_found_at_definition() -> None:
    with pytest.raises(ValueError, match="never be chosen"):
        Workflow("loan", "draft", [Transition("draft", "send", "sent"), Transition("draft", "send", "gone", CHAIR)])


def test_an_unknown_state_is_a_defect_not_a_refusal() -> None:
    with pytest.raises(ValueError, match="no state"):
        LOAN.apply("limbo", "submit", roles=None)


def test_the_diagram_shows_every_move_with_who_takes_it() -> None:
    assert LOAN.mermaid() == (
        "stateDiagram-v2\n"
        "    [*] --> draft\n"
        "    draft --> submitted: submit\n"
        "    submitted --> draft: return (chair)\n"
        "    submitted --> reviewed: review (chair)\n"
        "    submitted --> rejected: reject (officer)\n"
        "    reviewed --> rejected: reject (officer)\n"
        "    reviewed --> approved: approve (officer)\n"
        "    rejected --> [*]\n"
        "    approved --> [*]\n"
    )


@given(
    st.sampled_from(LOAN.states), st.text(max_size=12), st.frozensets(st.sampled_from(["chair", "officer", "member"]))
)
def test_an_action_succeeds_exactly_when_it_is_named_legal(state: str, action: str, roles: frozenset[str]) -> None:
    for tried in (action, *LOAN.legal(state)):
        try:
            LOAN.apply(state, tried, roles=roles, context="a reason")
            succeeded = True
        except (Refused, NotAllowed):
            succeeded = False
        assert succeeded == (tried in LOAN.legal(state, roles))
