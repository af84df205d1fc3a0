"""Operations of programmes of goods, the job that computes a list, and what the days bring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.process.runtime import Work
from services.chassis.rpc.context import CallContext
from services.contracts.welfare.programmes import operations as contract
from services.welfare.programmes.use_cases import (
    approving,
    claims,
    computing,
    handing_out,
    own,
    reading,
    setting_up,
    signed_lists,
    turns,
)

_SECONDS = 5


def _ask_facts(self: Any, _database: Database, context: CallContext, job: Job) -> dict[str, Any]:
    work: Work = self.runtime
    return computing.ask_facts(work.call(context), job)


@answers(
    (contract.create_programme, setting_up.create_programme),
    (contract.list_programmes, setting_up.list_programmes),
    (contract.create_cycle, setting_up.create_cycle),
    (contract.list_cycles, setting_up.list_cycles),
    (contract.get_cycle, setting_up.get_cycle),
    (contract.add_package, setting_up.add_package),
    (contract.set_package_stock, setting_up.set_package_stock),
    (contract.add_pick_up_slot, setting_up.add_pick_up_slot),
    (contract.cancel_cycle, setting_up.cancel_cycle),
    (contract.compute_cycle, computing.compute_cycle),
    (contract.approve_cycle, approving.approve_cycle),
    (contract.list_goods_entitlements, reading.list_goods_entitlements),
    (contract.list_exclusions, reading.list_exclusions),
    (contract.reconcile_cycle, reading.reconcile_cycle),
    (contract.reconcile_packages, reading.reconcile_packages),
    (contract.claim_goods_again, claims.claim_goods_again),
    (contract.read_goods_code, reading.read_goods_code),
    (contract.my_goods, own.my_goods),
    (contract.get_my_goods, own.get_my_goods),
    (contract.choose_package, own.choose_package),
    (contract.look_up_goods, handing_out.look_up_goods),
    (contract.record_hand_out, handing_out.record_hand_out),
    (contract.sync_signed_list, signed_lists.sync_signed_list),
)
# The reply holds the proxy's name, which must not be stored with an idempotency key.
@answers((contract.name_proxy, own.name_proxy), store_reply=False)
class ProgrammeEntrypoints:
    """The operations of programmes."""

    tell_entitled_members = every(_SECONDS, "goods-told", turns.tell_entitled)
    choose_default_packages = every(_SECONDS, "goods-defaults", turns.choose_defaults)
    expire_goods = every(_SECONDS, "goods-expiry", turns.expire)

    @long_work(computing.KIND, contract.compute_cycle, prepare=_ask_facts)
    def compute_goods_list(self, tx: Transaction, job: Job, facts: Mapping[str, Any]) -> bool:
        """Decide about the next members."""
        return computing.compute_part(tx, job, facts)
