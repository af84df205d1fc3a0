"""Operations of options."""

from services.activities.options.use_cases import reading, setting
from services.chassis.entrypoints import answers
from services.contracts.activities.options import operations as contract


@answers(
    (contract.get_options, reading.get_options),
    (contract.set_options, setting.set_options),
)
class OptionEntrypoints:
    """The form of an activity over RPC."""
