"""One's own data: consents, the own copy, corrections; and for officers what the law asks of the union."""

from __future__ import annotations

from typing import Any

from gateway.http.routes import Route
from gateway.identity.current import require_account
from gateway.subjects.membership.privacy import data_export
from services.contracts.gateway.identity import download_my_data
from services.contracts.membership import corrections
from services.contracts.membership.facts import list_fact_uses
from services.contracts.membership.privacy import give_consent, my_consents, my_record, withdraw_consent
from services.contracts.membership.record.attachments import LARGEST_DOCUMENT
from services.contracts.membership.retention import list_retention_rules, make_breach_list, preview_erasures

_CORRECTION = "/membership/corrections/<uuid:correction_id>"


def _download(payload: dict[str, Any]) -> dict[str, Any]:
    return data_export.copy_of(require_account(), payload["password"])


ROUTES = (
    Route("GET", "/me/consents", my_consents),
    Route("POST", "/me/consents", give_consent),
    Route("POST", "/me/consents/<uuid:consent_id>/withdraw", withdraw_consent),
    Route("POST", "/me/record", my_record),
    Route("POST", "/me/data", download_my_data, answer=_download, download=True, limit="10/minute"),
    Route("GET", "/me/corrections", corrections.list_my_corrections),
    Route("POST", "/me/corrections", corrections.ask_correction, 201, upload=LARGEST_DOCUMENT),
    Route("POST", "/me/corrections/<uuid:correction_id>/take-back", corrections.take_back_correction),
    Route("GET", "/membership/corrections", corrections.list_corrections),
    Route("POST", f"{_CORRECTION}/open", corrections.open_correction),
    Route("POST", f"{_CORRECTION}/decide", corrections.decide_correction),
    Route("GET", "/membership/retention/rules", list_retention_rules),
    Route("GET", "/membership/retention/preview", preview_erasures),
    Route("GET", "/membership/fact-uses", list_fact_uses),
    Route("POST", "/membership/breach-lists", make_breach_list, 201),
)
