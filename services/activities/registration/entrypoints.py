"""Operations of registration."""

from services.activities.registration.use_cases import reading, registering
from services.chassis.entrypoints import answers
from services.contracts.activities.registration import operations as contract


@answers(
    (contract.register, registering.register),
    (contract.register_batch, registering.register_batch),
    (contract.register_members, registering.register_members),
    (contract.cancel_registration, registering.cancel_registration),
    (contract.check_registrations, reading.check_registrations),
    (contract.check_registration, reading.check_registration),
    (contract.list_registrations, reading.list_registrations),
    (contract.turnout, reading.turnout),
    (contract.my_registrations, reading.my_registrations),
    (contract.my_invitations, reading.my_invitations),
)
class RegistrationEntrypoints:
    """Registrations over RPC."""
