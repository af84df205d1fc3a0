"""The gateway's own jobs (门户任务): lists and membership cards written to files. Answered by the gateway itself.

Belongs here: how far it is, stopping it, its files, as in membership's jobs; and asking for sheets of cards.
"""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Empty, Operation, Page, Schema, Text
from services.contracts.files import FileContent
from services.contracts.governance.funds.vocabulary import READERS
from services.contracts.membership.jobs import Job, JobFile, JobFilter, JobRef
from services.contracts.membership.person import employment_choice

MOST_PRINTED = 5000
"""Cards of one piece of work; more are printed unit by unit."""

_ALLOW = frozenset({"officer", "chair", "auditor", "ops"})
_PRINTS = frozenset({"officer", "chair"})


class PrintCards(Schema):
    """The cards of a filtered list of active members, on sheets of ten."""

    q = Text(50, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    group_id = fields.UUID(load_default=None, allow_none=True)
    employment = employment_choice(load_default=None, allow_none=True)


list_own_jobs = Operation(
    "gateway", "list_own_jobs", JobFilter, Page(Job), _ALLOW, "query",
    "The gateway's own long work, latest first; everybody sees his own, officers and operators all.",
)  # fmt: skip
get_own_job = Operation("gateway", "get_own_job", JobRef, Job, _ALLOW, "query", "How far one job of the gateway is.")
cancel_own_job = Operation(
    "gateway", "cancel_own_job", JobRef, Job, _ALLOW, "command",
    "Stop a job of the gateway after the step under way.",
)  # fmt: skip
retry_own_job = Operation(
    "gateway", "retry_own_job", JobRef, Job, _ALLOW, "command",
    "Let a job of the gateway that failed or was stopped go on where it was.",
)  # fmt: skip
read_own_job_file = Operation(
    "gateway", "read_own_job_file", JobFile, FileContent, _ALLOW - {"ops"}, "query",
    "A file a job of the gateway has made, while it is kept.",
)  # fmt: skip
print_cards = Operation(
    "gateway", "print_cards", PrintCards, Job, _PRINTS, "command",
    "Draw the cards of a filtered list as PDFs, ten a page, in one archive; long work, logged. A chair: own unit.",
)  # fmt: skip
prove_ledger = Operation(
    "gateway", "prove_ledger", Empty, Job, frozenset(READERS), "command",
    "Verify numbers, balance and hash chain of the whole ledger; long work, its result is the verdict.",
)  # fmt: skip
