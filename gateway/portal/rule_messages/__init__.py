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
}
"""Figures that are yuan in one rule and something else in others, by rule."""
