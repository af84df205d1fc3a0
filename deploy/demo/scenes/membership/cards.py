"""Photos that two members uploaded for their cards."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from deploy.demo.union import WORDING, DemoUnion
from services.contracts.membership.record import files

_BACKGROUNDS = {"member": "#7fa6c9", "chair": "#c98f7f"}


def play(union: DemoUnion) -> str:
    for account, background in _BACKGROUNDS.items():
        photo = {**_photo(background), "member_id": union.member_id(union.holder(account)), "consent_version": WORDING}
        union.ask(f"photo-{account}", files.replace_member_photo, photo, union.as_member(account))
    return f"{len(_BACKGROUNDS)} photos for cards"


def _photo(background: str) -> dict[str, Any]:
    """Return a drawing of head and shoulders on a coloured background."""
    image = Image.new("RGB", (300, 400), background)
    drawing = ImageDraw.Draw(image)
    drawing.ellipse((45, 265, 255, 520), fill="#3a3f4a")
    drawing.ellipse((95, 95, 205, 250), fill="#e8c9a9")
    drawing.chord((88, 70, 212, 230), 180, 360, fill="#2b2421")
    written = BytesIO()
    image.save(written, "JPEG", quality=85)
    content = base64.b64encode(written.getvalue()).decode("ascii")
    return {"name": "photo.jpg", "media_type": "image/jpeg", "content": content}
