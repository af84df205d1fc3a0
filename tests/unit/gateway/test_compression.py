"""Pages are compressed for the portal's own readers only, and say so."""

from __future__ import annotations

import gzip

import pytest

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def asked(app_with_portal):
    return lambda path, **headers: app_with_portal.test_client().get(path, headers={**GZIP, **headers})


@pytest.mark.parametrize("origin", ["same-origin", "none"])
def test_pages_are_compressed_for_readers_of_the_portal(asked, origin):
    plain, packed = asked("/join/follow"), asked("/join/follow", **{"Sec-Fetch-Site": origin})
    assert packed.headers["Content-Encoding"] == "gzip"
    unpacked = gzip.decompress(packed.data).decode()
    assert unpacked.partition("<body")[0] == plain.text.partition("<body")[0]
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert packed.headers["Vary"].startswith("Accept-Encoding, Sec-Fetch-Site")


@pytest.mark.parametrize("origin", ["cross-site", "same-site", None])
def test_what_another_site_asks_for_has_no_telling_length(asked, origin):
    answer = asked("/join/follow?next=guess", **({"Sec-Fetch-Site": origin} if origin else {}))
    assert "Content-Encoding" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_only_pages_and_only_who_can_read_it(asked):
    here = {"Sec-Fetch-Site": "same-origin"}
    assert "Content-Encoding" not in asked("/join/follow", **here, **{"Accept-Encoding": "gzip;q=0"}).headers
    assert "Content-Encoding" not in asked("/api/v1/openapi.json", **here).headers
    assert "Content-Encoding" not in asked("/manifest.webmanifest", **here).headers


def test_an_error_page_is_compressed_too(asked):
    answer = asked("/no-such-page", **{"Sec-Fetch-Site": "none", "Accept": "text/html"})
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (404, "gzip")
