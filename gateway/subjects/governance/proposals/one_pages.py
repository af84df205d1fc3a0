"""One proposal: its text, people, departments, replies, implementation and history; and as a form on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.pdf.printing import printed
from gateway.portal.formats import moment, plain_day
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.steps import way
from gateway.portal.uploads import file_response
from gateway.portal.words import texts_of, words
from gateway.rpc.calls import call
from gateway.subjects.governance.proposals.acts import forms_of
from services.contracts.governance.proposals.operations import get_proposal
from services.contracts.governance.proposals.vocabulary import PROPOSAL_STAGES, PROPOSAL_STATES

PAGES = PageTable()
READERS = ("officer", "auditor", "chair", "handler", "member")
_CONSOLE = {"officer", "auditor", "chair", "handler"}
_AT = {
    "draft": "seconding", "returned": "seconding", "review": "submitted", "disputed": "submitted",
    "co_signing": "in_progress", "approving": "in_progress", "inspecting": "in_progress", "approved": "in_progress",
    "second_handling": "in_progress", "archived": "closed",
}  # fmt: skip
"""The stage that a state belongs to."""
_ENDED = ("withdrawn", "not_filed", "merged", "suggestion")


@PAGES.get("/proposals/<uuid:proposal_id>")
@only(*READERS)
def proposal(proposal_id: UUID) -> str:
    """Show one proposal."""
    return proposal_page(proposal_id, {})


def proposal_page(proposal_id: UUID, refused: dict[str, Any]) -> str:
    """Draw the page of a proposal.

    Args:
        proposal_id: which one.
        refused: forms that were refused, by action.
    """
    found = call(get_proposal, {"proposal_id": str(proposal_id)})
    own = any(one["member_id"] == str(current_principal().member_id) for one in found["people"])
    console = bool(current_principal().roles & _CONSOLE) and not own
    return render_template(
        "portal/member/proposal.html",
        frame="portal/console.html" if console else "portal/member.html",
        console=console,
        it=found,
        way=_way(found),
        names=_names(found),
        forms=forms_of(found, refused),
        refused=refused,
        **_once(found["people"]),
    )


def _once(people: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return proposers and seconders, each once: in a joint proposal somebody may stand several times."""
    proposers = {one["member_id"]: one for one in people if one["proposes"]}
    standing = sorted((one for one in people if not one["proposes"]), key=lambda one: one["state"] != "outdated")
    seconders = {one["member_id"]: one for one in standing if one["member_id"] not in proposers}
    return {"proposers": list(proposers.values()), "seconders": list(seconders.values())}


@PAGES.get("/proposals/<uuid:proposal_id>/form.pdf")
@only(*READERS)
def proposal_form(proposal_id: UUID) -> Response:
    """Hand out the proposal as a form on paper, to be signed and filed."""
    found = call(get_proposal, {"proposal_id": str(proposal_id)})
    title = gettext("提案表")
    facts = ("table", ([gettext("项目"), gettext("内容")], _facts(found, _names(found)), [1, 4]))
    said = [block for heading, text in _texts(found) for block in (("heading", heading), ("text", text))]
    content = printed("document", title, found["campaign"], [facts, *said])
    return file_response(
        {
            "name": f"{title}-{found['number'] or found['title']}.pdf",
            "media_type": "application/pdf",
            "content": content,
        }
    )


def _facts(found: dict[str, Any], people: dict[str, str]) -> list[tuple[str, str]]:
    def named(proposes: bool) -> str:
        those = _once(found["people"])["proposers" if proposes else "seconders"]
        return gettext("、").join(people.get(one["member_id"], "—") for one in those if one["state"] != "outdated")

    assisting = gettext("、").join(one["department"] for one in found["parts"] if one["part"] == "assisting")
    rows = [
        (gettext("案名"), found["title"]), (gettext("编号"), found["number"]), (gettext("征集"), found["campaign"]),
        (gettext("类别"), str(words(found["kind"], "proposal_kind"))),
        (gettext("提案人"), named(True)), (gettext("代表团"), found["collective"]),
        (gettext("附议人"), named(False)),
        (gettext("提交时间"), moment(found["submitted_at"]) if found["submitted_at"] else None),
        (gettext("状态"), str(words(found["state"], "proposal"))),
        (gettext("主办部门"), found["department"]), (gettext("协办部门"), assisting),
        (gettext("办理期限"), plain_day(found["due_on"]) if found["due_on"] else None),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def _texts(found: dict[str, Any]) -> list[tuple[str, str]]:
    texts = [(gettext("案由"), found["reason"]), (gettext("建议措施"), found["suggestion"])]
    if found["why"]:
        texts.append((gettext("审查意见"), found["why"]))
    for reply in found["replies"]:
        if reply["published_on"]:
            heading = gettext("答复（%(day)s）", day=plain_day(reply["published_on"]))
            texts.append((heading, reply["text"]))
    return texts


def _way(found: dict[str, Any]) -> list[dict[str, Any]]:
    state = found["state"]
    stages = list(texts_of(PROPOSAL_STAGES).items())
    if state in _ENDED:
        return way(stages, "withdrawn", texts_of(PROPOSAL_STATES)[state])
    return way(stages, _AT.get(state, state))


def _names(found: dict[str, Any]) -> dict[str, str]:
    return names([found, *found["people"]], "member_id", "proposer_id", "key_leader_id")
