"""Which addresses the desk may ask for copy: the public internet, and what the settings let through by name."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
# What Python's own tables call public, or call so in one version and not in the next, and what yet leads inside.
INSIDE = tuple(
    ip_network(words)
    for words in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",  # the metadata service of a cloud, at a public address
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2002::/16",
        "fec0::/10",
    )
)


class BadAddress(ValueError):
    """The address is none that the desk asks; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes: ``host`` is a name in ASCII or an address without brackets, ``path`` has its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.path}"


def target_of(url: str) -> Target:
    """The address taken apart. Raises ``BadAddress`` for whatever is not plain http or https at a port that is let
    through."""
    if len(url) > LONGEST or any(ord(ch) <= 32 or ord(ch) == 127 for ch in url):
        raise BadAddress(f"An address has no blanks and at most {LONGEST} characters.")
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise BadAddress("This is not an address that can be read.") from error
    if parts.scheme not in PORTS:
        raise BadAddress("The address must begin with http:// or https://.")
    if not parts.host:
        raise BadAddress("The address names no server.")
    if parts.auth:
        raise BadAddress("The address holds a name or password, which the desk does not send.")
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    target = Target(parts.scheme, parts.host.strip("[]").rstrip(".").lower(), port, parts.request_uri)
    if port not in settings.FETCH_PORTS and not let_through(target):
        raise BadAddress(f"The desk does not ask at port {port}.")
    return target


def let_through(target: Target) -> bool:
    """Whether the settings name this server, as ``host`` or ``host:port``."""
    return target.host in settings.FETCH_ALLOW or f"{target.host}:{target.port}" in settings.FETCH_ALLOW


def is_public(words: str) -> bool:
    """Whether a numeric address lies on the public internet, neither inside a network nor a way back into one."""
    try:
        address: IPv4Address | IPv6Address = ip_address(words)
    except ValueError:
        return False
    if getattr(address, "scope_id", None) or not address.is_global:
        return False
    if address.is_multicast or address.is_reserved or address.is_link_local or address.is_unspecified:
        return False
    return not any(address.version == network.version and address in network for network in INSIDE)
