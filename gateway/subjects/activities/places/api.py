"""Places and bookings over HTTP."""

from gateway.http.routes import Route
from services.contracts.activities.places import bookings, codes, places
from services.contracts.files import LARGEST

_PLACE = "/places/<uuid:place_id>"
_BOOKING = "/place-bookings/<uuid:booking_id>"

ROUTES = (
    Route("GET", "/places", places.list_places),
    Route("POST", "/places", places.add_place, 201, location="/places/{id}"),
    Route("GET", "/places/use", bookings.place_use),
    Route("POST", "/places/check-ins", bookings.check_in_place),
    Route("GET", _PLACE, places.get_place),
    Route("PUT", _PLACE, places.change_place),
    Route("POST", f"{_PLACE}/offer", places.offer_place),
    Route("GET", f"{_PLACE}/photo", places.place_photo, download=True),
    Route("PUT", f"{_PLACE}/photo", places.set_place_photo, upload=LARGEST),
    Route("GET", f"{_PLACE}/week", bookings.place_week),
    Route("POST", f"{_PLACE}/bookings", bookings.book_place, 201),
    Route("GET", f"{_PLACE}/blocks", places.list_place_blocks),
    Route("POST", f"{_PLACE}/blocks", places.block_place, 201),
    Route("GET", f"{_PLACE}/blocks/preview", places.preview_place_block),
    Route("DELETE", f"{_PLACE}/blocks/<uuid:block_id>", places.lift_place_block),
    Route("GET", f"{_PLACE}/code", codes.printed_place_code),
    Route("POST", f"{_PLACE}/code", codes.renew_place_code),
    Route("GET", "/place-bookings", bookings.list_place_bookings),
    Route("DELETE", _BOOKING, bookings.cancel_place_booking),
    Route("POST", f"{_BOOKING}/arrival", bookings.record_arrival),
    Route("GET", "/me/place-bookings", bookings.my_place_bookings),
)
