"""What can be asked about the wordings of consent."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.contracts.membership import consents as contract
from services.membership.consents.use_cases import wordings


class ConsentEntrypoints:
    """Wordings over RPC."""

    @query(contract.list_consent_texts)
    def list_consent_texts(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return wordings.list_consent_texts(tx, request)

    @command(contract.publish_consent_text)
    def publish_consent_text(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return wordings.publish_consent_text(tx, request)
