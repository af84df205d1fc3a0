"""Operations of the congress, and what membership's events mean for it."""

from __future__ import annotations

from services.chassis.entrypoints import answers, every, on_event
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.governance.congress import archives, floor, people, renewal
from services.contracts.governance.congress import delegates as delegate_contract
from services.contracts.governance.congress import documents as document_contract
from services.contracts.governance.congress import elections as election_contract
from services.contracts.governance.congress import minutes as minute_contract
from services.contracts.governance.congress import sessions as session_contract
from services.contracts.governance.congress import terms as contract
from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.contracts.membership.record.operations import UnitChanged
from services.contracts.membership.retirement import MemberRetired
from services.contracts.membership.standing.operations import MemberLeft
from services.governance.congress.use_cases import (
    agenda,
    delegates,
    delegations,
    documents,
    elections,
    following,
    guests,
    organs,
    quorum,
    records,
    renewal_work,
    resolving,
    seats,
    sessions,
    shares,
    terms,
)
from services.governance.congress.use_cases import renewal as renewals


@answers(
    (contract.list_congresses, terms.list_congresses),
    (contract.get_congress, terms.get_congress),
    (contract.add_congress, terms.add_congress),
    (contract.change_congress, terms.change_congress),
    (contract.begin_congress, terms.begin_congress),
    (contract.end_congress, terms.end_congress),
    (contract.allot_seats, seats.allot_seats),
    (contract.set_unit_seats, seats.set_unit_seats),
    (contract.list_seats, seats.list_seats),
    (delegate_contract.list_delegates, delegates.list_delegates),
    (delegate_contract.get_delegate, delegates.get_delegate),
    (delegate_contract.my_seats, delegates.my_seats),
    (delegate_contract.enter_delegates, delegates.enter_delegates),
    (delegate_contract.end_delegate, delegates.end_delegate),
    (election_contract.list_unit_elections, elections.list_unit_elections),
    (election_contract.call_election, elections.call_election),
    (election_contract.end_election, elections.end_election),
    (delegate_contract.list_congress_delegations, delegations.list_congress_delegations),
    (delegate_contract.form_delegation, delegations.form_delegation),
    (delegate_contract.change_delegation, delegations.change_delegation),
    (delegate_contract.dissolve_delegation, delegations.dissolve_delegation),
)
@answers(
    (session_contract.list_sessions, sessions.list_sessions),
    (session_contract.search_sessions, sessions.search_sessions),
    (session_contract.get_session, sessions.get_session),
    (session_contract.session_quorum, quorum.session_quorum),
    (session_contract.add_session, sessions.add_session),
    (session_contract.change_session, sessions.change_session),
    (session_contract.convene_session, sessions.convene_session),
    (session_contract.open_session, sessions.open_session),
    (session_contract.close_session, sessions.close_session),
    (minute_contract.get_session_minutes, records.get_session_minutes),
    (minute_contract.list_session_minutes, records.list_session_minutes),
    (minute_contract.save_session_minutes, records.save_session_minutes),
    (archives.list_session_archives, records.list_session_archives),
    (archives.note_session_archive, records.note_session_archive),
    (session_contract.check_in, quorum.check_in),
    (session_contract.check_out, quorum.check_out),
    (session_contract.list_attendance, quorum.list_attendance),
    (people.list_organs, organs.list_organs),
    (people.form_organ, organs.form_organ),
    (people.change_organ, organs.change_organ),
    (people.dissolve_organ, organs.dissolve_organ),
    (people.list_guests, guests.list_guests),
    (people.remove_guest, guests.remove_guest),
    (document_contract.remove_session_document, documents.remove_session_document),
    (document_contract.open_session_document, documents.open_session_document),
    (floor.add_agenda_item, agenda.add_agenda_item),
    (floor.move_agenda_item, agenda.move_agenda_item),
    (floor.remove_agenda_item, agenda.remove_agenda_item),
    (floor.begin_agenda_item, agenda.begin_agenda_item),
    (floor.finish_agenda_item, agenda.finish_agenda_item),
    (floor.cite_rating, agenda.cite_rating),
    (floor.take_speakers, agenda.take_speakers),
    (floor.ask_to_speak, agenda.ask_to_speak),
    (floor.withdraw_speech, agenda.withdraw_speech),
    (floor.call_speaker, agenda.call_speaker),
    (floor.end_speech, agenda.end_speech),
    (floor.move_speaker, agenda.move_speaker),
    (floor.record_hands, resolving.record_hands),
    (floor.put_to_vote, resolving.put_to_vote),
    (floor.count_vote, resolving.count_vote),
)
@answers(
    (renewal.get_renewal, renewals.get_renewal),
    (renewal.list_renewal_items, renewals.list_renewal_items),
    (renewal.list_renewal_steps, renewals.list_renewal_steps),
    (renewal.add_renewal_item, renewals.add_renewal_item),
    (renewal.remove_renewal_item, renewals.remove_renewal_item),
    (renewal.tick_renewal_item, renewals.tick_renewal_item),
    (renewal.untick_renewal_item, renewals.untick_renewal_item),
    (renewal.move_renewal_item, renewals.move_renewal_item),
)
# Names of people from outside are kept encrypted; a stored reply would keep them in plain words.
@answers((people.invite_guest, guests.invite_guest), (people.note_guest, guests.note_guest), store_reply=False)
@answers(
    (document_contract.attach_session_document, documents.attach_session_document),
    prepare=examined_before(documents.may_attach, paper_of),
)
# Its own transactions, because membership is asked between them. Checking again counts again.
@answers((contract.check_shares, shares.check_shares), own_transaction=True)
class CongressEntrypoints:
    """Terms, seats and delegates over RPC."""

    end_seats_of_leavers = on_event(MemberLeft, following.end_with_membership)
    end_seats_of_retired = on_event(MemberRetired, following.end_with_retirement)
    note_moved_delegates = on_event(UnitChanged, following.note_move)
    follow_merged_electors = on_event(UnitMerged, following.follow_merger)
    settle_unit_elections = every(30, "congress-elections-settled", elections.settle_elections, own_transaction=True)
    open_renewals_of_terms = every(3600, "congress-renewals-opened", renewal_work.open_renewals)
    tell_late_renewal_items = every(300, "congress-renewals-late", renewal_work.tell_late_items)
