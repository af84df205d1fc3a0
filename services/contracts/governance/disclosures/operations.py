"""Operations of disclosures."""

from __future__ import annotations

from services.chassis.schema import Page, command, query
from services.contracts.governance.disclosures import requests, shapes

_READS = ("officer", "auditor")
_ALL = ("officer", "auditor", "chair", "member")
_FOR_ALL = {"chair": "union", "member": "union"}

prepare_disclosure = command(
    "governance", "prepare_disclosure", request=requests.PrepareDisclosure, reply=shapes.DisclosureDetail,
    allow=("officer",), doc="Begin the disclosure of a part of a year with the figures of the ledger.",
    title="拟定经费公开",
)  # fmt: skip
change_disclosure = command(
    "governance", "change_disclosure", request=requests.ChangeDisclosure, reply=shapes.DisclosureDetail,
    allow=("officer",), doc="Change what is said about the figures, and read these again.", title="修改经费公开",
)  # fmt: skip
submit_disclosure = command(
    "governance", "submit_disclosure", request=requests.DisclosureRef, reply=shapes.DisclosureDetail,
    allow=("officer",), doc="Freeze the figures and hand them to the auditors; all months are closed.",
    title="提交经费公开审核",
)  # fmt: skip
return_disclosure = command(
    "governance", "return_disclosure", request=requests.ReturnDisclosure, reply=shapes.DisclosureDetail,
    allow=("auditor",), doc="Give a disclosure back with the reason.", title="退回经费公开",
)  # fmt: skip
approve_disclosure = command(
    "governance", "approve_disclosure", request=requests.DisclosureRef, reply=shapes.DisclosureDetail,
    allow=("auditor",), doc="Confirm the figures of a disclosure.", title="审核通过经费公开",
)  # fmt: skip
publish_disclosure = command(
    "governance", "publish_disclosure", request=requests.PublishDisclosure, reply=shapes.DisclosureDetail,
    allow=("officer",), doc="Open an approved disclosure to all members.", title="公开经费收支",
)  # fmt: skip
withdraw_disclosure = command(
    "governance", "withdraw_disclosure", request=requests.ReturnDisclosure, reply=shapes.DisclosureDetail,
    allow=("officer",), doc="Take down a published disclosure with the reason, so that another can take its place.",
    title="撤下经费公开",
)  # fmt: skip
list_disclosures = query(
    "governance", "list_disclosures", request=requests.ListDisclosures, reply=Page(shapes.Disclosure), allow=_READS,
    doc="Disclosures in every state.", title="查看经费公开稿",
)  # fmt: skip
list_published_disclosures = query(
    "governance", "list_published_disclosures", request=requests.ListPublishedDisclosures,
    reply=Page(shapes.Disclosure), allow=_ALL, doc="Published disclosures.", title="查看经费公开", reach=_FOR_ALL,
)  # fmt: skip
get_disclosure = query(
    "governance", "get_disclosure", request=requests.DisclosureRef, reply=shapes.DisclosureDetail, allow=_ALL,
    doc="One disclosure; to who neither writes nor audits once it is published.", title="查看一期经费公开",
    reach=_FOR_ALL,
)  # fmt: skip
list_disclosure_lines = query(
    "governance", "list_disclosure_lines", request=requests.ListDisclosureLines, reply=Page(shapes.DisclosureLine),
    allow=_ALL, doc="The budget lines of a disclosure.", title="查看经费公开明细", reach=_FOR_ALL,
)  # fmt: skip
ask_disclosure_question = command(
    "governance", "ask_disclosure_question", request=requests.AskDisclosure, reply=shapes.DisclosureQuestion,
    allow=("member",), doc="Ask about a published disclosure.", title="就经费公开提问", delegable=False,
)  # fmt: skip
answer_disclosure_question = command(
    "governance", "answer_disclosure_question", request=requests.AnswerDisclosure, reply=shapes.DisclosureQuestion,
    allow=("officer",), doc="Answer a question, for all members to read.", title="答复经费公开提问",
)  # fmt: skip
decline_disclosure_question = command(
    "governance", "decline_disclosure_question", request=requests.DeclineDisclosure,
    reply=shapes.DisclosureQuestion, allow=("officer",), doc="Keep a question from being shown, with the reason.",
    title="不予公开提问",
)  # fmt: skip
list_disclosure_questions = query(
    "governance", "list_disclosure_questions", request=requests.ListDisclosureQuestions,
    reply=Page(shapes.DisclosureQuestion), allow=_ALL,
    doc="Questions about disclosures; members see the answered ones and their own.", title="查看经费公开提问",
    reach=_FOR_ALL,
)  # fmt: skip
