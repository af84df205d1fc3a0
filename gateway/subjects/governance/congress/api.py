"""The congress over HTTP."""

from gateway.http.routes import Route
from gateway.subjects.governance.congress import archiving
from services.contracts.files import LARGEST
from services.contracts.gateway.jobs import archive_session
from services.contracts.governance.congress import (
    archives,
    delegates,
    documents,
    elections,
    floor,
    minutes,
    people,
    renewal,
    sessions,
    terms,
)

_CONGRESSES = "/governance/congresses"
_CONGRESS = f"{_CONGRESSES}/<uuid:congress_id>"
_DELEGATE = "/governance/delegates/<uuid:delegate_id>"
_SESSION = "/governance/sessions/<uuid:session_id>"
_ITEM = "/governance/agenda-items/<uuid:item_id>"
_SPEAKER = "/governance/congress-speakers/<uuid:speaker_id>"
_ORGAN = "/governance/congress-organs/<uuid:organ_id>"
_GUEST = "/governance/congress-guests/<uuid:guest_id>"
_DOCUMENT = f"{_SESSION}/documents/<uuid:document_id>"
_RENEWAL_ITEM = "/governance/renewal-items/<uuid:item_id>"
_DELEGATION = "/governance/congress-delegations/<uuid:delegation_id>"

ROUTES = (
    Route("GET", _CONGRESSES, terms.list_congresses),
    Route("POST", _CONGRESSES, terms.add_congress, 201, location=_CONGRESSES + "/{id}"),
    Route("GET", _CONGRESS, terms.get_congress),
    Route("PUT", _CONGRESS, terms.change_congress),
    Route("POST", f"{_CONGRESS}/begin", terms.begin_congress),
    Route("POST", f"{_CONGRESS}/end", terms.end_congress),
    Route("GET", f"{_CONGRESS}/seats", terms.list_seats),
    Route("POST", f"{_CONGRESS}/seats", terms.allot_seats),
    Route("PUT", f"{_CONGRESS}/seats/<uuid:unit_id>", terms.set_unit_seats),
    Route("POST", f"{_CONGRESS}/shares", terms.check_shares),
    Route("GET", f"{_CONGRESS}/delegates", delegates.list_delegates),
    Route("POST", f"{_CONGRESS}/delegates", delegates.enter_delegates, 201),
    Route("GET", f"{_CONGRESS}/elections", elections.list_unit_elections),
    Route("POST", f"{_CONGRESS}/elections", elections.call_election, 201),
    Route("POST", "/governance/unit-elections/<uuid:election_id>/end", elections.end_election),
    Route("GET", f"{_CONGRESS}/delegations", delegates.list_congress_delegations),
    Route("POST", f"{_CONGRESS}/delegations", delegates.form_delegation, 201),
    Route("PUT", _DELEGATION, delegates.change_delegation),
    Route("DELETE", _DELEGATION, delegates.dissolve_delegation),
    Route("GET", _DELEGATE, delegates.get_delegate),
    Route("POST", f"{_DELEGATE}/end", delegates.end_delegate),
    Route("GET", "/me/congress-seats", delegates.my_seats),
    Route("GET", f"{_CONGRESS}/renewal", renewal.get_renewal),
    Route("GET", f"{_CONGRESS}/renewal/items", renewal.list_renewal_items),
    Route("POST", f"{_CONGRESS}/renewal/items", renewal.add_renewal_item, 201),
    Route("GET", f"{_CONGRESS}/renewal/steps", renewal.list_renewal_steps),
    Route("DELETE", _RENEWAL_ITEM, renewal.remove_renewal_item),
    Route("POST", f"{_RENEWAL_ITEM}/tick", renewal.tick_renewal_item),
    Route("POST", f"{_RENEWAL_ITEM}/untick", renewal.untick_renewal_item),
    Route("PUT", f"{_RENEWAL_ITEM}/due-day", renewal.move_renewal_item),
    Route("GET", f"{_CONGRESS}/sessions", sessions.list_sessions),
    Route("POST", f"{_CONGRESS}/sessions", sessions.add_session, 201, location="/governance/sessions/{id}"),
    Route("GET", "/governance/sessions", sessions.search_sessions),
    Route("GET", _SESSION, sessions.get_session),
    Route("PUT", _SESSION, sessions.change_session),
    Route("GET", f"{_SESSION}/quorum", sessions.session_quorum),
    Route("POST", f"{_SESSION}/convene", sessions.convene_session),
    Route("POST", f"{_SESSION}/open", sessions.open_session),
    Route("POST", f"{_SESSION}/close", sessions.close_session),
    Route("GET", f"{_SESSION}/minutes", minutes.get_session_minutes),
    Route("PUT", f"{_SESSION}/minutes", minutes.save_session_minutes),
    Route("GET", f"{_SESSION}/minutes/revisions", minutes.list_session_minutes),
    Route("GET", f"{_SESSION}/archives", archives.list_session_archives),
    Route("POST", f"{_SESSION}/archives", archive_session, 202, answer=archiving.start),
    Route("PUT", f"{_SESSION}/archives/<manifest_sha256>", archives.note_session_archive),
    Route("GET", f"{_SESSION}/attendance", sessions.list_attendance),
    Route("PUT", f"{_SESSION}/attendance/<uuid:member_id>", sessions.check_in),
    Route("DELETE", f"{_SESSION}/attendance/<uuid:member_id>", sessions.check_out),
    Route("GET", f"{_CONGRESS}/organs", people.list_organs),
    Route("POST", f"{_CONGRESS}/organs", people.form_organ, 201),
    Route("PUT", _ORGAN, people.change_organ),
    Route("DELETE", _ORGAN, people.dissolve_organ),
    Route("GET", f"{_SESSION}/guests", people.list_guests),
    Route("POST", f"{_SESSION}/guests", people.invite_guest, 201),
    Route("DELETE", _GUEST, people.remove_guest),
    Route("PUT", f"{_GUEST}/presence", people.note_guest),
    Route("POST", f"{_SESSION}/documents", documents.attach_session_document, 201, upload=LARGEST),
    Route("GET", _DOCUMENT, documents.open_session_document, download=True),
    Route("DELETE", _DOCUMENT, documents.remove_session_document),
    Route("POST", f"{_SESSION}/agenda", floor.add_agenda_item, 201),
    Route("PUT", f"{_ITEM}/position", floor.move_agenda_item),
    Route("DELETE", _ITEM, floor.remove_agenda_item),
    Route("POST", f"{_ITEM}/begin", floor.begin_agenda_item),
    Route("POST", f"{_ITEM}/finish", floor.finish_agenda_item),
    Route("PUT", f"{_ITEM}/rating", floor.cite_rating),
    Route("PUT", f"{_ITEM}/speakers-taken", floor.take_speakers),
    Route("POST", f"{_ITEM}/speakers", floor.ask_to_speak, 201),
    Route("POST", f"{_ITEM}/hands", floor.record_hands, 201),
    Route("POST", f"{_ITEM}/vote", floor.put_to_vote, 201),
    Route("POST", "/governance/resolutions/<uuid:resolution_id>/count", floor.count_vote),
    Route("PUT", f"{_SPEAKER}/position", floor.move_speaker),
    Route("POST", f"{_SPEAKER}/call", floor.call_speaker),
    Route("POST", f"{_SPEAKER}/end", floor.end_speech),
    Route("POST", f"{_SPEAKER}/withdraw", floor.withdraw_speech),
)
