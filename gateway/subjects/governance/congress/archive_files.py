"""What the archive of a session consists of: lists as csv, facts as JSON, a record to read as PDF.

People stand in it as the record of a session needs it: name, unit and office of delegates and guests, nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from gateway.pdf.printing import printed
from gateway.portal.formats import plain_day, stamp
from gateway.portal.people import unit_name
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.subjects.governance.congress.naming import session_name
from services.chassis.files.spreadsheets import write_csv
from services.chassis.schema import Operation
from services.contracts.governance.ballots.operations import get_ballot
from services.contracts.governance.congress import delegates, minutes, people, sessions
from services.contracts.membership.record.operations import names_of
from services.contracts.membership.record.shapes import MOST_NAMES

Files = list[tuple[str, bytes]]
_MOST_AT_ONCE = 100
_FACTS = ("id", "congress_id", "term", "number", "kind", "requested_by", "requesters", "opens_on", "closes_on", "place")
_LEADERS = ("name", "post", "satisfied_percent", "mean")


def record_files(found: Mapping[str, Any]) -> Files:
    """Return the session's facts, agenda, speakers, resolutions, minutes and organs, and a record to read."""
    ref = {"session_id": found["id"]}
    organs = call(people.list_organs, {"congress_id": found["congress_id"], **ref})["items"]
    revisions = _all(minutes.list_session_minutes, ref)
    speakers = [one for item in found["agenda"] for one in item["speakers"]]
    named = [{"member_id": one} for organ in organs for one in (*organ["member_ids"], organ["head_id"]) if one]
    known = _names([*speakers, *revisions, *named])
    facts = {**{name: found[name] for name in _FACTS}, "quorum": found["quorum"], "resolutions": found["resolutions"]}
    facts["ratings"] = [one["rating"] for one in found["agenda"] if one["rating"]]
    reports = {one["id"]: one["name"] for one in organs}
    written = (found["minutes"] or "").encode()
    return [
        ("session.json", _json(facts)),
        ("record.pdf", _record(found)),
        ("agenda.csv", _agenda(found, reports)),
        ("speakers.csv", _speakers(found, known)),
        ("quorum.csv", _quorum(found)),
        ("resolutions.csv", _resolutions(found)),
        ("assessments.csv", _assessments(found)),
        ("committees.csv", _organs(organs, known)),
        ("minutes.txt", written),
        ("minutes-revisions.csv", _revisions(revisions, known)),
    ]


def attendance_files(found: Mapping[str, Any]) -> Files:
    """Return who was there of each body, and of the guests."""
    rows = _all(sessions.list_attendance, {"session_id": found["id"], "show": "all"})
    guests = _all(people.list_guests, {"session_id": found["id"]})
    known = _names([*rows, *guests])
    made = [
        (
            f"attendance-{body['body']}.csv",
            _table(
                (gettext("代表"), gettext("选举单位"), gettext("签到时间"), gettext("离场时间")),
                ((known.get(one["member_id"]), unit_name(one["unit_id"]), _at(one["came_at"]), _at(one["left_at"]))
                 for one in rows if body["body"] in one["bodies"]),
            ),
        )
        for body in found["quorum"]
    ]  # fmt: skip
    invited = (
        (one["name"] or known.get(one["member_id"]), words(one["guest_kind"], "congress_guest"), one["position"],
         _at(one["came_at"]))
        for one in guests
    )  # fmt: skip
    headings = (gettext("姓名"), gettext("身份"), gettext("单位和职务"), gettext("签到时间"))
    return [*made, ("guests.csv", _table(headings, invited))]


def delegate_files(found: Mapping[str, Any]) -> Files:
    """Return the delegates who served on the last day of the session."""
    day = found["closed_on"] or found["closes_on"]
    listed = _all(delegates.list_delegates, {"congress_id": found["congress_id"], "show": "all"})
    rows = [one for one in listed if one["starts_on"] <= day <= one["last_day"]]
    known = _names(rows)
    headings = (
        gettext("代表"), gettext("会议"), gettext("选举单位"), gettext("岗位"), gettext("代表团"), gettext("产生方式"),
        gettext("选举日期"), gettext("任职至"),
    )  # fmt: skip
    lines = (
        (known.get(one["member_id"]), words(one["body"], "congress_body"), unit_name(one["unit_id"]),
         words(one["staff_kind"], "delegate_staff_kind"), one["delegation"], words(one["source"], "delegate_source"),
         one["elected_on"], one["last_day"])
        for one in rows
    )  # fmt: skip
    return [("delegates.csv", _table(headings, lines))]


