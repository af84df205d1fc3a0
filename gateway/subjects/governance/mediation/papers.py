"""The forms of a case on paper: application, letter to the other side, agreement, notice of the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.pdf.printing import printed
from gateway.portal.formats import plain_day, stamp
from gateway.portal.words import words
from gateway.union_profile import profile
from services.chassis.clock import today

TITLES = {
    "application": "劳动人事争议调解申请书", "letter": "征求调解意见书", "agreement": "调解协议书",
    "end": "调解终结告知书",
}  # fmt: skip
_ENDS = ("declined", "failed", "expired", "withdrawn", "referred")
Block = tuple[str, Any]


def offered(case: Mapping[str, Any]) -> list[str]:
    """Return which forms a case has now."""
    forms = ["application"]
    forms += ["letter"] if case["state"] in ("registered", "consent_check") else []
    forms += ["agreement"] if case["agreement"] else []
    return forms + (["end"] if case["state"] in _ENDS else [])


def drawn(case: Mapping[str, Any], kind: str) -> bytes:
    """Return a form of a case as a PDF."""
    union = profile.current().name(english=False)
    subtitle = f"{union}劳动人事争议调解委员会　编号 {case['number']}　{plain_day(today())}"
    blocks = {"application": _application, "letter": _letter, "agreement": _agreement, "end": _end}[kind](case)
    return printed("document", TITLES[kind], subtitle, blocks)


def _application(case: Mapping[str, Any]) -> list[Block]:
    rows = [["争议事项", str(words(case["matter"], "dispute_matter"))], ["收到日期", plain_day(case["received_on"])]]
    if case["known_on"]:
        rows.append(["知道权益被侵害的日期", plain_day(case["known_on"])])
    if case["recorded_at"]:
        rows.append(["口头申请记录时间", stamp(case["recorded_at"])])
    told = [("text", "本申请由申请人口头提出，当场记录，经申请人核对无误。")] if case["origin"] == "oral" else []
    return [
        *_parties(case), ("heading", "申请"), ("table", (["项目", "内容"], rows, (30, 70))),
        ("heading", "请求"), ("text", case["claim"] or "—"), ("heading", "事实和理由"), ("text", case["facts"] or "—"),
        *told, *_signed("申请人", *(["记录人"] if case["origin"] == "oral" else [])),
    ]  # fmt: skip


def _letter(case: Mapping[str, Any]) -> list[Block]:
    return [
        *_parties(case),
        ("text",
        "调解须双方自愿。请在下面写明是否同意由本委员会调解，签名或盖章后交回。一方不同意的，本委员会终止调解并告知对方。"),
        ("heading", "申请方的请求"), ("text", case["claim"] or "—"),
        ("heading", "意见"), ("text", "□ 同意调解　　□ 不同意调解"), *_signed("被申请方"),
    ]  # fmt: skip


def _agreement(case: Mapping[str, Any]) -> list[Block]:
    agreed = case["agreement"]
    until = [("text", f"履行期限：{plain_day(agreed['perform_by'])}")] if agreed["perform_by"] else []
    return [
        *_parties(case), ("heading", "争议事项"), ("text", str(words(case["matter"], "dispute_matter"))),
        ("heading", "协议内容"), ("text", agreed["text"] or "—"), *until,
        ("text", "本协议经双方签名或盖章，调解员签名并加盖调解组织印章后生效，对双方具有约束力。"),
        *_signed("申请方", "被申请方", "调解员", "调解组织（盖章）"),
    ]  # fmt: skip


def _end(case: Mapping[str, Any]) -> list[Block]:
    reason = next((entry["note"] for entry in reversed(case["history"]) if entry["note"]), None)
    return [
        *_parties(case), ("heading", "结果"), ("text", str(words(case["state"], "dispute"))),
        *([("text", reason)] if reason and case["state"] in ("referred", "failed") else []),
        ("text", "当事人可以依法向劳动人事争议仲裁委员会申请仲裁。申请仲裁的时效期间以法律规定为准。"),
        *_signed("经办人", "调解组织（盖章）"),
    ]  # fmt: skip


def _parties(case: Mapping[str, Any]) -> list[Block]:
    rows = [
        [str(words(one["side"], "dispute_side")), one["name"], one["contact"], "代表" if one["represents"] else ""]
        for one in case["parties"]
    ]
    return [("heading", "当事人"), ("table", (["", "姓名或名称", "联系方式", ""], rows, (18, 40, 30, 12)))]


def _signed(*who: str) -> list[Block]:
    rows = [[one, "", "年　　月　　日"] for one in who]
    return [("heading", "签名"), ("table", (["", "签名或盖章", "日期"], rows, (30, 40, 30)))]
