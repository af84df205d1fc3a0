"""A broker that speaks TLS: services reach it by `amqps://` and talk to nobody whom they have no reason to trust."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Iterator
from pathlib import Path

import kombu
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.component.chassis import bells
from tests.component.chassis.conftest import surroundings
from tests.support.rabbitmq import RabbitNode


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an authority nobody knows; its key and a broker's certificate beside it."""
    folder = tmp_path_factory.mktemp("authority")
    ours, its = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of a test")])
    (folder / "ca.crt").write_bytes(_signed(name, name, ours, ours))
    (folder / "broker.crt").write_bytes(_signed(x509.Name([]), name, its, ours))
    pem, pkcs8, plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "broker.key").write_bytes(its.private_bytes(pem, pkcs8, plain))
    return folder / "ca.crt"


def _signed(subject: x509.Name, issuer: x509.Name, its: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey):
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(its.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=6))
        .add_extension(x509.BasicConstraints(ca=its is by, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=its is not by)
    )
    return made.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def broker(authority: Path) -> Iterator[RabbitNode]:
    """A node that speaks nothing but TLS."""
    node = RabbitNode()
    try:
        files = [authority.with_name(name).read_bytes() for name in ("broker.crt", "broker.key", "ca.crt")]
        node.encrypt(*files)
        node.start()
        node.host = "localhost"
        yield node
    finally:
        node.remove()


def test_events_and_calls_travel_encrypted(broker: RabbitNode, authority: Path, database_url, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    url = broker.new_vhost()
    monkeypatch.setenv("GONGHUI_AMQP_URL", url)
    urls = {name: database_url(name) for name in bells.BASES}

    for _databases in surroundings(urls, monkeypatch):
        with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
            visitor.ring(1)
            lines = visitor.wait_for(1)

    assert url.startswith("amqps://")
    assert lines == [1]


def test_a_broker_without_a_known_authority_is_not_spoken_to(broker: RabbitNode):
    with kombu.Connection(broker.url(), connect_timeout=5) as connection, pytest.raises(ssl.SSLCertVerificationError):
        connection.connect()
