"""PDF documents that the gateway makes from data of services. Answered by the gateway itself, without RPC."""

from services.chassis.schema import Empty, Operation
from services.contracts.activities.check_in.shapes import OwnAttendanceRef
from services.contracts.files import FileContent
from services.contracts.governance.meetings.meetings import MeetingRef
from services.contracts.governance.unit_congresses.requests import FilingRef
from services.contracts.membership.card import UnitCardsRequest
from services.contracts.welfare.charity.requests import GiftRef

own_card_paper = Operation(
    "gateway", "own_card_paper", Empty, FileContent, frozenset({"member"}), "query",
    "One's own card as a PDF to print; its code lasts until it is revoked.", title="打印自己的会员卡",
)  # fmt: skip
unit_card_papers = Operation(
    "gateway", "unit_card_papers", UnitCardsRequest, FileContent, frozenset({"officer", "chair"}), "query",
    "A unit's cards as a PDF, ten a page with lines to cut along; a chair: own unit.", title="打印分工会的会员卡",
)  # fmt: skip
gift_certificate = Operation(
    "gateway", "gift_certificate", GiftRef, FileContent, frozenset({"member"}), "query",
    "The certificate of one's own confirmed gift as a PDF; of an anonymous one too.", title="打印自己的捐赠证书",
)  # fmt: skip
attendance_certificate = Operation(
    "gateway", "attendance_certificate", OwnAttendanceRef, FileContent, frozenset({"member"}), "query",
    "The certificate that one attended an activity, as a PDF with a code that verifies it.", title="打印参加证明",
)  # fmt: skip
minutes_paper = Operation(
    "gateway", "minutes_paper", MeetingRef, FileContent, frozenset({"officer", "chair", "auditor", "member"}), "query",
    "The minutes of a meeting as a PDF, with attendance, decisions and action items.", title="打印会议纪要",
)  # fmt: skip
meeting_calendar = Operation(
    "gateway", "meeting_calendar", MeetingRef, FileContent, frozenset({"officer", "chair", "auditor", "member"}),
    "query", "A meeting as an entry for a calendar program.", title="把会议加入日历",
)  # fmt: skip
filing_paper = Operation(
    "gateway", "filing_paper", FilingRef, FileContent, frozenset({"officer", "chair", "auditor", "member"}), "query",
    "A unit's filing as a PDF, with plan, record, checklist and resolutions.", title="打印二级教代会备案表",
)  # fmt: skip
