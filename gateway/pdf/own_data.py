"""The own data as a PDF: the record as facts, each list as a table of its meaningful columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.pdf.paper import Paper
from gateway.portal.form_fields import vocabulary_of
from gateway.portal.history_words import value_words
from gateway.portal.words import texts_of
from services.chassis.schema import Schema
from services.contracts.activities.registration.shapes import Registration
from services.contracts.membership.corrections import Correction
from services.contracts.membership.family import FamilyMember
from services.contracts.membership.joining.applications import ApplicationRow
from services.contracts.membership.organisation.posts import Post
from services.contracts.membership.record.fields import MEMBER_FIELDS
from services.contracts.membership.standing.shapes import StandingChange
from services.contracts.membership.transfer import TransferRow
from services.contracts.welfare.birthdays import BirthdayGrant
from services.contracts.welfare.care import CareGift
from services.contracts.welfare.charity.shapes import MyGift
from services.contracts.welfare.examinations.shapes import MyExamination
from services.contracts.welfare.hardship.shapes import AidApplication, HardshipRecord
from services.contracts.welfare.looks import OwnLook
from services.contracts.welfare.mutual_aid.shapes import ClaimDetail, MyCover
from services.contracts.welfare.recuperation.shapes import TripApplication
from services.contracts.welfare.requests.operations import MyRequest

_LISTS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("honours", "荣誉", (("title", "名称"), ("awarded_on", "日期"), ("document", "文件号"))),
    ("family", "家庭成员", (("relation", "关系"), ("name", "姓名"), ("birth_date", "出生日期"))),
    ("consents", "同意", (("title", "内容"), ("version", "版本"), ("given_at", "给出"), ("withdrawn_at", "撤回"))),
    ("applications", "入会申请", (("state", "状态"), ("submitted_at", "提交时间"))),
    ("posts", "职务", (("kind", "职务"), ("starts_on", "开始"), ("ends_on", "届满"))),
    ("transfers", "转会", (("kind", "类别"), ("state", "状态"), ("effective_on", "日期"))),
    ("standing_changes", "会籍变动", (("kind", "类别"), ("new_standing", "变动后"), ("effective_on", "日期"))),
    ("corrections", "更正申请", (("field", "内容"), ("state", "状态"), ("asked_at", "提出"))),
    ("dues_payments", "会费缴纳", (("paid_on", "日期"), ("amount", "金额"))),
    ("registrations", "活动报名", (("activity_id", "活动编号"), ("state", "状态"), ("registered_at", "时间"))),
    ("life_events", "走访慰问事由", (("occasion_name", "事由"), ("happened_on", "日期"))),
    ("birthday_grants", "生日慰问", (("year", "年份"), ("state", "状态"), ("amount", "金额"))),
    ("care_gifts", "定时关怀", (("kind", "类别"), ("due_on", "日期"), ("state", "状态"), ("amount", "金额"))),
    ("gifts", "慈善捐赠", (("title", "活动"), ("way", "方式"), ("amount", "金额"), ("given_on", "日期"))),
    ("trip_applications", "疗休养报名", (("applied_at", "时间"), ("state", "状态"), ("persons", "人数"))),
    ("examinations", "体检", (("title", "名称"), ("hospital", "医院"), ("starts_at", "时间"), ("state", "状态"))),
    ("requests", "诉求", (("number", "编号"), ("type_name", "类型"), ("text", "内容"), ("state", "状态"))),
    (
        "aid_applications",
        "帮扶申请",
        (("submitted_at", "提交"), ("asked", "申请金额"), ("granted", "批准金额"), ("state", "状态")),
    ),
    ("hardship_records", "困难职工档案", (("since", "建档"), ("grade", "等级"), ("state", "状态"))),
    ("campaign_gifts", "收到的慰问", (("campaign", "慰问活动"), ("given_on", "日期"), ("value", "金额"))),
    ("covers", "互助保障", (("title", "保障期"), ("starts_on", "生效"), ("ends_on", "终止"), ("state", "状态"))),
    (
        "mutual_aid_claims",
        "互助保障申领",
        (("plan_name", "计划"), ("event_on", "出险日期"), ("state", "状态"), ("paid", "赔付金额")),
    ),
    ("welfare_looks", "谁看过福利信息", (("at", "时间"), ("kind", "内容"), ("purpose", "用途"))),
    ("fact_uses", "信息用于哪些判断", (("title", "活动"), ("asked_at", "时间"))),
    ("accesses", "谁查看过", (("at", "时间"), ("field", "内容"), ("purpose", "用途"))),
)
_NOT_A_FACT = ("unit_id", "group_id")
_ITEMS: dict[str, type[Schema]] = {
    "posts": Post, "applications": ApplicationRow, "transfers": TransferRow, "standing_changes": StandingChange,
    "corrections": Correction, "registrations": Registration, "family": FamilyMember,
    "birthday_grants": BirthdayGrant, "care_gifts": CareGift, "trip_applications": TripApplication,
    "gifts": MyGift,
    "aid_applications": AidApplication, "hardship_records": HardshipRecord,
    "examinations": MyExamination,
    "requests": MyRequest,
    "welfare_looks": OwnLook,
    "covers": MyCover, "mutual_aid_claims": ClaimDetail,
}  # fmt: skip
"""The contract of the items of a list, whose words are read from there."""


def printed(data: Mapping[str, Any]) -> bytes:
    """Return the PDF of the data from `data_export.collected`."""
    record = data["record"]
    paper = Paper("我的数据", f"{record['name']} {record['number']}，{str(data['made_at'])[:10]} 制")
    paper.heading("档案")
    paper.facts(
        (str(texts_of(MEMBER_FIELDS).get(name, name)), value_words(name, value))
        for name, value in record.items()
        if name not in _NOT_A_FACT and value is not None
    )
    for key, title, columns in _LISTS:
        rows = data.get(key) or []
        if rows:
            paper.heading(title)
            paper.table([label for _, label in columns], [_row(key, row, columns) for row in rows])
    paper.text("完整内容见同一压缩包内的 data.json。")
    if data["not_reached"]:
        paper.text("制作时有部分内容暂时取不到，请稍后再下载一次：" + "、".join(data["not_reached"]))
    return paper.output()


def _row(key: str, row: Mapping[str, Any], columns: tuple[tuple[str, str], ...]) -> list[str | None]:
    return [text_of(key, name, row.get(name)) for name, _ in columns]


def text_of(key: str, name: str, value: Any) -> str | None:
    """Return what a cell says: words of the contract, days and times without what nobody reads.

    Args:
        key: of the list.
        name: of the column.
        value: as the services sent it.
    """
    if value is None:
        return None
    item = _ITEMS.get(key)
    words = vocabulary_of(item().fields.get(name)) if item else MEMBER_FIELDS if name == "field" else None
    if words is not None:
        return words.texts.get(value, str(value))
    text = str(value)
    return text[:16].replace("T", " ") if name.endswith("_at") or name == "at" else text
