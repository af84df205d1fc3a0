"""What was filled in of an audience, as commands take it."""

from __future__ import annotations

from gateway.portal.audience_fields import with_audience


def test_the_parts_of_an_audience_stand_in_it_and_nowhere_else() -> None:
    filled = {"title": "讲座", "units": ["u"], "sex": None, "age_to": 35}
    assert with_audience(filled) == {"title": "讲座", "audience": {"units": ["u"], "sex": None, "age_to": 35}}
    assert filled["units"] == ["u"]
