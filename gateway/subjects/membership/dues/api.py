"""Dues: what members owe, what comes in and goes back, files of the payroll, arrears."""

from gateway.http.routes import Route
from services.contracts.membership.dues import collecting, files
from services.contracts.membership.dues import operations as contract
from services.contracts.membership.dues.credit import list_dues_credits

_DUES = "/membership/dues"
_OF_MEMBER = f"{_DUES}/members/<uuid:member_id>"
_FILE = f"{_DUES}/files/<uuid:file_id>"

ROUTES = (
    Route("GET", f"{_DUES}/months", contract.dues_by_month),
    Route("GET", f"{_DUES}/months/<string:month>/units", contract.dues_by_unit),
    Route("GET", f"{_DUES}/months/<string:month>/preview", contract.preview_dues_charge),
    Route("POST", f"{_DUES}/months/<string:month>/charge", contract.charge_dues, 202),
    Route("GET", f"{_DUES}/months/<string:month>/without-base", contract.list_members_without_base),
    Route("GET", _OF_MEMBER, contract.get_member_dues),
    Route("POST", f"{_OF_MEMBER}/bases", contract.set_dues_base, 201),
    Route("POST", f"{_DUES}/bases/<uuid:base_id>/unmask", contract.unmask_dues_base),
    Route("POST", f"{_OF_MEMBER}/exemptions", contract.exempt_from_dues, 201),
    Route("POST", f"{_DUES}/exemptions/<uuid:exemption_id>/end", contract.end_exemption),
    Route("POST", f"{_OF_MEMBER}/months/<string:month>/adjust", contract.adjust_dues),
    Route("GET", f"{_OF_MEMBER}/payments", collecting.list_dues_payments),
    Route("POST", f"{_OF_MEMBER}/payments", collecting.record_dues_payment, 201),
    Route("POST", f"{_DUES}/payments/<uuid:payment_id>/reverse", collecting.reverse_dues_payment, 201),
    Route("POST", f"{_OF_MEMBER}/refunds", collecting.ask_dues_refund, 201),
    Route("GET", f"{_DUES}/refunds", collecting.list_dues_refunds),
    Route("POST", f"{_DUES}/refunds/<uuid:refund_id>/decide", collecting.decide_dues_refund),
    Route("GET", f"{_DUES}/files", files.list_dues_files),
    Route(
        "POST",
        f"{_DUES}/files",
        files.upload_dues_file,
        201,
        location="/membership/dues/files/{id}",
        upload=files.LARGEST_FILE,
    ),
    Route("GET", _FILE, files.get_dues_file),
    Route("POST", f"{_FILE}/mapping", files.map_dues_file),
    Route("POST", f"{_FILE}/post", files.post_dues_file, 202),
    Route("POST", f"{_FILE}/drop", files.drop_dues_file),
    Route("GET", f"{_DUES}/credits", list_dues_credits),
    Route("GET", f"{_DUES}/arrears", collecting.list_arrears),
    Route("POST", f"{_DUES}/arrears/export", collecting.export_arrears, 202),
    Route("POST", f"{_DUES}/arrears/remind", collecting.remind_of_dues, 202),
)
