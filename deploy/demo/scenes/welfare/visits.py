"""Three life events in the chair's unit: one visit was made and claimed, two are due; and those of the months before.

The visit that was claimed has a photo and a signed sheet, both drawn here.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from fpdf import FPDF
from PIL import Image, ImageDraw

from deploy.demo.union import POSTS, DemoUnion
from services.chassis.clock import today
from services.contracts.membership.record import operations as record
from services.contracts.welfare.visits import files
from services.contracts.welfare.visits import operations as visits

BEFORE = (9, 24, 41, 58, 83, 97, 121, 149, 168, 190, 214, 236, 259, 281, 307, 338)
"""How many days ago life events happened whose visits were made."""


def play(union: DemoUnion) -> str:
    earlier = _earlier(union)
    member, chair = (union.member_id(union.holder(account)) for account in ("member", "chair"))
    unit = {"unit_id": union.units[union.holder("chair")], "limit": 50}
    rows = union.ask("unit", record.list_members, unit, union.as_officer())["items"]
    others = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in (member, chair)]
    reported = (("wedding", member), ("hospitalisation", chair), ("birth", others[-1] if others else member))
    for days, (occasion, member_id) in enumerate(reported, 1):
        life_event = {"member_id": member_id, "occasion": occasion, "happened_on": today() - timedelta(days=days)}
        event = union.ask(f"life-event-{occasion}", visits.report_life_event, life_event, union.as_officer())
    made = {
        "visit_id": event["visit_id"],
        "visited_on": today() - timedelta(days=2),
        "evidence": [{"kind": "note", "text": "到家中看望母子。"}],
        "amount": "500.00",
        "form": "goods",
    }
    for upload in (_photo(), _sheet()):
        filed = {"visit_id": event["visit_id"], **upload}
        union.ask(f"visit-{upload['kind']}", files.attach_visit_evidence, filed, union.as_chair())
    union.ask("visit-made", visits.complete_visit, made, union.as_chair())
    return f"{len(reported) + earlier} visits"


def _earlier(union: DemoUnion) -> int:
    """Let other units have made visits over the year; nothing was given at them."""
    first = 2 * len(union.units)
    others = [union.member_id(row) for row in range(first, union.count, 3)]
    others = [one for one in others if one not in {union.member_id(union.holder(post)) for post, _ in POSTS}]
    for number, (days, member_id) in enumerate(zip(BEFORE, others, strict=False)):
        happened_on = today() - timedelta(days=days)
        occasion = ("hospitalisation", "birth", "wedding")[number % 3]
        life_event = {"member_id": member_id, "occasion": occasion, "happened_on": happened_on}
        event = union.ask(f"life-event-before-{number}", visits.report_life_event, life_event, union.as_officer())
        made = {
            "visit_id": event["visit_id"],
            "visited_on": happened_on + timedelta(days=1 + number % 2),
            "evidence": [
                {"kind": "note", "text": "已代表工会看望。"},
                {"kind": "signature", "text": "本人签字的回执存在分工会。"},
            ],
        }
        union.ask(f"visit-before-{number}", visits.complete_visit, made, union.as_officer())
    return min(len(BEFORE), len(others))


def _photo() -> dict[str, Any]:
    """A basket with a ribbon on a table; nobody is in it."""
    image = Image.new("RGB", (1200, 900), "#f3e9dc")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 640, 1200, 900), fill="#a9744f")
    pen.polygon([(330, 480), (870, 480), (800, 740), (400, 740)], fill="#d8a657")
    pen.arc((360, 180, 840, 760), 180, 360, fill="#8a5a2b", width=26)
    for left, colour in ((380, "#c8102e"), (510, "#2f855a"), (640, "#d69e2e"), (760, "#c8102e")):
        pen.ellipse((left, 370, left + 120, 490), fill=colour)
    pen.polygon([(560, 200), (640, 200), (600, 240)], fill="#c8102e")
    drawn = BytesIO()
    image.save(drawn, "JPEG", quality=80)
    upload = {"kind": "photo", "people_shown": "none", "caption": "送去的慰问品。", "name": "photo.jpg"}
    return {**upload, "media_type": "image/jpeg", "content": drawn.getvalue()}


def _sheet() -> dict[str, Any]:
    """A sheet of receipt with a line that was signed."""
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("Helvetica", size=16)
    sheet.text(20, 30, "Receipt: gifts worth 500.00 yuan")
    sheet.line(20, 60, 110, 60)
    sheet.set_font("Times", "I", 20)
    sheet.text(25, 57, "signed")
    upload = {"kind": "signature", "name": "sheet.pdf", "media_type": "application/pdf"}
    return {**upload, "content": bytes(sheet.output())}
