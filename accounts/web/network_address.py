"""From where a request comes, as far as it can be believed."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

# What a provider gives to one house: whoever has it can take any address of it.
HOUSE_PREFIX = 64


def network_address(request: HttpRequest) -> str | None:
    """The sender's address, of IPv6 the first one of the house; None where it can't be told."""
    try:
        address = ip_address(_told(request, proxies=settings.TRUSTED_PROXIES))
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, HOUSE_PREFIX), strict=False).network_address)


def _told(request: HttpRequest, *, proxies: int) -> str:
    """A header can say anything: only what our own proxies added to it counts, which are its last entries."""
    if not proxies:
        return str(request.META.get("REMOTE_ADDR", ""))
    entries = request.headers.get("X-Forwarded-For", "").split(",")
    return entries[-proxies].strip() if len(entries) >= proxies else ""
