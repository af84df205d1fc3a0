"""What the gateway does in steps by itself: lists, cards and slips written to files."""

from __future__ import annotations

from typing import Any

from gateway.identity.grants import roles_of_account
from gateway.jobs import card_sheets, ledger_proof, slips
from gateway.portal import list_exports
from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Grant
from services.contracts.gateway.accounts import start_slips
from services.contracts.gateway.jobs import print_cards, prove_ledger


def _draw_cards(gateway: GatewayWork, database: Database, context: CallContext, job: Job) -> card_sheets.Drawn:
    return card_sheets.draw(gateway.http, database, context, job)


def _draw_slips(gateway: GatewayWork, database: Database, context: CallContext, job: Job) -> slips.Drawn:
    return slips.draw(gateway.http, database, context, job)


def _prove_part(gateway: GatewayWork, database: Database, context: CallContext, job: Job) -> dict[str, Any]:
    return ledger_proof.prove(gateway.http, database, context, job)


def _read_list(gateway: GatewayWork, database: Database, context: CallContext, job: Job) -> Any:
    return list_exports.read(gateway.http, database, context, job)


class GatewayWork:
    """Long work of the gateway; `http` is its app, in which a step is prepared as a request would be answered."""

    http: Any
    runtime: Any

    def roles_of_asker(self, context: CallContext) -> tuple[Grant, ...]:
        """Return the roles of the account that asked for a job, none when it was closed."""
        with self.runtime.call(context).transaction() as tx:
            return roles_of_account(tx.session, context.principal.account_id, tx.today)

    @long_work(card_sheets.KIND, print_cards, prepare=_draw_cards)
    def do_print_cards(self, tx: Transaction, job: Job, drawn: card_sheets.Drawn) -> bool:
        return card_sheets.keep(tx, job, drawn)

    @long_work(slips.KIND, start_slips, prepare=_draw_slips)
    def do_print_account_slips(self, tx: Transaction, job: Job, drawn: slips.Drawn) -> bool:
        return slips.keep(tx, job, drawn)

    @long_work(ledger_proof.KIND, prove_ledger, prepare=_prove_part)
    def do_prove_ledger(self, tx: Transaction, job: Job, part: dict[str, Any]) -> bool:
        return ledger_proof.keep(tx, job, part)

    # Each page of a list is authorised by the service it comes from.
    @long_work("export_list", None, prepare=_read_list)
    def do_export_list(self, tx: Transaction, job: Job, pages: list[dict[str, Any]]) -> bool:
        done: bool = list_exports.keep(self.http, tx, job, pages)
        return done
