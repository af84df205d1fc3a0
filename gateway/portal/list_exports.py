"""Exports a list of the console to a file: at once if it is short, else by a job that reads it page by page.

If a list shows people, the export needs a purpose and is logged. Pages are stored encrypted and read one at a time when
the file is written, so that memory holds one page and the file only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from gateway.identity.current import current_context
from gateway.jobs import requests
from gateway.portal.exporting import Exportable, as_file, media_type_of, people_in, request_of, shown, written
from gateway.portal.languages import selected_language
from gateway.rpc.calls import call
from gateway.runtime import gateway
from gateway.subject import installed
from services.chassis.database.history import note_access
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput
from services.chassis.jobs import job_files
from services.chassis.jobs.jobs import Job

KIND = "export_list"
AT_ONCE = 1000
"""Rows exported within the request; longer lists are exported by a job."""
MOST_ROWS = 500_000
PAGE = 100
_PAGES_PER_STEP = 5


def file_or_job(name: str, values: Mapping[str, str], kind: str, purpose: str) -> tuple[dict[str, Any] | None, str]:
    """Return a short list as a file, or the id of the job that writes a long one.

    Args:
        name: of the list.
        values: the filters chosen on its page.
        kind: one of `TABLE_FORMATS`.
        purpose: why, where people are shown.

    Raises:
        InvalidInput: the purpose is missing.
    """
    what = installed().exports[name]
    asked = request_of(what, values, purpose)
    items: list[dict[str, Any]] = []
    for page in _pages(what, asked, None, AT_ONCE // PAGE):
        items += page["items"]
    if page["next_cursor"]:
        log = (f"list/{name}", "long work", purpose) if what.personal else None
        told = {"filters": dict(values), "purpose": purpose, "language": selected_language()}
        return None, requests.start(KIND, {"list": name, "kind": kind}, told, log, None)["id"]
    _note(name, what, len(items), purpose)
    content = written(_columns(what), shown(what, items, people_in(what, items)), kind)
    return as_file(str(what.title), kind, content), ""


def read(asked: Mapping[str, Any], job: Job) -> list[dict[str, Any]]:
    """Read the next pages of a list, with the names on them."""
    what = installed().exports[job.params["list"]]
    request = request_of(what, asked["filters"], asked["purpose"])
    pages = _pages(what, request, (job.position or {}).get("cursor"), _PAGES_PER_STEP)
    return [{**page, "people": people_in(what, page["items"])} for page in pages]


def keep(tx: Transaction, job: Job, pages: list[dict[str, Any]]) -> bool:
    """Keep the pages just read; after the last ones write the file."""
    for page in pages:
        job_files.keep(tx, job, job_files.PART, page)
        job.done += len(page["items"])
    cursor = pages[-1]["next_cursor"]
    job.position = {"cursor": cursor}
    if job.done > MOST_ROWS:
        detail = f"The list has more than {MOST_ROWS} rows; narrow it."
        raise InvalidInput(detail, rule="export.list_is_short_enough", params={"most": MOST_ROWS})
    if cursor:
        return False
    what, kind = installed().exports[job.params["list"]], job.params["kind"]
    content = written(_columns(what), _kept_rows(what, tx, job), kind)
    name = f"{what.title}-{tx.today:%Y%m%d}.{kind.partition('-')[0]}"
    job_files.finish(tx, job, name, content, media_type_of(kind))
    return True


def _pages(what: Exportable, asked: Mapping[str, Any], cursor: str | None, most: int) -> Iterator[dict[str, Any]]:
    """Yield pages of a list from a cursor on, at least one, with a limit."""
    read = what.read or partial(call, what.operation)
    limit = {"limit": PAGE} if "limit" in what.operation.request_schema.fields else {}
    for _ in range(most):
        page = read({**asked, **limit, **({"cursor": cursor} if cursor else {})})
        cursor = page.get("next_cursor")
        yield {"items": _values(what, page["items"]), "next_cursor": cursor}
        if not cursor:
            return


def _values(what: Exportable, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the exported values of the items only."""
    return [{column.key: column.of(item) for column in what.cells} for item in items]


def _kept_rows(what: Exportable, tx: Transaction, job: Job) -> Iterator[dict[str, Any]]:
    for part in job_files.each(tx, job):
        yield from shown(what, part["items"], part["people"])


def _columns(what: Exportable) -> list[tuple[str, str]]:
    return [(column.key, str(column.heading)) for column in what.cells]


def _note(name: str, what: Exportable, rows: int, purpose: str) -> None:
    """Log who exported which list for which purpose; services also log access to their lists of people."""
    if not what.personal:
        return
    with gateway().transaction(current_context()) as tx:
        note_access(tx, f"list/{name}", f"{rows} rows", purpose)
