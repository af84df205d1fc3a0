"""Contests over HTTP."""

from gateway.http.routes import Route
from services.contracts.activities.contests import entries, judging, settings

_CONTEST = "/activities/<uuid:activity_id>/contest"
_ENTRY = f"{_CONTEST}/entries/<uuid:entry_id>"

ROUTES = (
    Route("GET", "/contests", settings.list_contests),
    Route("GET", "/me/contests", settings.my_contests),
    Route("GET", _CONTEST, settings.get_contest),
    Route("PUT", _CONTEST, settings.set_contest),
    Route("POST", f"{_CONTEST}/opening", settings.open_contest),
    Route("POST", f"{_CONTEST}/groups/<int:group>/closing", settings.close_group),
    Route("POST", f"{_CONTEST}/groups/<int:group>/reopening", settings.reopen_group),
    Route("POST", f"{_CONTEST}/publication", settings.publish_contest),
    Route("POST", f"{_CONTEST}/withdrawal", settings.withdraw_results),
    Route("GET", f"{_CONTEST}/history", settings.contest_history),
    Route("GET", f"{_CONTEST}/results", entries.contest_results),
    Route("GET", f"{_CONTEST}/entries", entries.list_entries),
    Route("POST", f"{_CONTEST}/entries", entries.enter_contest, 201),
    Route("POST", f"{_CONTEST}/entries/registered", entries.enter_registered),
    Route("PATCH", _ENTRY, entries.change_entry),
    Route("POST", f"{_ENTRY}/withdrawal", entries.withdraw_entry),
    Route("POST", f"{_ENTRY}/adjustments", entries.adjust_entry, 201),
    Route("POST", f"{_ENTRY}/adjustments/<uuid:adjustment_id>/withdrawal", entries.take_adjustment_back),
    Route("POST", f"{_ENTRY}/aside", judging.step_aside),
    Route("GET", f"{_CONTEST}/judges", judging.list_judges),
    Route("POST", f"{_CONTEST}/judges", judging.add_judge, 201),
    Route("DELETE", f"{_CONTEST}/judges/<uuid:judge_id>", judging.remove_judge),
    Route("GET", f"{_CONTEST}/judging", judging.judging),
    Route("GET", f"{_CONTEST}/sheets", judging.list_sheets),
    Route("POST", f"{_CONTEST}/sheets", judging.hand_in_sheet, 201),
    Route("PUT", f"{_CONTEST}/sheets/drafts", judging.save_sheet),
    Route("POST", f"{_CONTEST}/sheets/<uuid:sheet_id>/correction", judging.correct_sheet),
)
