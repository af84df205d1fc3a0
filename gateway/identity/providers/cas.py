"""Signing on by CAS 3: the ticket a browser brings is validated at the server; single log-out by the server's POST.

The protocol is one request and two small XML documents, read here with entities refused. python-cas reads them with
parsers that take entities, has no deadline for an answer, and brings requests and lxml.
Source: CAS Protocol 3.0 Specification, sections 2.5 and 2.8.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gateway.identity.providers.attempts import Attempt, Identity
from gateway.identity.providers.configuration import Provider, return_address
from gateway.identity.providers.metadata import DEADLINE, away, unusable
from gateway.identity.providers.oidc import as_staff_number
from services.chassis.errors import Refused
from services.chassis.web import fetching

_CAS = "{http://www.yale.edu/tp/cas}"
_SAML = "{urn:oasis:names:tc:SAML:2.0:protocol}"
_LARGEST = 200_000
_LONGEST_NAME = 255
_NO_XML = (ParseError, DefusedXmlException, ValueError, LookupError)
"""What the parser raises; `LookupError` for an encoding that nobody knows."""
USER = "user"
"""The name by which the settings mean the user name among the attributes."""


def login_address(provider: Provider, attempt: Attempt) -> str:
    """Return where the browser goes to sign in at the server."""
    return f"{provider.issuer}login?{urlencode({'service': _service(provider, attempt)})}"


def identity_of(provider: Provider, attempt: Attempt, arguments: Mapping[str, str]) -> Identity:
    """Return who signed in, from the ticket with which the browser came back.

    Raises:
        Refused: there is no ticket, or the server does not take it: used, expired, made for another service.
        Problem: the server can't be reached, or its answer is not valid.
    """
    ticket = arguments.get("ticket", "")[:1000]
    if not ticket:
        raise Refused("Signing in was cancelled.", rule="sign_on.is_not_cancelled")
    answer = _validated(provider, ticket, _service(provider, attempt))
    success = answer.find(f"{_CAS}authenticationSuccess")
    if success is None:
        failure = answer.find(f"{_CAS}authenticationFailure")
        if failure is None:
            raise unusable(provider, "neither success nor failure")
        raise Refused("The ticket is not valid any more. Sign in again.", rule="sign_on.ticket_is_valid")
    user = (success.findtext(f"{_CAS}user") or "").strip()
    if not 0 < len(user) <= _LONGEST_NAME:
        raise unusable(provider, "no user")
    return Identity(
        provider=provider.key,
        issuer=provider.issuer,
        subject=user,
        staff_number=_staff_number(provider, user, success),
        session=ticket,
        second_factor=provider.vouches(_attribute(success, provider.second_factor_claim)),
    )


def ticket_signed_out(text: str) -> str | None:
    """Return the ticket whose session the server's log-out request ends; None when it is no such request."""
    try:
        root = fromstring(text[:_LARGEST], forbid_dtd=True)
    except _NO_XML:
        return None
    if root.tag != f"{_SAML}LogoutRequest":
        return None
    return (root.findtext(f"{_SAML}SessionIndex") or "").strip() or None


def sign_out_address(provider: Provider, back: str) -> str:
    """Return where the browser goes to sign out at the server."""
    return f"{provider.issuer}logout?{urlencode({'service': back})}"


def _service(provider: Provider, attempt: Attempt) -> str:
    """Return the service a ticket is made for: it holds the attempt's state, so that no other browser can use it."""
    return f"{return_address(provider)}?{urlencode({'state': attempt.state})}"


def _validated(provider: Provider, ticket: str, service: str) -> Element:
    address, fields = f"{provider.issuer}p3/serviceValidate", {"service": service, "ticket": ticket}
    try:
        answer = fetching.fetch(address, seconds=DEADLINE, largest=_LARGEST, fields=fields)
    except fetching.TooLarge:
        raise unusable(provider, "an answer that is too large") from None
    except fetching.NotAnswered as error:
        raise away(provider, str(error)) from None
    if answer.status != 200:
        raise away(provider, f"answered {answer.status}")
    try:
        root: Element = fromstring(answer.body, forbid_dtd=True)
    except _NO_XML:
        raise unusable(provider, "an answer that is no XML") from None
    if root.tag != f"{_CAS}serviceResponse":
        raise unusable(provider, "an answer of another kind")
    return root


def _staff_number(provider: Provider, user: str, success: Element) -> str | None:
    """Return the staff number: the user name or an attribute, which must have one value."""
    claim = provider.staff_number_claim
    if claim is None:
        return None
    if claim == USER:
        return as_staff_number(user)
    return as_staff_number(_attribute(success, claim))


def _attribute(success: Element, name: str | None) -> list[Any]:
    """Return the values of an attribute."""
    attributes = success.find(f"{_CAS}attributes")
    return [] if attributes is None else [one.text for one in attributes if one.tag == f"{_CAS}{name}"]
