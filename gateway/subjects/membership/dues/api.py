"""Dues: what members owe, what comes in and goes back, files of the payroll, arrears."""

from __future__ import annotations

from gateway.http.routes import Route
from services.contracts.membership.dues.collecting import (
    ask_dues_refund,
    decide_dues_refund,
    export_arrears,
    list_arrears,
    list_dues_payments,
    list_dues_refunds,
    record_dues_payment,
    remind_of_dues,
    reverse_dues_payment,
)
from services.contracts.membership.dues.credit import list_dues_credits
from services.contracts.membership.dues.files import (
    LARGEST_FILE,
    drop_dues_file,
    get_dues_file,
    list_dues_files,
    map_dues_file,
    post_dues_file,
    upload_dues_file,
)
from services.contracts.membership.dues.operations import (
    adjust_dues,
    charge_dues,
    dues_by_month,
    dues_by_unit,
    end_exemption,
    exempt_from_dues,
    get_member_dues,
    list_members_without_base,
    preview_dues_charge,
    set_dues_base,
    unmask_dues_base,
)

_DUES = "/membership/dues"
_OF_MEMBER = f"{_DUES}/members/<uuid:member_id>"
_FILE = f"{_DUES}/files/<uuid:file_id>"

ROUTES = (
    Route("GET", f"{_DUES}/months", dues_by_month),
    Route("GET", f"{_DUES}/months/<string:month>/units", dues_by_unit),
    Route("GET", f"{_DUES}/months/<string:month>/preview", preview_dues_charge),
    Route("POST", f"{_DUES}/months/<string:month>/charge", charge_dues, 202),
    Route("GET", f"{_DUES}/months/<string:month>/without-base", list_members_without_base),
    Route("GET", _OF_MEMBER, get_member_dues),
    Route("POST", f"{_OF_MEMBER}/bases", set_dues_base, 201),
    Route("POST", f"{_DUES}/bases/<uuid:base_id>/unmask", unmask_dues_base),
    Route("POST", f"{_OF_MEMBER}/exemptions", exempt_from_dues, 201),
    Route("POST", f"{_DUES}/exemptions/<uuid:exemption_id>/end", end_exemption),
    Route("POST", f"{_OF_MEMBER}/months/<string:month>/adjust", adjust_dues),
    Route("GET", f"{_OF_MEMBER}/payments", list_dues_payments),
    Route("POST", f"{_OF_MEMBER}/payments", record_dues_payment, 201),
    Route("POST", f"{_DUES}/payments/<uuid:payment_id>/reverse", reverse_dues_payment, 201),
    Route("POST", f"{_OF_MEMBER}/refunds", ask_dues_refund, 201),
    Route("GET", f"{_DUES}/refunds", list_dues_refunds),
    Route("POST", f"{_DUES}/refunds/<uuid:refund_id>/decide", decide_dues_refund),
    Route("GET", f"{_DUES}/files", list_dues_files),
    Route("POST", f"{_DUES}/files", upload_dues_file, 201, location="/membership/dues/files/{id}", upload=LARGEST_FILE),
    Route("GET", _FILE, get_dues_file),
    Route("POST", f"{_FILE}/mapping", map_dues_file),
    Route("POST", f"{_FILE}/post", post_dues_file, 202),
    Route("POST", f"{_FILE}/drop", drop_dues_file),
    Route("GET", f"{_DUES}/credits", list_dues_credits),
    Route("GET", f"{_DUES}/arrears", list_arrears),
    Route("POST", f"{_DUES}/arrears/export", export_arrears, 202),
    Route("POST", f"{_DUES}/arrears/remind", remind_of_dues, 202),
)
