"""The course of a membership on pages: a transfer asked for and withdrawn, the roster, a member's standing."""

from __future__ import annotations
