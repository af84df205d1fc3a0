"""A process that prints slips as the gateway's long work does, until none are left: `python -m ... DATABASE_URL JOB`.

Membership is not there; everybody is called the same. It tells on standard output how many slips are done.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Any
from uuid import UUID

from gateway.app import create_app
from gateway.jobs.entrypoints import kept, prepared
from gateway.subjects import SUBJECTS
from services.chassis.database.engine import Database
from services.chassis.jobs import lease
from services.chassis.jobs.runner import advance
from services.chassis.jobs.tables import Job


class Names:
    """Answers in membership's place."""

    def call(self, operation: Any, payload: dict[str, Any], *_: Any) -> dict[str, Any]:
        """Return a name for each id."""
        return {"items": [{"id": one, "name": "王新"} for one in payload.get("ids", ())], "next_cursor": None}


def print_all(url: str, job_id: UUID) -> None:
    """Do one chunk after the other."""
    # What held the job before was killed: nobody waits here until its lease has ended.
    lease.SECONDS = 0.0
    database = Database(url, pool_size=5)
    app = create_app(database, Names(), with_portal=False)
    slips = SUBJECTS.jobs["print_account_slips"]
    keep, draw = partial(kept, slips, app), partial(prepared, slips, app)
    while True:
        advance(database, job_id, keep, draw)
        with database.session() as session:
            job = session.get_one(Job, job_id)
            print(job.state, job.done, flush=True)
            if job.state not in ("queued", "running"):
                return


if __name__ == "__main__":
    print_all(sys.argv[1], UUID(sys.argv[2]))
