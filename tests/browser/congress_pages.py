"""The pages of the congress that the walk through every page opens, and the things they are about."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import today
from tests.support.api import Api

MEMBER = [
    "/me/congress", "/congresses/{congress_id}/delegates", "/sessions/{session_id}", "/sessions/{session_id}/screen",
]  # fmt: skip
OFFICER = [
    "/console/congresses", "/console/congresses/new", "/console/congresses/{congress_id}",
    "/console/congresses/{congress_id}/change", "/console/congresses/{congress_id}/renewal",
    "/console/congresses/{congress_id}/renewal?show=done", "/console/congresses/{congress_id}/renewal/new",
    "/console/congresses/{congress_id}/renewal/steps",
    "/console/congresses/{congress_id}/seats",
    "/console/congresses/{congress_id}/delegates", "/console/congresses/{congress_id}/elected",
    "/console/congresses/{congress_id}/elections", "/console/congresses/{congress_id}/elections/new",
    "/console/congresses/{congress_id}/elections/new?body=staff_congress&unit_id={unit_id}",
    "/console/congresses/{congress_id}/delegations/new", "/console/delegates/{delegate_id}",
    "/console/congresses/{congress_id}/sessions/new", "/console/sessions/{session_id}",
    "/console/sessions/{session_id}/attendance", "/console/sessions/{session_id}/attendance?show=present",
    "/console/sessions/{session_id}/desk", "/console/sessions/{session_id}/change",
    "/console/sessions/{session_id}/guests", "/console/sessions/{session_id}/guests/new",
    "/console/sessions/{session_id}/documents/new", "/console/congresses/{congress_id}/organs/new",
    "/console/congresses/{congress_id}/organs/{organ_id}",
    "/console/congresses/{congress_id}/organs/new?session_id={session_id}",
    "/console/sessions/{session_id}/minutes", "/sessions/{session_id}/screen", "/console/sessions/{closed_session_id}",
    "/console/sessions/{closed_session_id}/minutes", "/console/sessions/{closed_session_id}/minutes?number=2",
]  # fmt: skip


def congress_things(officer: Api) -> dict[str, str]:
    """A term, a delegate and a session that goes on with an item dealt with and a speaker's list open."""
    terms = officer.get("/governance/congresses")["items"]
    congress = next(one["id"] for one in terms if one["state"] == "in_term")
    delegates = officer.all(f"/governance/congresses/{congress}/delegates")
    organs = officer.get(f"/governance/congresses/{congress}/organs")["items"]
    executive = next(one["id"] for one in organs if one["organ_kind"] == "executive")
    sessions = officer.get(f"/governance/congresses/{congress}/sessions")["items"]
    return {
        "closed_session_id": next(one["id"] for one in sessions if one["state"] == "closed"),
        "congress_id": congress,
        "organ_id": executive,
        "delegate_id": delegates[0]["id"],
        "session_id": _session(officer, congress, executive, sorted({one["member_id"] for one in delegates})),
    }


def _session(officer: Api, congress: str, executive: str, members: list[str]) -> str:
    """Return the session with number 30, made once: the module may run again."""
    path = f"/governance/congresses/{congress}/sessions"
    for known in officer.get(path)["items"]:
        if known["number"] == 30:
            return str(known["id"])
    days = {"opens_on": today().isoformat(), "closes_on": (today() + timedelta(days=1)).isoformat()}
    session = str(officer.post(path, {"number": 30, "place": "学校礼堂", **days}, status=201)["id"])
    at = f"/governance/sessions/{session}"
    items = [
        officer.post(f"{at}/agenda", {"title": title, "agenda_kind": kind, "presenter": "校长"}, status=201)["id"]
        for title, kind in (("校长工作报告", "passed"), ("财务预算执行情况的报告", "heard"))
    ]
    report = {"title": "执行委员会工作报告", "agenda_kind": "heard", "organ_id": executive}
    officer.post(f"{at}/agenda", report, status=201)
    officer.post(f"{at}/convene")
    for member in members:
        officer.ask("PUT", f"{at}/attendance/{member}", 200)
    officer.post(f"{at}/open")
    officer.post(f"/governance/agenda-items/{items[0]}/begin")
    officer.ask("PUT", f"/governance/agenda-items/{items[0]}/speakers-taken", 200, json={"taken": True})
    return session
