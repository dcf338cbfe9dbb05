"""Which addresses may be reached. Decided on the resolved number, never on how an address is written."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from pipeline.fetch.trouble import Trouble
from pipeline.model.source import Outcome

IP = IPv4Address | IPv6Address
Resolve = Callable[[str, int, Executor], Awaitable[tuple[IP, ...]]]
Permit = Callable[[IP], bool]

# Special-purpose blocks by the IANA registries (RFC 6890 and its updates). Listed here because
# `is_global` says True for several of them, depending on the version of Python.
_SPECIAL_4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
    )
)  # fmt: skip
# Only 2000::/3 is given out to networks; inside it, what carries an IPv4 address or is set apart stays closed:
# protocol assignments with Teredo, documentation (two), 6to4.
_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
_SPECIAL_6 = tuple(ipaddress.IPv6Network(b) for b in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


def is_public(address: IP) -> bool:
    """Tell whether an address belongs to the public internet."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in block for block in _SPECIAL_4)
    return address in _GIVEN_OUT and not any(address in block for block in _SPECIAL_6)


def is_loopback(address: IP) -> bool:
    """Tell whether an address is the own machine: 127.0.0.0/8 or ::1, in no disguise."""
    return address.is_loopback and getattr(address, "ipv4_mapped", None) is None


def on_own_machine(url: str) -> bool:
    """Tell whether an address that an editor wrote names the own machine literally."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    if host == "localhost":
        return True
    try:
        return is_loopback(ip_address(host))
    except ValueError:
        return False


async def resolve(host: str, port: int, executor: Executor) -> tuple[IP, ...]:
    """Ask the system for the addresses of a host: names, and numbers in any notation it understands."""
    try:
        return (ip_address(host),)
    except ValueError:
        pass
    loop = asyncio.get_running_loop()
    try:
        found = await loop.run_in_executor(executor, _lookup, host, port)
    except socket.gaierror as fault:
        for_now = fault.errno == socket.EAI_AGAIN
        note = f"the name {host} can't be looked up at the moment" if for_now else f"there is no server named {host}"
        raise Trouble(Outcome.NETWORK, note, again=for_now) from fault
    except (OSError, UnicodeError) as fault:
        raise Trouble(Outcome.NETWORK, f"the name {host} can't be looked up") from fault
    return tuple(dict.fromkeys(ip_address(text) for text in found))


@dataclass(frozen=True, slots=True)
class Network:
    """How names become addresses, and which addresses may be reached, by public sources and by own ones.

    There to be replaced by a pretended internet in tests; nothing else should.
    """

    resolve: Resolve = resolve
    public: Permit = is_public
    own: Permit = is_loopback


def _lookup(host: str, port: int) -> list[str]:
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
