"""Documents of many members: drawn at once when they are few, else by a job that draws some sheets in each step.

The sheets show people: they are kept, sealed, only until they are fetched.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from gateway.pdf.printing import printed
from gateway.rpc.calls import unit_names
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused
from services.chassis.jobs import job_files
from services.chassis.jobs.jobs import Job

PER_STEP = 50
"""Papers drawn in one step, which takes a second."""
_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Drawn:
    """Sheets drawn in one step, and the member number after which the next ones begin; None after the last."""

    title: str
    name: str
    content: bytes
    papers: int
    next_after: str | None


def paper(name: str, content: bytes) -> dict[str, Any]:
    """Return a PDF as the reply a download is made of."""
    return {"name": name, "media_type": "application/pdf", "content": base64.b64encode(content).decode("ascii")}


def title_of(noun: str, unit_id: Any) -> str:
    """Return what papers of a unit are called, or those of the whole union when it is None."""
    return f"{unit_names().get(str(unit_id), {}).get('name', '')}{noun}"


def require_printable(total: int, most: int, *, what: str, too_many: str, none: tuple[str, str]) -> int:
    """Return how many papers are printed.

    Args:
        total: how many there are.
        most: printed in one go.
        what: what they are called in English.
        too_many: the rule that refuses more.
        none: the rule that refuses none, and what it says.

    Raises:
        Refused: there are none, or too many.
    """
    if 0 < total <= most:
        return total
    rule, detail = (too_many, f"At most {most} {what} are printed in one go.") if total else none
    raise Refused(detail, rule=rule, params={"most": most, "total": total})


def draw(
    document: str, title: str, papers: Sequence[dict[str, Any]], numbers: Sequence[str], next_after: str | None
) -> Drawn:
    """Draw the next papers, named after the first and last member number on them.

    Args:
        document: how `gateway.pdf` draws them.
        title: of all of them together.
        papers: what stands on each.
        numbers: the member number of each.
        next_after: the number after which the next ones begin; None when these are the last.
    """
    name = f"{title} {numbers[0]}-{numbers[-1]}" if numbers else ""
    return Drawn(title, name, printed(document, name, papers) if papers else b"", len(papers), next_after)


def keep(tx: Transaction, job: Job, drawn: Drawn) -> bool:
    """Keep the sheets just drawn; after the last ones put all into one archive."""
    if drawn.papers:
        job_files.keep_bytes(tx, job, job_files.PART, f"{drawn.name}.pdf", drawn.content, "application/pdf", _KEPT)
    job.done += drawn.papers
    job.position = {"after": drawn.next_after}
    if drawn.next_after:
        return False
    name = f"{drawn.title}-{tx.today:%Y%m%d}.zip"
    job_files.finish(tx, job, name, job_files.bundled(tx, job), "application/zip", _KEPT)
    return True


def position_of(job: Job) -> str | None:
    """Return the member number after which the next papers begin, None at the beginning."""
    return (job.position or {}).get("after")
