"""The board of a secret ballot as one file, written page by page while it is sent: a board may have many votes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, stream_with_context

from gateway.rpc.calls import call
from services.contracts.governance.secret_ballots import ENTRIES_PER_PAGE, get_board


def board_file(payload: dict[str, Any]) -> Response:
    """Return the file as an answer. Raises the problems of `get_board` before anything is sent."""
    asked = {"ballot_id": payload["ballot_id"], "limit": ENTRIES_PER_PAGE}
    first = call(get_board, asked)
    name = f"board-{payload['ballot_id']}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(stream_with_context(_written(asked, first)), mimetype="application/json", headers=headers)


def _written(asked: dict[str, Any], first: dict[str, Any]) -> Iterator[str]:
    """Yield the parts of the file: as many entries as the head that was read first vouches for."""
    left, votes, page = first["head"]["entries"], [], first
    yield f'{{"definition": {_text(first["definition"])},\n"entries": ['
    between = "\n"
    while left:
        entries = page["items"][:left]
        if not entries:
            raise RuntimeError(f"board {asked['ballot_id']} ends before its head")
        left -= len(entries)
        votes += [one.pop("vote") for one in entries]
        yield between + ",\n".join(map(_text, entries))
        between = ",\n"
        if left:
            page = call(get_board, {**asked, "cursor": page["next_cursor"]})
    yield f'\n],\n"head": {_text(first["head"])}'
    if first["statements"]:
        yield f',\n"statements": {_text(first["statements"])}'
    if first["secret"] is not None:
        opened = {"secret": first["secret"], "votes": votes, "tally": first["tally"]}
        yield f',\n"opened": {_text(opened)}'
    yield "}\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
