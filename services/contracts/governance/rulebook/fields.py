"""Fields that the contracts of the dated rules share."""

from __future__ import annotations

from marshmallow import fields, validate


def Key(**kwargs: object) -> fields.String:  # noqa: N802  makes a field, and reads as such
    """The key of a rule, two or more words with dots between."""
    checks = [validate.Regexp(r"\A[a-z0-9_]+(\.[a-z0-9_]+)+\Z"), validate.Length(max=100)]
    return fields.String(validate=checks, **kwargs)  # type: ignore[arg-type]


def Qualifiers(**kwargs: object) -> fields.String:  # noqa: N802
    """Qualifiers of a rule as one text, `destination=paired_aid`, several with semicolons between."""
    pattern = r"\A([a-z][a-z_]{0,29}=[a-z][a-z0-9_]{0,39}(;(?=.)|\Z)){0,4}\Z"
    return fields.String(validate=validate.Regexp(pattern), **kwargs)  # type: ignore[arg-type]
