"""A real SMTP server in a process of its own: STARTTLS with a certificate made for it, sign-in, and what it received.

What it does with a recipient stands in the address: `gone@…` is refused for good, `later@…` for now, at `closing@…` it
says that it closes the connection.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "union", "only for tests"


class MailServer:
    """The process, from the test's point of view.

    Args:
        folder: for its certificate and what it receives.
        port: to listen on; 0 for a free one.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.certificate, self._box = folder / "mail.crt", folder / "received.jsonl"
        if not self.certificate.exists():
            _make_certificate(folder)
        self._box.touch()
        command = [sys.executable, "-W", "ignore", "-m", "tests.support.mail_server", str(folder), str(port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    @property
    def url(self) -> str:
        """Its address, with user and password."""
        return f"smtp://{USER}:{PASSWORD.replace(' ', '%20')}@localhost:{self.port}"

    def received(self) -> list[EmailMessage]:
        """Return the messages so far, oldest first."""
        return [message_from_string(text, policy=policy.default) for text in self.sources()]

    def sources(self) -> list[str]:
        """Return the messages so far as they were sent."""
        return [json.loads(line) for line in self._box.read_text(encoding="utf-8").splitlines()]

    def forget(self) -> None:
        """Forget what was received."""
        self._box.write_text("", encoding="utf-8")

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait()


def _make_certificate(folder: Path) -> None:
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "mail.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "mail.key").write_bytes(private)


class _Handler:
    def __init__(self, box: Path) -> None:
        self._box = box

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address.startswith("gone"):
            return "550 5.1.1 wang.xin is no mailbox here"
        if address.startswith("later"):
            return "451 4.7.1 Try again later"
        if address.startswith("closing"):
            return "421 4.7.0 Too many messages, closing"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        with self._box.open("a", encoding="utf-8") as box:
            box.write(json.dumps(envelope.content.decode()) + "\n")
        return "250 OK"


def _signs_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> Any:
    from aiosmtpd.smtp import AuthResult

    return AuthResult(success=(data.login.decode(), data.password.decode()) == (USER, PASSWORD))


async def _serve(folder: Path, port: int) -> None:
    from aiosmtpd.smtp import SMTP

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "mail.crt", folder / "mail.key")

    def connection() -> Any:
        return SMTP(
            _Handler(folder / "received.jsonl"), hostname="localhost", tls_context=context, require_starttls=True,
            authenticator=_signs_in, auth_required=True, enable_SMTPUTF8=True,
        )  # fmt: skip

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
