"""The union's rules in words, for whoever was refused, a module per service; subjects take them in.

Each table says for a rule what it asserts and what to tell the person; sentences may use the figures the refusal
carries. A rule without a row is shown as the service put it, and a test names it.
"""

from __future__ import annotations

AMOUNTS = frozenset(
    (
        "amount",
        "asked",
        "asked_for",
        "available",
        "budget",
        "cap",
        "committed",
        "left",
        "needed",
        "owed",
        "paid",
        "spent",
    )
)
"""Figures of refusals that are yuan, whatever the rule."""
AMOUNTS_OF = {"dues.base_is_possible": frozenset(("most",))}
"""Figures that are yuan in one rule and something else in others, by rule."""
