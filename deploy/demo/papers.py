"""Papers that demo applicants attach: blank pages that say nothing, since nobody stands behind them."""

from __future__ import annotations

import base64
import io
from typing import Any

from PIL import Image

_ASKED_FOR = {
    "agency": ("agency_contract",),
    "contract": ("labour_contract",),
    "dispatched": ("labour_contract", "dispatch_letter"),
}


def papers_of(employment: str) -> list[dict[str, Any]]:
    """Return the documents the demo rules ask of somebody employed like this."""
    content = base64.b64encode(_blank_page()).decode("ascii")
    return [
        {"kind": kind, "name": f"{kind}.png", "media_type": "image/png", "content": content}
        for kind in _ASKED_FOR.get(employment, ())
    ]


def _blank_page() -> bytes:
    written = io.BytesIO()
    Image.new("L", (105, 148), 255).save(written, "PNG")
    return written.getvalue()
