"""Asking for long work that the gateway does itself (门户任务): sheets of cards, the proof of the ledger."""

from marshmallow import fields

from services.chassis.schema import Empty, Line, Operation, Schema
from services.contracts.governance.congress.session_refs import SessionRef
from services.contracts.governance.funds.vocabulary import READERS
from services.contracts.jobs import Job
from services.contracts.membership.person import employment_choice

MOST_PRINTED = 5000
"""Cards of one piece of work; more are printed unit by unit."""

_PRINTS = frozenset({"officer", "chair"})


class PrintCards(Schema):
    """The cards of a filtered list of active members, on sheets of ten."""

    q = Line(50, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    group_id = fields.UUID(load_default=None, allow_none=True)
    employment = employment_choice(load_default=None, allow_none=True)


print_cards = Operation(
    "gateway", "print_cards", PrintCards, Job, _PRINTS, "command",
    "Draw the cards of a filtered list as PDFs, ten a page, in one archive; long work, logged. A chair: own unit.",
    title="批量打印会员卡",
)  # fmt: skip
prove_ledger = Operation(
    "gateway", "prove_ledger", Empty, Job, frozenset(READERS), "command",
    "Verify numbers, balance and hash chain of the whole ledger; long work, its result is the verdict.",
    title="校验整本账",
)  # fmt: skip
archive_session = Operation(
    "gateway", "archive_session", SessionRef, Job, frozenset({"officer"}), "command",
    "Make the archive of a closed session of the congress: one zip with a manifest of SHA-256; long work, logged.",
    title="制作代表大会会议档案",
)  # fmt: skip
