"""The words of joining's lists: kinds of documents, outcomes of a batch, files in a record's history."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

DOCUMENT_KIND = {
    "labour_contract": _l("劳动合同"), "agency_contract": _l("人事代理协议"), "dispatch_letter": _l("劳务派遣证明"),
    "employment_proof": _l("在职证明"), "identity": _l("身份证明"), "decision": _l("决定文书"), "other": _l("其他"),
}  # fmt: skip
APPROVAL = {"waiting": _l("等待中"), "approved": _l("已批准"), "refused": _l("未批准")}
FILE_FIELD = {
    "photo": _l("照片"), "card_serial": _l("会员卡版次"), "file.labour_contract": _l("附件：劳动合同"),
    "file.agency_contract": _l("附件：人事代理协议"), "file.dispatch_letter": _l("附件：劳务派遣证明"),
    "file.employment_proof": _l("附件：在职证明"), "file.identity": _l("附件：身份证明"),
    "file.decision": _l("附件：决定文书"), "file.other": _l("附件：其他"), "file.photo": _l("照片"),
}  # fmt: skip
