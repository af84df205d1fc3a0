"""The OpenAPI document of the whole API, for the export."""

from __future__ import annotations

from typing import Any

from flask import Flask

from gateway.http.openapi import API_VERSION, make_api
from gateway.http.routes import add_routes
from gateway.subjects import SUBJECTS


def openapi_document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the API as it is served, without a database or services."""
    app = Flask("gateway", static_folder=None)
    made = make_api(app, API_VERSION)
    add_routes(made, SUBJECTS)
    return made.document()
