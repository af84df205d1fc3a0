"""Cards, photo and documents of members."""

from gateway.http.routes import Route
from gateway.subjects.membership.cards import papers, sheets
from services.contracts.gateway.jobs import print_cards
from services.contracts.gateway.papers import own_card_paper, unit_card_papers
from services.contracts.membership.card import list_cards, list_unit_cards, my_card, revoke_cards, verify_card
from services.contracts.membership.record import files
from services.contracts.membership.record.attachments import LARGEST_DOCUMENT, LARGEST_PHOTO

_MEMBER = "/membership/members/<uuid:member_id>"

ROUTES = (
    Route("GET", "/me/card", my_card),
    Route("GET", "/me/card.pdf", own_card_paper, answer=lambda _: papers.own_card_paper(), download=True),
    Route(
        "GET", "/membership/units/<uuid:unit_id>/cards.pdf", unit_card_papers, answer=papers.unit_card_papers,
        download=True,
    ),
    Route("POST", "/membership/cards/sheets", print_cards, 202, answer=sheets.start),
    Route("GET", "/membership/cards", list_cards),
    Route("GET", "/membership/cards/<token>", verify_card),
    Route("GET", "/membership/units/<uuid:unit_id>/cards", list_unit_cards),
    Route("POST", f"{_MEMBER}/cards/revoke", revoke_cards),
    Route("GET", f"{_MEMBER}/photo", files.member_photo, download=True),
    Route("GET", f"{_MEMBER}/photo/kept", files.member_has_photo),
    Route("PUT", f"{_MEMBER}/photo", files.replace_member_photo, upload=LARGEST_PHOTO),
    Route("DELETE", f"{_MEMBER}/photo", files.remove_member_photo),
    Route("GET", f"{_MEMBER}/files", files.list_member_files),
    Route("POST", f"{_MEMBER}/files", files.attach_to_member, 201, upload=LARGEST_DOCUMENT),
    Route("POST", f"{_MEMBER}/files/<uuid:file_id>/open", files.open_member_file, download=True),
    Route("DELETE", f"{_MEMBER}/files/<uuid:file_id>", files.detach_from_member),
)  # fmt: skip
