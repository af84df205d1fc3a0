"""What can be filled in: a field of a form or a filter, with what its contract says where the page says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import lazy_gettext
from flask_babel import lazy_gettext as _l
from marshmallow import fields as kinds
from marshmallow import missing

from gateway.portal.words import texts_of
from services.chassis.vocabulary import VOCABULARIES, Vocabulary, words_of
from services.contracts.files import Content

_CONTROLS: tuple[tuple[type[kinds.Field[Any]], str], ...] = (
    (kinds.AwareDateTime, "moment"), (kinds.Date, "date"), (kinds.Decimal, "money"), (kinds.Integer, "number"),
    (kinds.Boolean, "check"), (kinds.Email, "email"), (Content, "file"),
)  # fmt: skip
"""Controls by the type of the contract's field; anything else is typed as text."""
ALL = _l("全部")
_CHOOSE = _l("请选择")

Choices = Vocabulary | Mapping[str, Any] | Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class Field:
    """One thing to fill in; what is left out here is taken from the field of the contract.

    Args:
        name: the field of the contract's schema.
        label: what it is called on the page; None for what the contract calls it.
        control: text, textarea, select, radios, checks, check, date, moment, number, money, password, email, tel,
            colour, file;
            a file gives the payload `name`, `media_type` and `content`, and its page's form needs `upload_form`.
        hint: one sentence below the label.
        choices: a vocabulary, or value → words, or group → value → words; a function when they are read per request.
        blank: words of the empty choice of a select; None leaves it out.
        wide: takes the whole row on a wide screen.
        required: overrides what the schema says.
        extra: further HTML attributes.
    """

    name: str
    label: Any = None
    control: str = ""
    hint: Any = None
    choices: Choices | None = None
    blank: Any = None
    wide: bool = False
    required: bool | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def offered(self) -> Mapping[str, Any]:
        """What can be chosen, value → words."""
        if isinstance(self.choices, Vocabulary):
            return texts_of(self.choices)
        return (self.choices() if callable(self.choices) else self.choices) or {}


def completed_fields(
    fields: Sequence[Field | str], schema_fields: Mapping[str, kinds.Field[Any]], *, of_filter: bool = False
) -> list[Field]:
    """Return fields with the labels, controls and choices of their contract where they have none of their own.

    Args:
        fields: of a form or filter; a name stands for the field as the contract has it.
        schema_fields: of the contract's schema, by name.
        of_filter: whether choosing nothing means all.

    Raises:
        LookupError: neither the page nor the contract says what a field is called.
    """
    specs = [Field(spec) if isinstance(spec, str) else spec for spec in fields]
    return [_completed(spec, schema_fields.get(spec.name), of_filter) for spec in specs]


def _completed(spec: Field, source: kinds.Field[Any] | None, of_filter: bool) -> Field:
    label = spec.label if spec.label is not None or source is None else label_of(source)
    if label is None and spec.control != "hidden":
        raise LookupError(f"the field {spec.name} has no label")
    choices = vocabulary_of(source) if spec.choices is None else spec.choices
    control = spec.control or _control_of(source, choices is not None, of_filter and spec.name == "q")
    blank = spec.blank
    if control == "select" and not spec.control and blank is None:
        blank = _nothing_chosen(source, of_filter)
    return replace(spec, label=label, control=control, choices=choices, blank=blank)


def _nothing_chosen(source: kinds.Field[Any] | None, of_filter: bool) -> Any:
    """Return the words of the empty choice; None where one of the choices always holds."""
    if default_of(source) is not None or (of_filter and source is not None and source.required):
        return None
    return ALL if of_filter else _CHOOSE


def default_of(source: kinds.Field[Any] | None) -> Any:
    """Return the value the contract takes where none is given; None where there is none."""
    default = missing if source is None else source.load_default
    return None if default is missing or callable(default) else default


def label_of(source: kinds.Field[Any]) -> Any:
    """Return what people call a field of a contract; None where the contract does not say."""
    text = source.metadata.get("title")
    return lazy_gettext(text) if text else None


def vocabulary_of(source: kinds.Field[Any] | None) -> Vocabulary | None:
    """Return the vocabulary a field, or each of several, takes its words from, with the words it may hold."""
    source = source.inner if isinstance(source, kinds.List) else source
    name = source.metadata.get("vocabulary") if source is not None else None
    if source is None or name is None:
        return None
    return VOCABULARIES[name].only(*words_of(source))


def _control_of(source: kinds.Field[Any] | None, chosen: bool, searched: bool) -> str:
    if chosen:
        return "checks" if isinstance(source, kinds.List) else "select"
    if searched:
        return "search"
    if source is not None and source.metadata.get("format") == "password":
        return "password"
    return next((control for kind, control in _CONTROLS if isinstance(source, kind)), "text")
