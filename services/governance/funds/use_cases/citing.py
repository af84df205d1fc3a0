"""The decision of a meeting that an entry cites: it must have passed and stand, and its number is kept in the entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.governance.funds import citing_rules
from services.governance.meetings.use_cases.decisions import decision_of


def decision_text(tx: Transaction, request: Mapping[str, Any]) -> str:
    """Return what an entry says of the decision behind it, with the number of the one that is cited.

    Raises:
        Refused: the decision that is cited did not pass or does not stand, or the text is too long with its number.
    """
    written: str = request["decision"]
    if request["decision_id"] is None:
        return written
    cited = decision_of(tx, request["decision_id"])
    refuse_first(citing_rules.cited_decision_stands(cited is not None))
    if cited is None or cited.number in written:
        return written
    told = f"{cited.number} {written}"
    refuse_first(citing_rules.cited_decision_fits(told, cited.number))
    return told
