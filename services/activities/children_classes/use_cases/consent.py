"""The wording guardians consent to: the one in force, and changing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.children_classes.tables import GuardianConsent
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import count_or_none

SHIPPED = (
    "工会为开办子女体育托班，需要处理孩子的姓名、出生日期、健康提示（可不填），以及监护人的紧急联系电话和接孩子的人的姓名、电话。"
    "这些属于不满十四周岁未成年人的个人信息，是敏感个人信息，处理目的仅限于录取、点名、接送和紧急联系。"
    "资料加密保存，只有经办的校工会干部写明用途后能查看，每次查看都有记录，您可以看到。"
    "班级结束后按制度规定的期限删除；您可以随时在“我的孩子”里更正资料，或退出班级，退出后资料立即删除。"
    "我是孩子的监护人，已阅读以上内容，同意工会处理上述信息，并已取得接孩子的人的同意。"
)
"""Version 1, for a union that has written none: after the law on personal information, Articles 15, 19, 28–31, 47."""


def wording(tx: Transaction) -> tuple[int, str]:
    """Return the number and the text of the wording in force."""
    latest = sa.select(GuardianConsent).order_by(GuardianConsent.version.desc()).limit(1)
    found = tx.session.scalars(latest).first()
    return (1, SHIPPED) if found is None else (found.version, found.text)


def get_guardian_consent(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the wording in force, and how long data are kept."""
    version, text = wording(tx)
    return {"version": version, "text": text, "keep_months": count_or_none(tx, "children.keep_months")}


def set_guardian_consent(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Put another wording in force; the same one changes nothing."""
    tx.lock("guardian-consent")
    version, text = wording(tx)
    if request["text"] != text:
        tx.session.add(GuardianConsent(version=version + 1, text=request["text"], made_at=tx.now))
        tx.session.flush()
        note_change(tx, "guardian-consent", {"version": (version, version + 1)})
    return get_guardian_consent(tx, request)
