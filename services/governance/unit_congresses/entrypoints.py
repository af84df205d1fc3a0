"""Operations of units' congresses, and their recurring work."""

from __future__ import annotations

from services.chassis.entrypoints import answers, every
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.governance.unit_congresses import operations as contract
from services.governance.unit_congresses.use_cases import comparing, documents, filing, opening, reading, reviewing


@answers(
    (contract.list_filings, reading.list_filings),
    (contract.get_filing, reading.get_filing),
    (contract.compare_filings, comparing.compare_filings),
    (contract.filing_figures, comparing.filing_figures),
    (contract.open_filing_document, documents.open_filing_document),
    (contract.open_filings, opening.open_filings),
    (contract.submit_filing_plan, filing.submit_filing_plan),
    (contract.save_filing_record, filing.save_filing_record),
    (contract.add_filing_resolution, filing.add_filing_resolution),
    (contract.remove_filing_resolution, filing.remove_filing_resolution),
    (contract.answer_filing_checks, filing.answer_filing_checks),
    (contract.remove_filing_document, documents.remove_filing_document),
    (contract.submit_filing_record, filing.submit_filing_record),
    (contract.answer_filing_guidance, filing.answer_filing_guidance),
    (contract.review_filing, reviewing.review_filing),
    (contract.write_filing_guidance, reviewing.write_filing_guidance),
    (contract.waive_filing, reviewing.waive_filing),
    (contract.require_filing, reviewing.require_filing),
    (contract.reopen_filing, reviewing.reopen_filing),
)
@answers(
    (contract.attach_filing_document, documents.attach_filing_document),
    prepare=examined_before(documents.may_attach, paper_of),
)
class UnitCongressEntrypoints:
    """Units' congresses over RPC."""

    open_filings_of_this_year = every(3600, "filings-opened", opening.open_this_year)
    remind_of_filings = every(300, "filings-reminded", opening.remind)
