"""The search in welfare over HTTP."""

from gateway.http.routes import Route
from services.contracts.welfare.finding import find_in_welfare

ROUTES = (Route("GET", "/welfare/search", find_in_welfare),)
