"""Words of rules that belong to no subject: shared ones, and figures of the rulebook.

The rules of a subject stand with it in `rule_messages.py`: for each what it asserts and what to tell the person;
sentences may use the figures the refusal carries. A rule without a row is shown as the service put it, and a test names
it.
"""

AMOUNTS = frozenset(
    (
        "amount",
        "asked",
        "asked_for",
        "available",
        "budget",
        "cap",
        "committed",
        "insured",
        "left",
        "needed",
        "owed",
        "paid",
        "price",
        "spent",
    )
)
"""Figures of refusals that are yuan, whatever the rule."""
AMOUNTS_OF = {
    "dues.base_is_possible": frozenset(("most",)),
    "recuperation.insurance_is_enough": frozenset(("least",)),
    "procurement.need_is_not_split": frozenset(("sum",)),
    "procurement.decision_is_of_what_was_seen": frozenset(("seen",)),
    "procurement.dearer_quote_has_a_reason": frozenset(("cheapest",)),
    "procurement.invoices_are_covered": frozenset(("invoiced", "accepted")),
    "procurement.payment_is_of_what_was_seen": frozenset(("invoiced", "seen")),
    "charity.hand_over_is_explained": frozenset(("handed", "given")),
    "hardship.sum_is_within_cap": frozenset(("granted", "given")),
    "mutual_aid.paid_is_within_sum": frozenset(("most",)),
    "clubs.grant_is_within": frozenset(("most",)),
}
"""Figures that are yuan in one rule and something else in others, by rule."""
