"""Settings, from environment variables only. They are read once; `reset()` lets tests read them again."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from environs import Env, ValidationError, validate

EMBEDDED_AMQP_URL = "embedded://localhost/"
SHORTEST_KEY = 32
"""Characters: a key for HMAC with SHA-256 needs 256 bits (RFC 7518, section 3.2)."""
BESIDE_WORKERS = 4
"""Database connections a process needs beside those of its workers: retries, jobs, housekeeping, readiness. The relay
has one more, outside of the pool."""
_LONG_ENOUGH = validate.Length(min=SHORTEST_KEY, error="a key needs {min} characters at least")


@dataclass(frozen=True)
class Settings:
    """The settings of a process.

    Secrets have no default: a process without a secret that it needs fails at start and names the variable.
    """

    amqp_url: str
    management_url: str
    database_url: str
    database_pool_size: int
    statement_timeout: float
    idle_transaction_timeout: float
    encryption_keys: tuple[str, ...]
    scrutiny_keys: tuple[str, ...]
    hash_key: str
    signing_key: str
    secret_key: str
    host: str
    port: int
    public_url: str
    public_amqp_url: str
    smtp_url: str
    mail_from: str
    robot_base_url: str
    clamd_url: str
    clamd_seconds: float
    ops_host: str
    ops_port: int
    log_level: str
    workers: int
    rpc_deadline: float
    drain_seconds: float
    event_retention_days: int
    session_hours: int
    invitation_days: int
    second_factor_roles: tuple[str, ...]
    rate_limit: str
    secure_cookies: bool
    trusted_proxies: int
    facts_usable_hours: int
    streams: int
    streams_of_account: int
    overrides: tuple[tuple[str, str], ...] = ()

    @property
    def embedded(self) -> bool:
        """Whether the broker runs in this process."""
        return self.amqp_url.startswith(EMBEDDED_AMQP_URL)

    def database_url_of(self, service: str) -> str:
        """Return the database URL of one service: its own variable, else the common template."""
        return dict(self.overrides).get(service) or self.database_url.replace("{service}", service)


SERVICES = ("membership", "activities", "welfare", "governance", "scrutiny", "gateway")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the process's settings. Raises `environs.EnvError` naming the variable that is missing or malformed."""
    env = Env(prefix="GONGHUI_")
    workers = env.int("WORKERS", 10)
    urls = [(service, env.str(f"{service.upper()}_DATABASE_URL", "")) for service in SERVICES]
    return Settings(
        amqp_url=env.str("AMQP_URL", EMBEDDED_AMQP_URL),
        management_url=env.str("MANAGEMENT_URL", ""),
        database_url=env.str("DATABASE_URL", "sqlite:///var/{service}.sqlite3"),
        database_pool_size=env.int("DATABASE_POOL_SIZE", workers + BESIDE_WORKERS),
        statement_timeout=env.float("STATEMENT_TIMEOUT", 30.0),
        idle_transaction_timeout=env.float("IDLE_TRANSACTION_TIMEOUT", 30.0),
        encryption_keys=tuple(env.list("ENCRYPTION_KEYS", validate=_require_fernet_keys)),
        scrutiny_keys=tuple(env.list("SCRUTINY_KEYS", [], validate=_require_sound_keys)),
        hash_key=env.str("HASH_KEY", validate=_LONG_ENOUGH),
        signing_key=env.str("SIGNING_KEY", validate=_LONG_ENOUGH),
        secret_key=env.str("SECRET_KEY", ""),
        host=env.str("HOST", "127.0.0.1"),
        port=env.int("PORT", 8000),
        public_url=env.str("PUBLIC_URL", "", validate=_require_origin).rstrip("/"),
        public_amqp_url=env.str("PUBLIC_AMQP_URL", "", validate=_require_broker).rstrip("/"),
        smtp_url=env.str("SMTP_URL", "", validate=_require_mail_server),
        mail_from=env.str("MAIL_FROM", "", validate=_require_sender),
        robot_base_url=env.str("ROBOT_BASE_URL", "", validate=_require_origin).rstrip("/"),
        clamd_url=env.str("CLAMD_URL", "", validate=_require_scanner),
        clamd_seconds=env.float("CLAMD_SECONDS", 10.0, validate=validate.Range(min=1, max=60)),
        ops_host=env.str("OPS_HOST", "127.0.0.1"),
        ops_port=env.int("OPS_PORT", 0),
        log_level=env.str("LOG_LEVEL", "INFO"),
        workers=workers,
        rpc_deadline=env.float("RPC_DEADLINE", 5.0),
        drain_seconds=env.float("DRAIN_SECONDS", 25.0),
        event_retention_days=env.int("EVENT_RETENTION_DAYS", 400),
        session_hours=env.int("SESSION_HOURS", 12),
        invitation_days=env.int("INVITATION_DAYS", 30, validate=validate.Range(min=1, max=365)),
        second_factor_roles=tuple(env.list("SECOND_FACTOR_ROLES", [], subcast=str.strip, validate=_require_roles)),
        rate_limit=env.str("RATE_LIMIT", ""),
        secure_cookies=env.bool("SECURE_COOKIES", False),
        trusted_proxies=env.int("TRUSTED_PROXIES", 0),
        facts_usable_hours=env.int("FACTS_USABLE_HOURS", 24, validate=validate.Range(min=1, max=168)),
        streams=env.int("STREAMS", 3_000, validate=validate.Range(min=1, max=20_000)),
        streams_of_account=env.int("STREAMS_OF_ACCOUNT", 10, validate=validate.Range(min=1, max=100)),
        overrides=tuple((service, url) for service, url in urls if url),
    )


