"""Operations of the photo and the documents of a record."""

from services.chassis.entrypoints import answers
from services.chassis.files.attachments import examined_before, paper_of, photo_of
from services.contracts.membership.record import files as contract
from services.membership.record.use_cases import filing


@answers(
    (contract.member_photo, filing.member_photo),
    (contract.member_has_photo, filing.member_has_photo),
    (contract.remove_member_photo, filing.remove_member_photo),
    (contract.list_member_files, filing.list_member_files),
    (contract.detach_from_member, filing.detach_from_member),
)
@answers(
    (contract.replace_member_photo, filing.replace_member_photo),
    prepare=examined_before(filing.may_replace_photo, photo_of),
)
@answers((contract.attach_to_member, filing.attach_to_member), prepare=examined_before(filing.may_attach, paper_of))
# A reply stored with an idempotency key would contain the file.
@answers((contract.open_member_file, filing.open_member_file), store_reply=False)
class FileEntrypoints:
    """Files of records over RPC."""
