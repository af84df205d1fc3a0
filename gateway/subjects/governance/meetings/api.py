"""Meetings over HTTP."""

from gateway.http.routes import Route
from gateway.subjects.governance.meetings.papers import calendar_of, minutes_paper_of
from services.contracts.files import LARGEST
from services.contracts.gateway.papers import meeting_calendar, minutes_paper
from services.contracts.governance.meetings import actions, bodies, decisions, meetings, minutes, motions, votes

_BODIES = "/governance/meeting-bodies"
_MOTIONS = "/governance/motions"
_MOTION = f"{_MOTIONS}/<uuid:motion_id>"
_MEETINGS = "/governance/meetings"
_MEETING = f"{_MEETINGS}/<uuid:meeting_id>"
_ITEM = f"{_MEETING}/items/<uuid:item_id>"
_DOCUMENT = f"{_MEETING}/documents/<uuid:document_id>"
_VOTE = f"{_MEETING}/votes/<uuid:ballot_id>"
_DECISION = "/governance/decisions/<uuid:decision_id>"
_ACTIONS = "/governance/action-items"
_ACTION = f"{_ACTIONS}/<uuid:action_item_id>"

ROUTES = (
    Route("GET", _BODIES, bodies.list_meeting_bodies),
    Route("POST", _BODIES, bodies.add_meeting_body, 201),
    Route("PUT", f"{_BODIES}/<uuid:body_id>", bodies.change_meeting_body),
    Route("GET", _MOTIONS, motions.list_motions),
    Route("POST", _MOTIONS, motions.submit_motion, 201, location="/governance/motions/{id}"),
    Route("GET", _MOTION, motions.get_motion),
    Route("POST", f"{_MOTION}/decline", motions.decline_motion),
    Route("POST", f"{_MOTION}/withdraw", motions.withdraw_motion),
    Route("GET", _MEETINGS, meetings.list_meetings),
    Route("POST", _MEETINGS, meetings.plan_meeting, 201, location="/governance/meetings/{id}"),
    Route("GET", _MEETING, meetings.get_meeting),
    Route("PUT", _MEETING, meetings.change_meeting),
    Route("POST", f"{_MEETING}/convene", meetings.convene_meeting),
    Route("POST", f"{_MEETING}/cancel", meetings.cancel_meeting),
    Route("POST", f"{_MEETING}/open", meetings.open_meeting),
    Route("POST", f"{_MEETING}/end", meetings.end_meeting),
    Route("POST", f"{_MEETING}/resume", meetings.resume_meeting),
    Route("POST", f"{_MEETING}/answer", meetings.answer_call),
    Route("POST", f"{_MEETING}/seats", meetings.set_meeting_seat),
    Route("DELETE", f"{_MEETING}/seats/<uuid:member_id>", meetings.remove_meeting_guest),
    Route("POST", f"{_MEETING}/attendance", meetings.mark_attendance),
    Route("POST", f"{_MEETING}/items", meetings.add_meeting_item, 201),
    Route("PUT", f"{_MEETING}/items/order", meetings.order_meeting_items),
    Route("DELETE", _ITEM, meetings.remove_meeting_item),
    Route("POST", f"{_ITEM}/postpone", meetings.postpone_meeting_item),
    Route("POST", f"{_MEETING}/documents", meetings.attach_meeting_document, 201, upload=LARGEST),
    Route("GET", _DOCUMENT, meetings.open_meeting_document, download=True),
    Route("DELETE", _DOCUMENT, meetings.remove_meeting_document),
    Route("GET", f"{_MEETING}/calendar.ics", meeting_calendar, answer=calendar_of, download=True),
    Route("GET", f"{_MEETING}/minutes", minutes.get_minutes),
    Route("POST", f"{_MEETING}/minutes", minutes.save_minutes),
    Route("GET", f"{_MEETING}/minutes/revisions", minutes.list_minutes_revisions),
    Route("POST", f"{_MEETING}/minutes/circulate", minutes.circulate_minutes),
    Route("POST", f"{_MEETING}/minutes/return", minutes.return_minutes),
    Route("POST", f"{_MEETING}/minutes/approve", minutes.approve_minutes),
    Route("GET", f"{_MEETING}/minutes.pdf", minutes_paper, answer=minutes_paper_of, download=True),
    Route("POST", f"{_MEETING}/decisions", decisions.record_meeting_decision, 201),
    Route("GET", "/governance/decisions", decisions.list_meeting_decisions),
    Route("GET", _DECISION, decisions.get_meeting_decision),
    Route("POST", f"{_DECISION}/void", decisions.void_meeting_decision),
    Route("POST", f"{_DECISION}/publish", decisions.publish_meeting_decision),
    Route("POST", f"{_ITEM}/vote", votes.put_item_to_vote, 201),
    Route("GET", f"{_MEETING}/votes", votes.list_meeting_votes),
    Route("POST", f"{_VOTE}/open", votes.open_meeting_vote),
    Route("POST", f"{_VOTE}/count", votes.count_meeting_vote),
    Route("POST", f"{_VOTE}/cancel", votes.cancel_meeting_vote),
    Route("POST", f"{_MEETING}/action-items", actions.add_action_item, 201),
    Route("GET", _ACTIONS, actions.list_action_items),
    Route("GET", _ACTION, actions.get_action_item),
    Route("PUT", _ACTION, actions.change_action_item),
    Route("POST", f"{_ACTION}/progress", actions.report_progress),
    Route("POST", f"{_ACTION}/finish", actions.finish_action_item),
    Route("POST", f"{_ACTION}/drop", actions.drop_action_item),
    Route("POST", f"{_ACTION}/reopen", actions.reopen_action_item),
)
