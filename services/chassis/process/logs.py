"""Logs: one JSON object per line on standard output, of this code and of the libraries, without personal data.

An event is named in lower_snake_case, facts are keyword arguments. Values of personal fields are replaced, and so is
everything that looks like a document number, telephone number or mail address.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import structlog
from structlog.types import EventDict, Processor

REDACTED = "[redacted]"

PERSONAL = frozenset(
    """
    name name_en pinyin gender birth_date birthday id_number phone email address photo statement note diagnosis
    occasion evidence body data payload values params password token secret key cookie authorization session principal
    reason purpose csrf_token ip
    """.split()  # noqa: SIM905  a list literal would take a page
)
"""Names of fields whose value is never written."""

_LOOKS_PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|1[3-9]\d{9})(?![0-9A-Za-z])"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<=DETAIL:).*"  # PostgreSQL quotes the row that broke a constraint
)
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
"""Messages of this code are English: Chinese in the text of an exception is what somebody wrote, or a name."""
_IN_ADDRESS = re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]*(?=@)")
_TALKATIVE = ("sqlalchemy", "kombu", "amqp", "nameko", "urllib3", "alembic", "opentelemetry")


class _OurHandler(logging.StreamHandler):
    """A class of its own, so that a second configuration finds and replaces it."""


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module, with the module's name."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure(level: str = "INFO") -> None:
    """Send all logs of this process to standard output. A second call replaces the level.

    Args:
        level: DEBUG, INFO, WARNING, ERROR or CRITICAL; libraries log warnings and above only.

    Raises:
        ValueError: there is no such level.
    """
    handler = _OurHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *_SHARED],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _render],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [other for other in root.handlers if not isinstance(other, _OurHandler)] + [handler]
    root.setLevel(level.upper())
    for library in _TALKATIVE:
        logging.getLogger(library).setLevel(max(root.level, logging.WARNING))
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught


@contextmanager
def bound(**facts: Any) -> Iterator[None]:
    """Add facts, such as the correlation id, to every line that this green thread logs in the block."""
    with structlog.contextvars.bound_contextvars(**facts):
        yield


def bind(**facts: Any) -> None:
    """Add facts to every line that this green thread logs from now on."""
    structlog.contextvars.bind_contextvars(**facts)


def write_lean(event: str, **facts: str | float | None) -> None:
    """Log a line of level INFO at a tenth of the cost; for lines written with every request.

    Only texts are searched for personal data; the facts must not have the names of personal fields.
    """
    if not logging.getLogger(__name__).isEnabledFor(logging.INFO):
        return
    line = {name: scrub(value) if isinstance(value, str) else value for name, value in facts.items()}
    line |= {"event": event, "level": "info", "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z")}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def redact(_logger: Any, _method: str, event: EventDict) -> MutableMapping[str, Any]:
    """Replace personal data; a structlog processor."""
    # A leading underscore marks entries that structlog uses itself and removes later.
    cleaned = {
        name: value if name.startswith("_") else REDACTED if name in PERSONAL else _cleaned(value)
        for name, value in event.items()
    }
    if isinstance(exception := cleaned.get("exception"), str):
        cleaned["exception"] = _CHINESE.sub(REDACTED, exception)
    return cleaned


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, Mapping):
        return {str(name): REDACTED if name in PERSONAL else _cleaned(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_cleaned(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return scrub(str(value))


def scrub(text: str) -> str:
    """Return a text in which document and telephone numbers, mail addresses and passwords are replaced."""
    return _LOOKS_PERSONAL.sub(REDACTED, _IN_ADDRESS.sub(REDACTED, text))


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    redact,
]

_in_json = structlog.processors.JSONRenderer(ensure_ascii=False)


def _render(logger: Any, method: str, event: EventDict) -> str:
    """Return the line with lone surrogates escaped, which no stream accepts."""
    return str(_in_json(logger, method, event)).encode("utf-8", "backslashreplace").decode("utf-8")


def _log_uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
        return
    get_logger(__name__).critical("uncaught", exc_info=(kind, error, traceback))


structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        *_SHARED,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
