"""Operations of retirement, and its background jobs."""

from services.chassis.entrypoints import answers
from services.chassis.jobs.runner import long_work
from services.contracts.membership import retirement as contract
from services.membership.retirement.use_cases import confirming, dates, roster


@answers(
    (contract.member_retirement, dates.member_retirement),
    (contract.retirement_roster, roster.retirement_roster),
    (contract.set_approved_month, dates.set_approved_month),
    (contract.confirm_retirement, confirming.confirm_retirement),
    (contract.confirm_retirements, confirming.confirm_retirements),
    (contract.undo_retirement, confirming.undo_retirement),
)
# A reply stored with an idempotency key would contain the roster.
@answers((contract.export_retirement_roster, roster.export_retirement_roster), store_reply=False)
class RetirementEntrypoints:
    """Retirement over RPC."""

    confirm_some_retirements = long_work(confirming.KIND, contract.confirm_retirements, confirming.confirm_some)
