"""Recuperation: routes, rounds with their draw, trips, applications."""

from gateway.http.routes import Route
from services.contracts.welfare.recuperation import operations as contract

_ROUTES = "/welfare/recuperation-routes"
_ROUNDS = "/welfare/recuperation-rounds"
_ROUND = f"{_ROUNDS}/<uuid:round_id>"
_TRIP = "/welfare/trips/<uuid:trip_id>"
_APPLICATION = "/welfare/trip-applications/<uuid:application_id>"

ROUTES = (
    Route("GET", _ROUTES, contract.list_recuperation_routes),
    Route("POST", _ROUTES, contract.add_recuperation_route, 201),
    Route("POST", f"{_ROUTES}/<uuid:route_id>/end", contract.end_recuperation_route),
    Route("GET", _ROUNDS, contract.list_recuperation_rounds),
    Route("POST", _ROUNDS, contract.open_recuperation_round, 201, location=f"{_ROUNDS}/{{id}}"),
    Route("GET", _ROUND, contract.get_recuperation_round),
    Route("GET", f"{_ROUND}/eligibility", contract.my_trip_eligibility),
    Route("POST", f"{_ROUND}/close", contract.close_trip_entries),
    Route("POST", f"{_ROUND}/commit", contract.commit_draw),
    Route("GET", "/welfare/trips", contract.list_trips),
    Route("POST", "/welfare/trips", contract.add_trip, 201, location="/welfare/trips/{id}"),
    Route("GET", _TRIP, contract.get_trip),
    Route("POST", f"{_TRIP}/publish", contract.publish_trip),
    Route("POST", f"{_TRIP}/cancel", contract.cancel_trip),
    Route("POST", f"{_TRIP}/applications", contract.apply_for_trip, 201),
    Route("GET", f"{_TRIP}/applications", contract.list_people_on_trip),
    Route("GET", f"{_TRIP}/draw", contract.draw_file, download=True),
    Route("POST", f"{_TRIP}/draw", contract.enter_public_value),
    Route("POST", f"{_TRIP}/decide", contract.decide_trip),
    Route("POST", f"{_TRIP}/travelled", contract.note_travelled),
    Route("POST", f"{_TRIP}/settle", contract.settle_trip),
    Route("POST", f"{_TRIP}/travellers", contract.read_travellers),
    Route("GET", "/welfare/trip-applications", contract.list_trip_applications),
    Route("POST", f"{_APPLICATION}/grounds", contract.confirm_priority_grounds),
    Route("POST", f"{_APPLICATION}/withdraw", contract.withdraw_trip_application),
    Route("POST", f"{_APPLICATION}/move", contract.move_trip_application),
    Route("POST", f"{_APPLICATION}/rate", contract.rate_trip),
    Route("GET", "/me/trip-applications", contract.my_trip_applications),
)
