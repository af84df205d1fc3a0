"""Reading a list of member numbers from a spreadsheet."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from services.chassis.errors import InvalidInput
from services.chassis.files.spreadsheets import read_sheet
from services.chassis.input_errors import InputError

HEADINGS = ("会员号", "number", "Member number")
"""How the column of numbers may be called."""


def numbers_in(upload: Mapping[str, Any]) -> list[str]:
    """Return the numbers of an uploaded xlsx or csv, in the order of its rows.

    Raises:
        InvalidInput: the file can't be read, or has no column of numbers.
    """
    sheet = read_sheet(upload["name"], base64.b64decode(upload["content"]))
    heading = next((one for one in HEADINGS if one in sheet.headings), None)
    if heading is None:
        raise InvalidInput(InputError("campaigns.list_has_numbers", "No column of member numbers."), field="content")
    return [row[heading].strip() for _, row in sheet.rows if row.get(heading, "").strip()]
