"""Operations of registration."""

from services.activities.registration.use_cases import (
    basis,
    checking,
    counting,
    deciding,
    filling,
    handing_over,
    holding,
    offers,
    reading,
    registering,
)
from services.chassis.entrypoints import answers, every
from services.contracts.activities import facts as facts_contract
from services.contracts.activities.registration import decisions, holds
from services.contracts.activities.registration import operations as contract

_ONE_MINUTE, _SECONDS = 60, 10


@answers(
    (contract.register, registering.register),
    (contract.check_registration, checking.check_registration),
    prepare=registering.prepare_own,
)
@answers(
    (contract.register_batch, registering.register_batch),
    (contract.register_members, registering.register_members),
    (contract.check_registrations, checking.check_registrations),
    prepare=registering.prepare_named,
)
@answers(
    (contract.cancel_registration, registering.cancel_registration),
    (contract.answer_offer, offers.answer_offer),
    prepare=filling.prepare_cancelling,
)
@answers(
    (decisions.approve_registrations, deciding.approve_registrations),
    (decisions.refuse_registrations, deciding.refuse_registrations),
    (decisions.set_priority, deciding.set_priority),
    prepare=deciding.prepare_deciding,
)
@answers(
    (decisions.take_over, handing_over.take_over),
    (holds.hold_seat, holding.hold_seat),
    prepare=registering.prepare_own,
)
@answers((holds.release_hold, holding.release_hold), prepare=filling.prepare_cancelling)
@answers((decisions.withdraw_hand_over, handing_over.withdraw_hand_over))
# A code stored with an idempotency key would be readable.
@answers((decisions.offer_hand_over, handing_over.offer_hand_over), store_reply=False)
# A reply stored with an idempotency key would keep the facts.
@answers((facts_contract.open_decision_basis, basis.open_decision_basis), store_reply=False)
# Its own transaction: membership is asked for its members, page by page.
@answers((facts_contract.count_audience, counting.count_audience), own_transaction=True)
@answers(
    (contract.list_registrations, reading.list_registrations),
    (contract.turnout, reading.turnout),
    (contract.my_registrations, reading.my_registrations),
    (contract.my_invitations, reading.my_invitations),
)
class RegistrationEntrypoints:
    """Registrations over RPC."""

    fill_seats = every(_ONE_MINUTE, "fill-seats", filling.fill_seats, own_transaction=True)
    drop_holds = every(_SECONDS, "drop-holds", holding.drop_holds, own_transaction=True)
    lapse_offers = every(_ONE_MINUTE, "lapse-offers", offers.lapse_offers, own_transaction=True)
