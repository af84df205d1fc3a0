"""Operations of roster import, and its background jobs."""

from services.chassis.entrypoints import answers, every
from services.chassis.jobs.runner import long_work
from services.contracts.membership import imports as contract
from services.contracts.membership.member_lists import read_member_list
from services.membership.imports.use_cases import checking, extracting, importing, member_lists, reading, uploading
from services.membership.imports.use_cases.imports import CHECK, IMPORT, READ

_HOUR = 3600


@answers(
    (contract.upload_roster, uploading.upload_roster),
    (contract.map_roster, uploading.map_roster),
    (contract.start_import, uploading.start_import),
    (contract.discard_import, uploading.discard_import),
    (contract.get_import, reading.get_import),
    (contract.list_imports, reading.list_imports),
    (contract.list_import_problems, reading.list_import_problems),
    (contract.read_problem_rows, reading.read_problem_rows),
)
# The reply tells who was meant; repeating changes nothing.
@answers((read_member_list, member_lists.read_member_list), store_reply=False)
class ImportEntrypoints:
    """Roster import over RPC."""

    erase_old_imports = every(_HOUR, "erase-old-imports", uploading.erase_old)
    read_roster = long_work(READ, contract.upload_roster, extracting.keep_part, prepare=extracting.read_file)
    check_roster = long_work(CHECK, contract.map_roster, checking.check_part)
    import_roster = long_work(IMPORT, contract.start_import, importing.import_part)
