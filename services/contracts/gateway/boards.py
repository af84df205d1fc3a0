"""The board of a secret ballot as a file, which the gateway writes from its pages."""

from __future__ import annotations

from services.chassis.schema import PUBLIC, Operation
from services.contracts.files import FileContent
from services.contracts.governance.secret_ballots import SecretBallotRef

export_board = Operation(
    "gateway", "export_board", SecretBallotRef, FileContent, frozenset({PUBLIC}), "query",
    "The whole board of a secret ballot as a file, which `gonghui ballot verify` checks (docs/ballots.md).",
    title="下载票榜",
)  # fmt: skip
