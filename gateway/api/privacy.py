"""One's own data: consents, the own copy, corrections; and for officers what the law asks of the union."""

from __future__ import annotations

from gateway.routes import Route
from services.contracts.membership.privacy import give_consent, my_consents, my_record, withdraw_consent

ROUTES = (
    Route("GET", "/me/consents", my_consents),
    Route("POST", "/me/consents", give_consent),
    Route("POST", "/me/consents/<uuid:consent_id>/withdraw", withdraw_consent),
    Route("POST", "/me/record", my_record),
)
