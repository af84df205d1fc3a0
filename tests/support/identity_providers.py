"""Identity providers for tests, which answer over HTTP on a loopback port and misbehave when a test says so."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit
from xml.sax.saxutils import escape

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "gonghui", "secret-of-the-client-in-tests"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
Reply = tuple[int, str, bytes]


@cache
def key(kid: str, number: int = 1) -> RSAKey:
    """Return a key for signatures, made once; another number gives another key of the same id."""
    return RSAKey.generate_key(2048, parameters={"kid": kid, "use": "sig"})


class Provider:
    """What both kinds share: a server, and answers a test replaces by path."""

    def __init__(self) -> None:
        self.replaced: dict[str, Callable[[], Reply]] = {}
        self.asked: list[str] = []
        self.url = ""

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, str], headers: Any) -> Reply:
        raise NotImplementedError

    def say(self, path: str, status: int = 200, body: bytes = b"", kind: str = "application/json") -> None:
        """Answer a path with these bytes from now on."""
        self.replaced[path] = lambda: (status, kind, body)

    def be_slow(self, path: str, seconds: float) -> None:
        """Answer a path late."""

        def late() -> Reply:
            time.sleep(seconds)
            return 200, "application/json", b"{}"

        self.replaced[path] = late


class OidcProvider(Provider):
    """An OpenID provider: codes are bound to client, address, nonce and PKCE challenge, and used once.

    `claims` are added to ID tokens, `changes` replace what stands in them, `person` is the record of `/userinfo`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.key = key("first")
        self.subject = ""
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        self.changes: dict[str, Any] = {}
        self.person: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}

    def approve(self, address: str, subject: str) -> str:
        """Sign somebody in who came by this address; return where the browser is sent back to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "sub": subject}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def signed(self, claims: dict[str, Any], *, kind: str = "JWT") -> str:
        """Return a token with these claims."""
        header = {"alg": self.algorithm, "kid": self.key.kid, "typ": kind}
        if self.algorithm == "none":
            return ".".join((_packed({"alg": "none", "typ": kind}), _packed(claims), ""))
        if self.algorithm == "HS256":  # the public key taken for the secret, as some libraries let it
            public = OctKey.import_key(self.key.as_pem(private=False))
            return jwt.encode(header, claims, public, algorithms=["HS256"])
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])

    def logout_token(self, **changes: Any) -> str:
        """Return a logout token; a change to None leaves a claim out."""
        claims: dict[str, Any] = {
            "iss": self.url, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 120,
            "jti": secrets.token_hex(8), "events": {LOGOUT: {}}, **changes,
        }  # fmt: skip
        told = {name: value for name, value in claims.items() if value is not None}
        return self.signed(told, kind="logout+jwt")

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, str], headers: Any) -> Reply:
        if path == "/.well-known/openid-configuration":
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo", "end_session": "logout"}
            told = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in names.items()}
            return _json({"issuer": self.url, "jwks_uri": f"{self.url}/jwks", **told, **self.metadata})
        if path == "/jwks":
            return _json({"keys": [self.key.as_dict(private=False)]})
        if path == "/userinfo":
            return _json({"sub": self.subject, **self.person})
        if path == "/token" and method == "POST":
            return self._tokens(body, headers)
        return 404, "text/plain", b""

    def _tokens(self, body: dict[str, str], headers: Any) -> Reply:
        given = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.codes.pop(body.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(sha256(body.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if (
            asked is None
            or headers["Authorization"] != f"Basic {given}"
            or asked["code_challenge"] != challenge.decode()
            or asked["redirect_uri"] != body.get("redirect_uri")
        ):
            return _json({"error": "invalid_grant"}, 400)
        now, self.subject = int(time.time()), asked["sub"]
        claims = {
            "iss": self.url, "sub": asked["sub"], "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            **self.claims, **self.changes,
        }  # fmt: skip
        told = {name: value for name, value in claims.items() if value is not None}
        return _json({"access_token": "access", "token_type": "Bearer", "id_token": self.signed(told)})


class CasServer(Provider):
    """A CAS 3 server: tickets are bound to their service and used once."""

    def __init__(self) -> None:
        super().__init__()
        self.tickets: dict[str, tuple[str, str, list[tuple[str, str]]]] = {}

    def approve(self, address: str, user: str, attributes: list[tuple[str, str]] | None = None) -> str:
        """Sign somebody in who came by this address; return where the browser is sent back to."""
        service = dict(parse_qsl(urlsplit(address).query))["service"]
        ticket = f"ST-{secrets.token_hex(12)}"
        self.tickets[ticket] = service, user, attributes or []
        return f"{service}&{urlencode({'ticket': ticket})}"

    @staticmethod
    def logout_request(ticket: str) -> str:
        """Return the document by which the server announces a log-out."""
        return (
            '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="LR-1" Version="2.0">'
            f"<samlp:SessionIndex>{ticket}</samlp:SessionIndex></samlp:LogoutRequest>"
        )

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, str], headers: Any) -> Reply:
        if path != "/cas/p3/serviceValidate":
            return 404, "text/plain", b""
        found = self.tickets.pop(query.get("ticket", ""), None)
        if found is None or found[0] != query.get("service"):
            return _cas('<cas:authenticationFailure code="INVALID_TICKET">not recognized</cas:authenticationFailure>')
        _, user, attributes = found
        told = "".join(f"<cas:{name}>{escape(value)}</cas:{name}>" for name, value in attributes)
        return _cas(
            f"<cas:authenticationSuccess><cas:user>{escape(user)}</cas:user>"
            f"<cas:attributes>{told}</cas:attributes></cas:authenticationSuccess>"
        )


@contextmanager
def serving(provider: Provider) -> Iterator[None]:
    """Let a provider answer until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(dict(parse_qsl(text)))

        def _answer(self, body: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            provider.asked.append(parts.path)
            replaced = provider.replaced.get(parts.path)
            answer = replaced() if replaced else provider.answer(self.command, parts.path, query, body, self.headers)
            status, kind, content = answer
            with suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _json(told: dict[str, Any], status: int = 200) -> Reply:
    return status, "application/json", json.dumps(told).encode()


def _cas(inside: str) -> Reply:
    text = f'<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">{inside}</cas:serviceResponse>'
    return 200, "application/xml", text.encode()


def _packed(told: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()