def ballot_files(found: Mapping[str, Any]) -> Files:
    """Return the result of each ballot of the session, never who voted what; no ballot of a session is secret."""
    made: Files = []
    for ballot_id in [one["ballot_id"] for one in found["resolutions"] if one["ballot_id"]]:
        ballot = call(get_ballot, {"ballot_id": ballot_id})
        told = {name: ballot[name] for name in ("id", "title", "kind", "secrecy", "body", "opened_at", "closed_at")}
        made.append((f"ballots/{ballot_id}.json", _json({**told, "result": ballot["result"]})))
    return made


def assessed(found: Mapping[str, Any]) -> list[str]:
    """Return the published results of the rounds that items cite, a line for each leader."""
    lines = []
    for one in (item["rating"] for item in found["agenda"] if item["rating"]):
        lines.append(gettext("%(title)s：收到 %(sheets)s 份", title=one["title"], sheets=one["sheets"] or 0))
        if one["hidden"]:
            lines.append(gettext("不足 %(count)s 份，不显示结果", count=one["smallest"]))
        lines += [
            gettext("%(name)s（%(post)s）：满意率 %(percent)s%%", name=who["name"], post=who["post"],
                    percent=who["satisfied_percent"])
            for who in one["leaders"]
        ]  # fmt: skip
    return lines


def _record(found: Mapping[str, Any]) -> bytes:
    """Return the record to read: who was there, the agenda, what was resolved and assessed, the minutes."""
    quorum = [
        (str(words(one["body"], "congress_body")), one["delegates"], one["present"], one["needed"])
        for one in found["quorum"]
    ]
    agenda = [
        (one["position"], one["title"], str(words(one["agenda_kind"], "agenda_kind")), one["note"] or "—")
        for one in found["agenda"]
    ]
    votes = [
        (one["title"], str(words(one["body"], "congress_body")),
         f"{one['votes_for']} / {one['against']} / {one['abstained']}", one["needed"],
         str(words(one["state"], "resolution")))
        for one in found["resolutions"]
    ]  # fmt: skip
    blocks: list[tuple[str, Any]] = [
        ("heading", gettext("到会人数")),
        ("table", [[gettext("会议"), gettext("代表总数"), gettext("到会"), gettext("需要")], quorum, [3, 2, 2, 2]]),
        ("heading", gettext("议程")),
        ("table", [[gettext("序号"), gettext("议题"), gettext("处理方式"), gettext("记录")], agenda, [1, 5, 2, 6]]),
    ]
    if votes:
        headings = [gettext("决议"), gettext("会议"), gettext("赞成 / 反对 / 弃权"), gettext("需要"), gettext("结果")]
        blocks += [("heading", gettext("决议")), ("table", [headings, votes, [5, 2, 3, 1, 2]])]
    if leaders := assessed(found):
        blocks += [("heading", gettext("民主评议")), *(("text", line) for line in leaders)]
    if found["minutes"]:
        lines = [("text", line) for line in found["minutes"].splitlines() if line.strip()]
        blocks += [("heading", gettext("会议记录")), *lines]
    days = gettext("%(from)s 至 %(to)s", **{"from": plain_day(found["opens_on"]), "to": plain_day(found["closes_on"])})
    return printed("document", session_name(found), f"{days}　{found['place']}", blocks)


def _agenda(found: Mapping[str, Any], reports: Mapping[str, str]) -> bytes:
    headings = (
        gettext("序号"), gettext("议题"), gettext("处理方式"), gettext("会议"), gettext("报告人"),
        gettext("由哪个机构报告"), gettext("记录"),
    )  # fmt: skip
    rows = (
        (one["position"], one["title"], words(one["agenda_kind"], "agenda_kind"),
         words(one["body"], "congress_body") if one["body"] else None, one["presenter"],
         reports.get(one["organ_id"]), one["note"])
        for one in found["agenda"]
    )  # fmt: skip
    return _table(headings, rows)


