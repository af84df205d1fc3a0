"""Goods for the holidays: programmes, cycles with packages and slots, entitlements, hand-outs."""

from gateway.http.routes import Route
from services.contracts.welfare.programmes import operations as contract

_CYCLE = "/welfare/cycles/<uuid:cycle_id>"
_ENTITLEMENT = "/welfare/entitlements/<uuid:entitlement_id>"

ROUTES = (
    Route("GET", "/welfare/programmes", contract.list_programmes),
    Route("POST", "/welfare/programmes", contract.create_programme, 201),
    Route("GET", "/welfare/programmes/<uuid:programme_id>/cycles", contract.list_cycles),
    Route(
        "POST", "/welfare/programmes/<uuid:programme_id>/cycles", contract.create_cycle, 201,
        location="/welfare/cycles/{id}",
    ),
    Route("GET", _CYCLE, contract.get_cycle),
    Route("POST", f"{_CYCLE}/packages", contract.add_package, 201),
    Route("PUT", "/welfare/packages/<uuid:package_id>/stock", contract.set_package_stock),
    Route("POST", f"{_CYCLE}/slots", contract.add_pick_up_slot, 201),
    Route("POST", f"{_CYCLE}/compute", contract.compute_cycle, 202),
    Route("POST", f"{_CYCLE}/approve", contract.approve_cycle),
    Route("POST", f"{_CYCLE}/cancel", contract.cancel_cycle),
    Route("GET", f"{_CYCLE}/entitlements", contract.list_goods_entitlements),
    Route("GET", f"{_CYCLE}/exclusions", contract.list_exclusions),
    Route("GET", f"{_CYCLE}/reconciliation", contract.reconcile_cycle),
    Route("GET", f"{_CYCLE}/reconciliation/packages", contract.reconcile_packages),
    Route("POST", f"{_CYCLE}/claim-again", contract.claim_goods_again),
    Route("POST", f"{_CYCLE}/signed-lists", contract.sync_signed_list),
    Route("GET", "/me/goods", contract.my_goods),
    Route("GET", _ENTITLEMENT, contract.get_my_goods),
    Route("POST", f"{_ENTITLEMENT}/choose", contract.choose_package),
    Route("PUT", f"{_ENTITLEMENT}/proxy", contract.name_proxy),
    Route("GET", "/welfare/hand-outs/goods", contract.look_up_goods),
    Route("POST", "/welfare/hand-outs", contract.record_hand_out, 201),
)  # fmt: skip
