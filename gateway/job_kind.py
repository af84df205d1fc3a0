"""What a subject declares of its long work: how it is prepared and kept, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction
    from services.chassis.jobs.jobs import Job
    from services.chassis.schema import Operation


@dataclass(frozen=True)
class JobKind:
    """A kind of long work.

    Both functions run as in a request of the account that asked for the job.

    Args:
        name, words: the word jobs are started with, and what it is called.
        asked_by: the operation that starts it; None where each step is authorised by itself, as a service's answer.
        prepare: called as `prepare(asked, job)` before a step's transaction: asks services, draws; None, like `keep`,
            when another service does the work.
        keep: called as `keep(tx, job, prepared)`; stores what was prepared, and returns True after the last step.
        result: template that shows a job's result, which it gets as `result`.
        page: endpoint of the page where what it did is seen, without "portal."; None for none.
    """

    name: str
    words: Any
    asked_by: Operation | None = None
    prepare: Callable[[Mapping[str, Any], Job], Any] | None = None
    keep: Callable[[Transaction, Job, Any], bool] | None = None
    result: str | None = None
    page: str | None = None
