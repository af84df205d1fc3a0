"""Errors that have a meaning for the caller. RPC passes them on, and the gateway answers with RFC 9457 problems.

Any other exception is a defect: the caller gets only the correlation id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from services.chassis.input_errors import InputError, coded_in, with_codes
from services.chassis.rules.refusal import Refusal, first_refusal

_BY_NAME: dict[str, type[Problem]] = {}


class Problem(Exception):
    """Base of all errors a caller can act on.

    Args:
        detail: one sentence for the person who asked; never holds personal data.
        code: stable machine-readable name; defaults to the class's own.
        field: the input field at fault, if one.
        rule: the rule that refused, if one.
        params: further JSON values: legal next steps, figures used, seconds to wait.
    """

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "problem"

    def __init__(
        self,
        detail: str,
        *,
        code: str | None = None,
        field: str | None = None,
        rule: str | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.default_code
        self.field = field
        self.rule = rule
        self.params = dict(params or {})

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _BY_NAME[cls.__name__] = cls

    def to_wire(self) -> dict[str, Any]:
        """Return the JSON form that travels in an RPC reply."""
        return {
            "class": type(self).__name__,
            "detail": self.detail,
            "code": self.code,
            "field": self.field,
            "rule": self.rule,
            "params": self.params,
        }

    @staticmethod
    def from_wire(wire: Mapping[str, Any]) -> Problem:
        """Rebuild the error a service answered with; an unknown class becomes a plain `Problem`."""
        cls = _BY_NAME.get(wire["class"], Problem)
        problem = cls.__new__(cls)
        detail, params, coded = wire["detail"], wire["params"], wire.get("input_errors") or []
        if coded and "errors" in params:
            params = {**params, "errors": with_codes(params["errors"], coded)}
        elif coded:
            detail = with_codes(detail, coded, wire["field"])
        Problem.__init__(problem, detail, code=wire["code"], field=wire["field"], rule=wire["rule"], params=params)
        return problem


class InvalidInput(Problem):
    """The input breaks its schema; `errors` maps each field to its messages, each an `InputError`.

    What is said about one field may be the detail itself: `InvalidInput(InputError(…), field="q")`.
    """

    status = 422
    default_code = "invalid_input"

    def __init__(self, detail: str = "The input is not valid.", *, errors: Mapping[str, Any] | None = None, **kw: Any):
        if errors:
            kw.setdefault("field", next(iter(errors)))
            kw["params"] = {**(kw.get("params") or {}), "errors": dict(errors)}
        super().__init__(detail, **kw)

    @property
    def errors(self) -> dict[str, Any]:
        """Messages by field."""
        return self.params.get("errors") or ({self.field: [self._coded_detail]} if self.field else {})

    @property
    def _coded_detail(self) -> str:
        if self.rule is None or isinstance(self.detail, InputError):
            return self.detail
        return InputError(self.rule, self.detail, **self.params)

    @property
    def input_errors(self) -> list[dict[str, Any]]:
        """Field, code, params and detail of each error that has a code."""
        return coded_in(self.errors)

    def to_wire(self) -> dict[str, Any]:
        """Return the JSON form; codes stand beside the messages, where a replica of an older release overlooks them."""
        return {**super().to_wire(), "input_errors": self.input_errors}


class NotSignedIn(Problem):
    """Nobody is signed in, or the token is unknown or expired."""

    status = 401
    default_code = "not_signed_in"


class NotAllowed(Problem):
    """The caller's roles or units do not reach this."""

    status = 403
    default_code = "not_allowed"


class NotFound(Problem):
    """No such thing, or none that the caller may see."""

    status = 404
    default_code = "not_found"


class Conflict(Problem):
    """The thing exists already, or two callers changed it at once."""

    status = 409
    default_code = "conflict"


class Refused(Problem):
    """A rule of the union refused; `rule` names it."""

    status = 409
    default_code = "refused"

    @classmethod
    def by(cls, refusal: Refusal) -> Refused:
        """Return the error for a rule's refusal."""
        return cls(refusal.detail, rule=refusal.rule, field=refusal.field, params=refusal.params)


class NoRuleInForce(Problem):
    """The rulebook has no rule for this key on this date, so the action is blocked."""

    status = 409
    default_code = "no_rule_in_force"


class PreconditionFailed(Problem):
    """The caller changed an older version than the current one."""

    status = 412
    default_code = "precondition_failed"


class TooMany(Problem):
    """Too many attempts; `params["retry_after"]` says how many seconds to wait."""

    status = 429
    default_code = "too_many"


class Unavailable(Problem):
    """The service that owns the answer cannot be reached."""

    status = 503
    default_code = "unavailable"


class DeadlineExceeded(Unavailable):
    """No answer within the deadline; the change may or may not have been made, repeating it is safe."""

    status = 504
    default_code = "deadline_exceeded"


class Defect(Problem):
    """An internal error; the caller gets only the correlation id."""

    status = 500
    default_code = "defect"


def refuse_first(*answers: Refusal | None) -> None:
    """Raise `Refused` for the first rule that refuses; return when none does."""
    refusal = first_refusal(answers)
    if refusal is not None:
        raise Refused.by(refusal)
