"""Operations of statements."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.contracts.welfare import statement as contract
from services.welfare.statement.use_cases import telling


# A statement tells of health and family; replies are not stored with a key, repeating only logs the look again.
@answers((contract.my_statement, telling.my_statement))
@answers((contract.read_statement, telling.read_statement), store_reply=False)
class StatementEntrypoints:
    """Statements over RPC."""
