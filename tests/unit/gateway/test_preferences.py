"""Where a page may send the browser on to: never to another site."""

from __future__ import annotations

import pytest
from flask import Flask

from gateway.portal.preferences import safe_next


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "//[elsewhere",
        "/\\elsewhere.example/",
        "/\t/elsewhere.example/",
        "/\t\\elsewhere.example/",
        "/\n/elsewhere.example/",
        "\t//elsewhere.example/",
        "javascript:alert(1)",
        "elsewhere",
        "",
    ],
)
def test_no_address_leads_to_another_site(wanted: str) -> None:
    with Flask(__name__).test_request_context(query_string={"next": wanted}):
        assert safe_next("/start") == "/start"


@pytest.mark.parametrize("wanted", ["/", "/activities?q=读书", "/console/members?page=2"])
def test_an_address_of_the_portal_is_gone_on_to(wanted: str) -> None:
    with Flask(__name__).test_request_context(query_string={"next": wanted}):
        assert safe_next("/start") == wanted
