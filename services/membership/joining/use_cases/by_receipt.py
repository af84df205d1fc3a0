"""Use cases of applicants without account, by receipt code: following, attaching documents, submitting again.

The code was given to the applicant when the application was made; its holder is treated as the applicant.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.membership.joining import rules
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import applying, attaching, files, terms
from services.membership.joining.use_cases.applications import get_for_update, is_confirmed, steps_of
from services.membership.joining.workflow import APPLICANT, JOINING
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases import roster


def follow_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Where an application stands."""
    return _standing(tx, _known(tx.session.get(Application, request["application_id"]), request))


def may_attach(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the code opens an application that takes a further document."""
    may_replace_photo(tx, request)
    files.require_room(tx, request["application_id"])


def may_replace_photo(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the code opens an application that takes files."""
    _require_taking_files(tx, _known(tx.session.get(Application, request["application_id"]), request))


def attach_with_receipt(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Attach a document."""
    application = _taking_files(tx, request)
    attaching.add_document(tx, application, request)
    return _standing(tx, application)


def replace_photo_with_receipt(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Attach the photo, with the consent to its use."""
    application = _taking_files(tx, request)
    attaching.put_photo(tx, application, request)
    return _standing(tx, application)


def detach_with_receipt(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Remove a file."""
    application = _taking_files(tx, request)
    attaching.take_off(tx, application, request["file_id"])
    return _standing(tx, application)


def submit_with_receipt(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Submit a returned application again."""
    directory.hold_organisation(tx)
    application = _held(tx, request)
    applying.submit_again(tx, application, version=None)
    return _standing(tx, application)


def _taking_files(tx: Transaction, request: Mapping[str, Any]) -> Application:
    application = _held(tx, request)
    _require_taking_files(tx, application)
    return application


def _require_taking_files(tx: Transaction, application: Application) -> None:
    confirmed = is_confirmed(tx, application.id)
    refuse_first(rules.files_are_open(application.state), rules.unit_confirms_first(confirmed))


def _held(tx: Transaction, request: Mapping[str, Any]) -> Application:
    """Return the application of a code; it is locked only once the code was found to be its own."""
    known = _known(tx.session.get(Application, request["application_id"]), request)
    return get_for_update(tx, known.id)


def _known(application: Application | None, request: Mapping[str, Any]) -> Application:
    expected = application.receipt_hash if application else ""
    if application is None or not hmac.compare_digest(expected, applying.receipt_hash(request["receipt_code"])):
        raise NotFound("No application has this id and code.")
    return application


def _standing(tx: Transaction, application: Application) -> dict[str, Any]:
    tx.session.flush()
    joined = roster.member_of_application(tx, application.id)
    asked = terms.terms_of(tx, application.employment, tx.today) if application.employment else None
    return {
        "application_id": application.id,
        "state": application.state,
        "steps": steps_of(tx, application.id),
        "number": joined.number if joined else None,
        "terms": terms.to_reply(asked) if asked else None,
        "files": files.listed(tx, application.id),
        "actions": _actions(tx, application),
    }


def _actions(tx: Transaction, application: Application) -> list[str]:
    takes_files = rules.files_are_open(application.state) is None and is_confirmed(tx, application.id)
    submits = application.state == "returned" and "submit" in JOINING.legal(application.state, {APPLICANT})
    return [action for action, is_open in (("attach", takes_files), ("submit", submits)) if is_open]
