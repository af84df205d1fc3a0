"""The way of a purchase as a table; rows for `system` are moved by the funds' answers."""

from services.chassis.rules.workflow import Transition, Workflow

_OFFICER = frozenset({"officer"})
_HANDS = frozenset({"chair", "officer"})
_SYSTEM = frozenset({"system"})

ORDERED = ("decided", "contracted")
"""States in which goods are on their way."""
BEFORE_ORDER = ("need", "quoting")
BILLED = ("invoiced", "refused")
"""States in which a payment can be requested."""
LIVE = ("need", "quoting", "decided", "contracted", "accepted", "invoiced", "payment_requested", "paid", "refused")
"""All states but that of a cancelled purchase."""

PURCHASE = Workflow(
    "purchase",
    "need",
    [
        Transition(BEFORE_ORDER, "quote", "quoting", _OFFICER),
        Transition("quoting", "drop_quotes", "need", _OFFICER),
        Transition("quoting", "decide", "decided", _OFFICER),
        Transition("decided", "undo_decision", "quoting", _OFFICER),
        Transition("decided", "sign", "contracted", _OFFICER),
        Transition("contracted", "undo_contract", "decided", _OFFICER),
        Transition(ORDERED, "take_delivery", "accepted", _HANDS),
        Transition("need", "cancel", "cancelled", _HANDS),
        Transition(("quoting", *ORDERED), "cancel", "cancelled", _OFFICER),
        Transition(("accepted", *BILLED), "invoice", "invoiced", _OFFICER),
        Transition(BILLED, "reverse_invoices", "accepted", _OFFICER),
        Transition(BILLED, "request_payment", "payment_requested", _OFFICER),
        Transition("payment_requested", "pay", "paid", _SYSTEM),
        Transition("payment_requested", "refuse_payment", "refused", _SYSTEM),
        Transition(("payment_requested", "paid"), "reverse_payment", "refused", _SYSTEM),
    ],
)
