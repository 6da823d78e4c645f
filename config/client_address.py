"""Whose request it is, as far as an address tells: what the last trusted proxy saw, never what a stranger claims."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# A household or an office has one IPv4 address, and at least so long a part of an IPv6 address.
IPV6_PREFIX = 64


def client_network(request: HttpRequest) -> str:
    """The address that the request came from; of an IPv6 address, the part that belongs to one household or office.

    `X-Forwarded-For` is read only as far as TRUSTED_PROXIES wrote it: each proxy appends the address it was called
    from, so with one proxy the last entry is true and everything before it is a stranger's claim.
    """
    own = request.META.get("REMOTE_ADDR", "")
    told = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
    trusted = settings.TRUSTED_PROXIES
    # Fewer entries than proxies: the request did not come the way the settings say, so only the connection is believed.
    seen = told[-trusted] if trusted and len(told) >= trusted else own
    return _network(seen) or _network(own) or "unknown"


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
