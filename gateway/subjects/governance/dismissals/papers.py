"""The union's opinion on a dismissal notice on paper, to be sealed and given to the employer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.pdf.printing import printed
from gateway.portal.formats import plain_day
from gateway.portal.words import words
from gateway.union_profile import profile
from services.chassis.clock import today

TITLE = "工会对解除劳动合同的意见书"


def drawn(it: Mapping[str, Any]) -> bytes:
    """Return the opinion as a PDF."""
    union = profile.current().name(english=False)
    subtitle = f"{union}　编号 {it['number']}　{plain_day(today())}"
    rows = [
        ["姓名", it["person_name"] or "—"], ["解除理由", str(words(it["ground"], "dismissal_ground"))],
        ["收到通知日期", plain_day(it["received_on"])], ["拟解除日期", plain_day(it["effective_on"])],
        ["工会意见", str(words(it["opinion"], "dismissal_opinion"))],
        ["如何决定", str(words(it["decided_by"], "dismissal_decided_by"))],
    ]  # fmt: skip
    said = [
        block
        for heading, text in (("违反的法律、规章或合同条款", it["violated"]), ("理由", it["opinion_text"]))
        if text
        for block in (("heading", heading), ("text", text))
    ]
    law = (
        "依照《中华人民共和国工会法》第二十二条、《中华人民共和国劳动合同法》第四十三条，用人单位应当研究工会的意见，"
        "并将处理结果书面通知工会。"
    )
    signed = [["工会（盖章）", "", "年　　月　　日"]]
    blocks = [
        ("table", (["项目", "内容"], rows, (30, 70))), *said, ("text", law),
        ("table", (["", "签名或盖章", "日期"], signed, (30, 40, 30))),
    ]  # fmt: skip
    return printed("document", TITLE, subtitle, blocks)
