"""Operations of meetings, and the reminders of action items."""

from __future__ import annotations

from services.chassis.entrypoints import answers, every
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.governance.meetings import actions, bodies, decisions, meetings, minutes, motions, votes
from services.governance.meetings.use_cases import (
    action_lists,
    agenda,
    asking,
    documents,
    holding,
    planning,
    reading,
    register,
    reminders,
)
from services.governance.meetings.use_cases import actions as action_cases
from services.governance.meetings.use_cases import bodies as body_cases
from services.governance.meetings.use_cases import decisions as decision_cases
from services.governance.meetings.use_cases import minutes as minute_cases
from services.governance.meetings.use_cases import motions as motion_cases
from services.governance.meetings.use_cases import votes as vote_cases


@answers(
    (bodies.list_meeting_bodies, body_cases.list_meeting_bodies),
    (bodies.add_meeting_body, body_cases.add_meeting_body),
    (bodies.change_meeting_body, body_cases.change_meeting_body),
    (motions.list_motions, motion_cases.list_motions),
    (motions.get_motion, motion_cases.get_motion),
    (motions.decline_motion, motion_cases.decline_motion),
    (motions.withdraw_motion, motion_cases.withdraw_motion),
    (meetings.list_meetings, reading.list_meetings),
    (meetings.get_meeting, reading.get_meeting),
    (meetings.change_meeting, planning.change_meeting),
    (meetings.cancel_meeting, planning.cancel_meeting),
    (meetings.set_meeting_seat, planning.set_meeting_seat),
    (meetings.remove_meeting_guest, planning.remove_meeting_guest),
    (meetings.open_meeting, holding.open_meeting),
    (meetings.end_meeting, holding.end_meeting),
    (meetings.resume_meeting, holding.resume_meeting),
    (meetings.mark_attendance, holding.mark_attendance),
    (meetings.answer_call, holding.answer_call),
    (meetings.add_meeting_item, agenda.add_meeting_item),
    (meetings.remove_meeting_item, agenda.remove_meeting_item),
    (meetings.postpone_meeting_item, agenda.postpone_meeting_item),
    (meetings.order_meeting_items, agenda.order_meeting_items),
    (meetings.remove_meeting_document, documents.remove_meeting_document),
    (meetings.open_meeting_document, documents.open_meeting_document),
    (minutes.get_minutes, minute_cases.get_minutes),
    (minutes.list_minutes_revisions, minute_cases.list_minutes_revisions),
    (minutes.circulate_minutes, minute_cases.circulate_minutes),
    (minutes.return_minutes, minute_cases.return_minutes),
    (minutes.approve_minutes, minute_cases.approve_minutes),
    (decisions.record_meeting_decision, decision_cases.record_meeting_decision),
    (decisions.void_meeting_decision, decision_cases.void_meeting_decision),
    (decisions.publish_meeting_decision, decision_cases.publish_meeting_decision),
    (decisions.list_meeting_decisions, register.list_meeting_decisions),
    (decisions.get_meeting_decision, register.get_meeting_decision),
    (votes.list_meeting_votes, vote_cases.list_meeting_votes),
    (votes.put_item_to_vote, vote_cases.put_item_to_vote),
    (votes.open_meeting_vote, vote_cases.open_meeting_vote),
    (votes.count_meeting_vote, vote_cases.count_meeting_vote),
    (votes.cancel_meeting_vote, vote_cases.cancel_meeting_vote),
    (actions.list_action_items, action_lists.list_action_items),
    (actions.get_action_item, action_lists.get_action_item),
    (actions.add_action_item, action_cases.add_action_item),
    (actions.change_action_item, action_cases.change_action_item),
    (actions.report_progress, action_cases.report_progress),
    (actions.finish_action_item, action_cases.finish_action_item),
    (actions.drop_action_item, action_cases.drop_action_item),
    (actions.reopen_action_item, action_cases.reopen_action_item),
)
@answers((meetings.plan_meeting, planning.plan_meeting), prepare=asking.ask_for_plan)
@answers((meetings.convene_meeting, planning.convene_meeting), prepare=asking.ask_for_call)
@answers((motions.submit_motion, motion_cases.submit_motion), prepare=asking.ask_for_motion)
@answers(
    (meetings.attach_meeting_document, documents.attach_meeting_document),
    prepare=examined_before(documents.may_attach, paper_of),
)
# The text of minutes is kept encrypted; a stored reply would keep it in plain words.
@answers((minutes.save_minutes, minute_cases.save_minutes), store_reply=False)
class MeetingEntrypoints:
    """Meetings over RPC."""

    settle_meeting_votes = every(5, "meeting-votes", vote_cases.settle_votes, own_transaction=True)
    tell_due_action_items = every(300, "action-items-due", reminders.tell_due_action_items)
