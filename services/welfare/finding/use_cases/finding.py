"""Finding by words in the things that all subjects let the caller find."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.welfare.care_campaigns.use_cases import found as care_campaigns
from services.welfare.charity.use_cases import found as charity
from services.welfare.examinations.use_cases import found as examinations
from services.welfare.mutual_aid.use_cases import found as mutual_aid
from services.welfare.procurement.use_cases import found as procurement
from services.welfare.programmes.use_cases import found as programmes
from services.welfare.recuperation.use_cases import found as recuperation
from services.welfare.requests.use_cases import found as requests

_SOURCES = (programmes, recuperation, examinations, charity, mutual_aid, procurement, care_campaigns, requests)
_MOST_WORDS = 8


def find_in_welfare(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of what has all words in title or text, newest first; what a caller's lists hide is not found."""
    selects = [select for source in _SOURCES for select in source.found_by(tx.principal)]
    things = sa.union_all(*selects).subquery("things")
    line = things.c.title + " " + sa.func.coalesce(things.c.text, "")
    words = request["q"].split()[:_MOST_WORDS]
    statement = sa.select(things).where(*(line.icontains(word, autoescape=True) for word in words))
    page = page_of(tx, statement, request, [(things.c.id, "desc")])
    return page.reply([dict(row._mapping) for row in page.rows])
