"""The network address that a request is counted by."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import request

ONE_PLACE = 64
"""Bits of an IPv6 address that identify a network (RFC 4291, section 2.5.1). A device chooses and changes the others
itself (RFC 8981), so whole addresses can't be used for counting."""


def asking_network() -> str:
    """Return the network of the request: an IPv4 address, or the first half of an IPv6 address."""
    return _network_of(request.remote_addr or "unknown")


@lru_cache(maxsize=4096)
def _network_of(told: str) -> str:
    try:
        address = ip_address(told.partition("%")[0])
    except ValueError:
        return told
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, ONE_PLACE), strict=False))
