"""Operations of contests, and what the end of a member's data means for them."""

from __future__ import annotations

from services.activities.contests.use_cases import deciding, entries, forgetting, judges, settings, sheets
from services.chassis.entrypoints import answers, on_event
from services.contracts.activities.contests import entries as entries_contract
from services.contracts.activities.contests import judging as judging_contract
from services.contracts.activities.contests import settings as settings_contract
from services.contracts.membership.retention import MemberAnonymised


@answers(
    (settings_contract.get_contest, settings.get_contest),
    (settings_contract.list_contests, settings.list_contests),
    (settings_contract.my_contests, settings.my_contests),
    (settings_contract.set_contest, settings.set_contest),
    (settings_contract.open_contest, settings.open_contest),
    (settings_contract.contest_history, settings.contest_history),
    (settings_contract.close_group, deciding.close_group),
    (settings_contract.reopen_group, deciding.reopen_group),
    (settings_contract.publish_contest, deciding.publish_contest),
    (settings_contract.withdraw_results, deciding.withdraw_results),
    (entries_contract.contest_results, deciding.contest_results),
    (entries_contract.list_entries, entries.list_entries),
    (entries_contract.change_entry, entries.change_entry),
    (entries_contract.withdraw_entry, entries.withdraw_entry),
    (entries_contract.adjust_entry, entries.adjust_entry),
    (entries_contract.take_adjustment_back, entries.take_adjustment_back),
    (judging_contract.list_judges, judges.list_judges),
    (judging_contract.add_judge, judges.add_judge),
    (judging_contract.remove_judge, judges.remove_judge),
    (judging_contract.step_aside, judges.step_aside),
    (judging_contract.judging, judges.judging),
    (judging_contract.save_sheet, sheets.save_sheet),
    (judging_contract.hand_in_sheet, sheets.hand_in_sheet),
    (judging_contract.correct_sheet, sheets.correct_sheet),
    (judging_contract.list_sheets, sheets.list_sheets),
)
@answers((entries_contract.enter_contest, entries.enter_contest), prepare=entries.ask_age)
@answers((entries_contract.enter_registered, entries.enter_registered), prepare=entries.ask_ages)
class ContestEntrypoints:
    """Contests over RPC."""

    forget_contests = on_event(MemberAnonymised, forgetting.forget_contests)
