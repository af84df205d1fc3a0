"""Operations on one's own data, and erasure after the retention periods."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_call
from services.chassis.files.attachments import examined_before, paper_of
from services.chassis.jobs.runner import long_work
from services.contracts.membership import corrections, retention
from services.contracts.membership import privacy as contract
from services.membership.privacy.use_cases import breach, consenting, correcting, erasing, own_copy

ONE_HOUR = 3600


@answers(
    (contract.give_consent, consenting.give_consent),
    (contract.withdraw_consent, consenting.withdraw_consent),
    (corrections.list_my_corrections, correcting.list_my_corrections),
    (corrections.list_corrections, correcting.list_corrections),
    (corrections.take_back_correction, correcting.take_back_correction),
    (corrections.decide_correction, correcting.decide_correction),
    (retention.list_retention_rules, erasing.list_retention_rules),
    (retention.preview_erasures, erasing.preview_erasures),
    (retention.make_breach_list, breach.make_breach_list),
)
@answers(
    (corrections.ask_correction, correcting.ask_correction),
    prepare=examined_before(correcting.may_attach_evidence, paper_of, within="evidence"),
)
# A reply stored with an idempotency key would contain the plain values.
@answers(
    (corrections.open_correction, correcting.open_correction),
    (contract.my_record, own_copy.my_record),
    store_reply=False,
)
class PrivacyEntrypoints:
    """Members' own data over RPC."""

    erase_due = every(ONE_HOUR, "erase_due", erasing.erase_due)
    write_breach_list = long_work(breach.KIND, retention.make_breach_list, breach.list_part)

    @on_call(contract.my_consents)
    def my_consents(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return consenting.my_consents(tx)
