"""Clubs over HTTP."""

from gateway.http.routes import Route
from services.contracts.activities.clubs import clubs, members, work
from services.contracts.files import LARGEST

_CLUB = "/clubs/<uuid:club_id>"
_MEMBERSHIP = "/club-memberships/<uuid:membership_id>"
_ACTIVITY = f"{_CLUB}/activities/<uuid:activity_id>"

ROUTES = (
    Route("GET", "/clubs", clubs.list_clubs),
    Route("POST", "/clubs", clubs.apply_club, 201, location="/clubs/{id}"),
    Route("GET", _CLUB, clubs.get_club),
    Route("PUT", _CLUB, clubs.change_club),
    Route("GET", f"{_CLUB}/charter", clubs.club_charter, download=True),
    Route("PUT", f"{_CLUB}/charter", clubs.set_club_charter, upload=LARGEST),
    Route("POST", f"{_CLUB}/decision", clubs.decide_club),
    Route("POST", f"{_CLUB}/withdraw", clubs.withdraw_club),
    Route("POST", f"{_CLUB}/suspend", clubs.suspend_club),
    Route("POST", f"{_CLUB}/resume", clubs.resume_club),
    Route("POST", f"{_CLUB}/dissolve", clubs.dissolve_club),
    Route("GET", f"{_CLUB}/members", members.list_club_members),
    Route("POST", f"{_CLUB}/members", members.join_club, 201),
    Route("POST", f"{_CLUB}/leave", members.leave_club),
    Route("POST", f"{_MEMBERSHIP}/decision", members.decide_club_member),
    Route("POST", f"{_MEMBERSHIP}/removal", members.remove_club_member),
    Route("GET", f"{_CLUB}/officers", members.list_club_officers),
    Route("POST", f"{_CLUB}/officers", members.appoint_club_officer, 201),
    Route("POST", "/club-offices/<uuid:office_id>/end", members.end_club_office),
    Route("GET", f"{_CLUB}/activities", work.list_club_activities),
    Route("POST", f"{_CLUB}/activities", work.draft_club_activity, 201, location="/activities/{id}"),
    Route("PUT", _ACTIVITY, work.link_club_activity),
    Route("DELETE", _ACTIVITY, work.unlink_club_activity),
    Route("GET", "/activities/<uuid:activity_id>/club", work.club_of_activity),
    Route("GET", "/club-grants", work.list_club_grants),
    Route("POST", f"{_CLUB}/grants", work.grant_club, 201),
    Route("POST", "/club-grants/<uuid:grant_id>/again", work.ask_club_grant_again),
    Route("GET", "/club-reviews", work.list_club_reviews),
    Route("POST", f"{_CLUB}/reviews", work.hand_in_club_review),
    Route("POST", "/club-reviews/<uuid:review_id>/decision", work.decide_club_review),
    Route("GET", "/me/clubs", members.my_clubs),
)
