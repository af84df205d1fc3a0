"""The pages of activities' subjects that the walk through every page opens, and the things they are about."""

from __future__ import annotations

from tests.support.api import Api

MEMBER = [
    "/places", "/places?q=nothing-of-this-name", "/places/{place_id}", "/me/place-bookings",
    "/me/place-bookings?show=all", "/places/verify/{place_code}",
    "/children-classes", "/children-classes?phase=open", "/children-classes/{children_class_id}", "/me/children",
    "/clubs", "/clubs?kind=sports", "/clubs/new", "/clubs/{club_id}", "/me/clubs", "/clubs/{club_id}/run",
    "/clubs/{club_id}/members", "/clubs/{club_id}/edit", "/clubs/{club_id}/activities/new", "/clubs/{club_id}/report",
    "/me/contests", "/activities/{contest_id}/judging", "/activities/{contest_id}/judging/{contest_entry_id}",
    "/activities/{contest_id}/judging/sheets", "/activities/{contest_id}/contest",
    "/activities/{contest_id}/contest/board", "/activities/{decided_id}/contest", "/tournaments",
    "/activities/{tournament_id}/tournament",
    "/me/surveys", "/surveys/{open_survey_id}", "/surveys/{named_survey_id}", "/surveys/{published_survey_id}",
    "/activities/{lecture_id}/code", "/me/attendance",
    "/activities/{league_id}/teams", "/activities/{league_id}/teams/{team_id}", "/me/children/{own_child_id}",
    "/activities/{asked_id}/answers",
]  # fmt: skip
OFFICER = [
    "/console/places", "/console/places?offered=true", "/console/places/new", "/console/places/{place_id}",
    "/console/places/{place_id}/edit", "/console/places/{place_id}/block", "/console/places/use",
    "/console/children-classes", "/console/children-classes/{children_class_id}", "/console/children-classes/new",
    "/console/children-classes/{children_class_id}/edit", "/console/children-classes/consent",
    "/console/children-terms", "/console/children-terms/new", "/console/children-terms/{children_term_id}/edit",
    "/console/clubs", "/console/clubs?state=applied", "/console/clubs/{club_id}", "/console/clubs/{club_id}/members",
    "/console/clubs/{club_id}/grant", "/console/clubs/{club_id}/activities/link", "/console/club-grants",
    "/console/club-reviews", "/console/clubs/{new_club_id}",
    "/console/place-bookings", "/console/place-bookings?show=all&place_id={place_id}",
    "/console/contests", "/console/contests?state=published", "/console/activities/{contest_id}/contest",
    "/console/activities/{contest_id}/contest/settings", "/console/activities/{contest_id}/contest/entries/new",
    "/console/activities/{contest_id}/contest/judges/new", "/console/activities/{contest_id}/contest/sheets",
    "/console/activities/{contest_id}/contest/judges/{guest_judge_id}/sheets",
    "/console/activities/{contest_id}/contest/judges/{guest_judge_id}/sheets/{contest_entry_id}",
    "/console/activities/{decided_id}/contest", "/console/tournaments",
    "/console/activities/{tournament_id}/tournament", "/console/activities/{tournament_id}/tournament?state=played",
    "/console/activities/{tournament_id}/tournament/settings",
    "/console/activities/{tournament_id}/tournament/teams/new",
    "/console/surveys", "/console/surveys?state=draft", "/console/surveys/new", "/console/surveys/{draft_survey_id}",
    "/console/surveys/{draft_survey_id}/edit", "/console/surveys/{draft_survey_id}/questions/new",
    "/console/surveys/{draft_survey_id}/questions/2", "/console/surveys/{draft_survey_id}/preview",
    "/console/surveys/{open_survey_id}", "/console/surveys/{open_survey_id}/extend",
    "/console/surveys/{published_survey_id}", "/console/surveys/{published_survey_id}/figures",
    "/console/surveys/{published_survey_id}/texts", "/console/surveys/{closed_named_survey_id}/answers",
    "/console/activities/{lecture_id}/attendance", "/console/activities/{lecture_id}/attendance?state=expected",
    "/console/activities/{lecture_id}/attendance/new", "/console/activities/{lecture_id}/check-in",
    "/console/activities/{lecture_id}/helpers/new", "/activities/{lecture_id}/desk",
    "/activities/{lecture_id}/desk/member", "/console/activities/{league_id}/teams",
    "/console/activities/{league_id}/teams/setting",
    "/console/activities/{league_id}/teams/{team_id}/players/new", "/activities/{league_id}/teams/{team_id}",
]  # fmt: skip


def activity_things(officer: Api, member: Api) -> dict[str, str]:
    """One of everything these pages can be about."""
    place = next(one for one in officer.get("/places")["items"] if one["capacity"] > 1)
    clubs = officer.get("/clubs", limit=100)["items"]
    children = next(one for one in officer.get("/children-classes")["items"] if one["waiting"])
    return {
        "place_id": place["id"], "place_code": officer.get(f"/places/{place['id']}/code")["code"],
        "tournament_id": officer.get("/tournaments")["items"][0]["activity_id"], **_contest_things(officer),
        "children_class_id": children["id"], "children_term_id": children["term_id"],
        "club_id": next(one["id"] for one in clubs if one["name"] == "教工羽毛球协会"),
        "new_club_id": next(one["id"] for one in clubs if one["state"] == "applied"), **_surveys(officer),
        **_check_in(officer), "own_child_id": member.get("/me/children")["items"][0]["id"],
        "asked_id": _asked(officer, member),
    }  # fmt: skip


def _asked(officer: Api, member: Api) -> str:
    """An activity with questions for which the member registers."""
    course = officer.get("/activities", q="工会通讯员摄影班")["items"][0]["id"]
    member.post(f"/activities/{course}/registrations", {"answers": {"1": "yes"}}, status=201)
    return str(course)


def _check_in(officer: Api) -> dict[str, str]:
    league = officer.get("/activities", q="气排球联赛")["items"][0]
    return {
        "lecture_id": officer.get("/activities", q="工会讲堂")["items"][0]["id"],
        "league_id": league["id"],
        "team_id": officer.get(f"/activities/{league['id']}/teams", state="forming")["items"][0]["id"],
    }


def _contest_things(officer: Api) -> dict[str, str]:
    contests = {one["state"]: one["activity_id"] for one in officer.get("/contests")["items"]}
    running = f"/activities/{contests['judging']}/contest"
    guest = next(one for one in officer.get(f"{running}/judges")["items"] if one["member_id"] is None)
    entries = officer.get(f"{running}/entries")["items"]
    return {
        "contest_id": contests["judging"], "decided_id": contests.get("published", contests["judging"]),
        "guest_judge_id": guest["id"], "contest_entry_id": entries[-1]["id"],
    }  # fmt: skip


def _surveys(officer: Api) -> dict[str, str]:
    """Surveys of the demonstration, and one by name that nobody answered, closed."""
    listed = officer.get("/surveys", limit=100)["items"]
    by_state = {(one["state"], one["anonymous"]): one["id"] for one in listed}
    copied = officer.post(f"/surveys/{by_state['open', False]}/copy", {}, status=201)["id"]
    for step in ("open", "close"):
        officer.post(f"/surveys/{copied}/{step}", {})
    return {
        "open_survey_id": by_state["open", True], "named_survey_id": by_state["open", False],
        "published_survey_id": by_state["published", True], "draft_survey_id": by_state["draft", True],
        "closed_named_survey_id": copied,
    }  # fmt: skip
