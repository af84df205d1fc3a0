"""Roles, what else an operation is open to (everybody, accounts, programs, services, scopes), and their reach."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

PUBLIC = "public"
"""Anyone, signed in or not."""
ACCOUNT = "account"
"""Any signed-in account."""
PROGRAM = "program"
"""Any signed-in program of another system."""
SYSTEM = "system"
"""Another service, acting for the union itself."""
SCOPE = re.compile(r"\A[a-z]+\.read\Z")
"""The form of what a program may be allowed: scopes stand in a list of roles, and only let read."""

Reach = Literal["union", "unit", "own"]
"""About whom a role may ask: the whole union, the own unit, oneself."""
USUAL_REACH: Mapping[str, Reach] = {
    PUBLIC: "union", "officer": "union", "auditor": "union", "ops": "union", "hr": "union", "chair": "unit",
}  # fmt: skip
"""The reach of a role where an operation does not say otherwise; "own" for all others, of a scope "union"."""

ROLES = ("officer", "chair", "member", "auditor", "delegate", "handler", "mediator", "judge", "ops", "applicant", "hr")