def _require_fernet_keys(keys: list[str]) -> None:
    """Raise unless there is a key and each is a valid Fernet key: checked at the start, not at the first value."""
    if not keys:
        raise ValidationError("one key is needed at least")
    _require_sound_keys(keys)


def _require_sound_keys(keys: list[str]) -> None:
    for place, key in enumerate(keys, 1):
        try:
            Fernet(key)
        except ValueError:
            raise ValidationError(
                f"key {place} of {len(keys)} is no Fernet key, which has 32 bytes in URL-safe base64: 44 characters"
            ) from None


def _require_roles(roles: list[str]) -> None:
    """Raise unless each is a role that people hold."""
    from services.chassis.schema import ROLES

    offered = [role for role in ROLES if role != "hr"]
    if not set(roles) <= set(offered):
        raise ValidationError(f"roles out of {', '.join(offered)} are needed, separated by commas")


def _require_origin(url: str) -> None:
    """Raise unless it is empty or consists of scheme and host (and port) only: links are made by adding a path."""
    try:
        parts = urlsplit(url)
        alone = (
            parts.scheme in ("http", "https")
            and url.rstrip("/") == f"{parts.scheme}://{parts.netloc}"
            and parts.hostname
            and parts.username is None
            and parts.port != 0
        )
    except ValueError:
        alone = False
    if url and not alone:
        raise ValidationError("an address such as https://union.example.edu.cn is needed, without a path")


def _require_broker(url: str) -> None:
    """Raise unless it is empty or a broker's address without user: it is shown publicly."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme in ("amqp", "amqps") and parts.hostname and "@" not in parts.netloc and parts.port != 0
        plain = plain and not parts.query and not parts.fragment
    except ValueError:
        plain = False
    if url and not plain:
        raise ValidationError("an address such as amqps://events.example.edu.cn:5671/gonghui is needed, without a user")


def _require_mail_server(url: str) -> None:
    """Raise unless it is empty or a mail server's address; `smtp` is encrypted by STARTTLS, `smtps` from the start."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0
        plain = plain and parts.path in ("", "/") and not parts.query and not parts.fragment
    except ValueError:
        plain = False
    if url and not plain:
        raise ValidationError("an address such as smtps://user:password@mail.example.edu.cn:465 is needed")


def _require_scanner(url: str) -> None:
    """Raise unless it is empty, the path of a socket or a host with its port."""
    try:
        parts = urlsplit(url)
        at_path = parts.scheme == "unix" and not parts.netloc and parts.path.startswith("/")
        at_host = parts.scheme == "tcp" and parts.hostname and parts.port and "@" not in parts.netloc and not parts.path
        plain = (at_path or at_host) and not parts.query and not parts.fragment
    except ValueError:
        plain = False
    if url and not plain:
        raise ValidationError("unix:///run/clamav/clamd.ctl or tcp://clamav.example.edu.cn:3310 is needed")


def _require_sender(address: str) -> None:
    """Raise unless it is empty or one e-mail address, with or without a name."""
    if address and ("\n" in address or "\r" in address or "@" not in parseaddr(address)[1]):
        raise ValidationError("a sender such as 工会 <union@example.edu.cn> is needed")


def reset() -> None:
    """Forget the settings so that the next call reads the environment again."""
    settings.cache_clear()
