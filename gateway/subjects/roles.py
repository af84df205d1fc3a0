"""Sets of roles that menus and exports of several subjects are open to."""

from __future__ import annotations

ALL = frozenset({"officer", "chair", "auditor"})
OFFICE = frozenset({"officer", "auditor"})
