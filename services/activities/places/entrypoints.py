"""Operations of places, forgetting members, and recurring work."""

from __future__ import annotations

from services.activities.places.use_cases import absences, arriving, blocks, booking, ending, places, reading, week
from services.chassis.entrypoints import answers, every, on_event
from services.chassis.files.attachments import examined_before, photo_of
from services.contracts.activities.places import bookings as bookings_contract
from services.contracts.activities.places import codes as codes_contract
from services.contracts.activities.places import places as places_contract
from services.contracts.membership.retention import MemberAnonymised

_ONE_MINUTE, _FIVE_MINUTES = 60, 300


@answers(
    (places_contract.list_places, places.list_places),
    (places_contract.get_place, places.get_place),
    (places_contract.add_place, places.add_place),
    (places_contract.change_place, places.change_place),
    (places_contract.offer_place, places.offer_place),
    (places_contract.preview_place_block, blocks.preview_place_block),
    (places_contract.block_place, blocks.block_place),
    (places_contract.lift_place_block, blocks.lift_place_block),
    (places_contract.list_place_blocks, blocks.list_place_blocks),
    (places_contract.place_photo, places.place_photo),
    (bookings_contract.place_week, week.place_week),
    (bookings_contract.book_place, booking.book_place),
    (bookings_contract.cancel_place_booking, booking.cancel_place_booking),
    (bookings_contract.my_place_bookings, reading.my_place_bookings),
    (bookings_contract.list_place_bookings, reading.list_place_bookings),
    (bookings_contract.check_in_place, arriving.check_in_place),
    (bookings_contract.record_arrival, arriving.record_arrival),
    (bookings_contract.place_use, reading.place_use),
    (codes_contract.printed_place_code, arriving.printed_place_code),
    (codes_contract.renew_place_code, arriving.renew_place_code),
    (codes_contract.read_place_code, arriving.read_place_code),
)
@answers((places_contract.set_place_photo, places.set_place_photo),
         prepare=examined_before(places.may_set_photo, photo_of))  # fmt: skip
class PlaceEntrypoints:
    """Places over RPC."""

    record_absences = every(_ONE_MINUTE, "place-absences", absences.record_absences)
    end_waiting = every(_ONE_MINUTE, "place-waiting", ending.end_waiting)
    forget_old_bookings = every(_FIVE_MINUTES, "place-bookings-forgotten", ending.forget_old_bookings)
    forget_place_bookings = on_event(MemberAnonymised, ending.forget_bookings)
