"""Words for tournaments: the score of a match, teams to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext

from gateway.portal.service_calls import part
from services.contracts.activities.sports.tournaments import list_sports_teams


def score_words(fixture: Mapping[str, Any]) -> str:
    """Return sets won, then the points of each set; that a team did not play; nothing before the match."""
    if fixture["state"] == "walk_over":
        return gettext("%(name)s 胜（对方弃权）", name=fixture["winner_name"])
    sets = [(one["home"], one["away"]) for one in fixture["sets"]]
    if not sets:
        return ""
    won = sum(home > away for home, away in sets)
    return f"{won}:{len(sets) - won} ({', '.join(f'{home}:{away}' for home, away in sets)})"


def teams_of() -> dict[str, str]:
    """Return the teams of the tournament that the address names."""
    activity_id = str((request.view_args or {}).get("activity_id"))
    return {one["id"]: one["name"] for one in part(list_sports_teams, {"activity_id": activity_id}).items}
