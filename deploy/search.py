"""`gonghui search rebuild`: writes the index of the search anew, while the services run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.process.runner import calling
from services.chassis.process.settings import settings
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import service_principal


def rebuild() -> Iterator[str]:
    """Bring the views of what is found up to their owners, then write the entries of each kind anew.

    Yields a line for each. Can be interrupted and repeated.
    """
    from gateway.read_models import awards, search_index
    from gateway.read_models.entrypoints import indexed_kinds
    from gateway.subjects import SUBJECTS

    context = CallContext(principal=service_principal("cli"))
    with closing(Database(settings().database_url_of("gateway"), pool_size=1)) as database, calling("cli") as client:

        def ask(operation: Operation, payload: dict[str, Any]) -> dict[str, Any]:
            return client.call(operation, payload, context, 60.0)

        for rows in awards.pages_of_owner(ask):
            with transaction(database, context) as tx:
                awards.keep_page(tx, rows)
        for indexed in indexed_kinds(SUBJECTS):
            with transaction(database, context) as tx:
                count = search_index.rebuild(tx, indexed)
            yield f"{indexed.kind}: {count:,} entries"