def _speakers(found: Mapping[str, Any], known: Mapping[str, str]) -> bytes:
    rows = (
        (item["title"], known.get(one["member_id"]), words(one["state"], "congress_speaker"), _at(one["began_at"]))
        for item in found["agenda"]
        for one in item["speakers"]
    )
    return _table((gettext("议题"), gettext("发言人"), gettext("状态"), gettext("开始时间")), rows)


def _quorum(found: Mapping[str, Any]) -> bytes:
    rows = (
        (words(one["body"], "congress_body"), one["delegates"], one["present"], one["needed"], one["missing"])
        for one in found["quorum"]
    )
    headings = (gettext("会议"), gettext("代表总数"), gettext("到会"), gettext("需要"), gettext("还差"))
    return _table(headings, rows)


def _resolutions(found: Mapping[str, Any]) -> bytes:
    headings = (
        gettext("决议"), gettext("会议"), gettext("表决方式"), gettext("代表总数"), gettext("到会"), gettext("赞成"),
        gettext("反对"), gettext("弃权"), gettext("需要"), gettext("结果"),
    )  # fmt: skip
    counts = ("delegates", "present", "votes_for", "against", "abstained", "needed")
    rows = (
        (one["title"], words(one["body"], "congress_body"), words(one["way"], "resolution_way"),
         *(one[name] for name in counts), words(one["state"], "resolution"))
        for one in found["resolutions"]
    )  # fmt: skip
    return _table(headings, rows)


def _assessments(found: Mapping[str, Any]) -> bytes:
    rows = (
        (one["title"], one["sheets"], *(who[name] for name in _LEADERS))
        for one in (item["rating"] for item in found["agenda"] if item["rating"])
        for who in one["leaders"]
    )
    headings = (
        gettext("民主评议"), gettext("收到份数"), gettext("姓名"), gettext("职务"), gettext("满意率（百分数）"),
        gettext("平均等次"),
    )  # fmt: skip
    return _table(headings, rows)


def _organs(organs: Sequence[Mapping[str, Any]], known: Mapping[str, str]) -> bytes:
    rows = (
        (one["name"], words(one["organ_kind"], "congress_organ"), known.get(one["head_id"] or ""),
         gettext("、").join(known.get(member, "—") for member in one["member_ids"]))
        for one in organs
    )  # fmt: skip
    return _table((gettext("名称"), gettext("类别"), gettext("主任或召集人"), gettext("成员")), rows)


def _revisions(revisions: Sequence[Mapping[str, Any]], known: Mapping[str, str]) -> bytes:
    rows = (
        (one["number"], one["base"], _at(one["at"]), known.get(one["member_id"] or ""), one["note"])
        for one in revisions
    )  # fmt: skip
    headings = (gettext("稿次"), gettext("依据的稿次"), gettext("时间"), gettext("保存人"), gettext("修改说明"))
    return _table(headings, rows)


def _table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    columns = [(str(place), str(heading)) for place, heading in enumerate(headings)]
    return write_csv(columns, ({str(place): _cell(value) for place, value in enumerate(row)} for row in rows))


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, (int, float)) else str(value)


def _at(moment: str | None) -> str | None:
    return str(stamp(moment)) if moment else None


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _all(operation: Operation, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return all rows of a list, page by page."""
    rows: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = call(operation, {**asked, "limit": _MOST_AT_ONCE, "cursor": cursor})
        rows += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return rows


def _names(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return names by member id. Raises `Unavailable` while membership is away: a record without names is none."""
    ids = sorted({one["member_id"] for one in rows if one["member_id"]})
    found: dict[str, str] = {}
    for start in range(0, len(ids), MOST_NAMES):
        told = call(names_of, {"ids": ids[start : start + MOST_NAMES]})["items"]
        found |= {one["id"]: one["name"] for one in told}
    return found
