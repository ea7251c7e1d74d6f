"""What may be asked without a key: only what a person or a program on this machine asks, and no page elsewhere.

A page on the internet can make a browser send requests to this machine. Those show themselves by ``Origin`` and
``Sec-Fetch-Site`` (Fetch Metadata, W3C), or, where a name was pointed at this machine, by ``Host``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

#: Headers of a request that somebody passed on: then the address of the sender says nothing.
_PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def is_loopback(host: str) -> bool:
    """Tell whether ``host``, a name or an address without port, is this machine and nothing else."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def refusal(client: str | None, headers: Mapping[str, str], method: str, origins: Collection[str]) -> str:
    """Return why a request without a key is refused; empty where it is not.

    Args:
        client: Address that it came from.
        headers: Its headers, names in small letters.
        method: Its method.
        origins: Other origins that were allowed.
    """
    if client is None or not is_loopback(client):
        return "without keys the service answers this machine only; make a key: syncsage serve keys add NAME"
    if any(name in headers for name in _PASSED_ON):
        return "a request that was passed on needs a key: syncsage serve keys add NAME"
    if not is_loopback(_name(headers.get("host", ""))):
        return "without keys the service answers to localhost and 127.0.0.1 only"
    origin = headers.get("origin")
    if origin is not None and origin not in origins and origin.partition("://")[2] != headers.get("host"):
        return "a page of another origin may not use the service"
    if origin is None and not _same_site(headers, method):
        return "a page of another site may not use the service"
    return ""


def _same_site(headers: Mapping[str, str], method: str) -> bool:
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return True
    # Somebody followed a link to here: what is shown then stays out of reach of the page with the link.
    mode, target = headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")
    return method in ("GET", "HEAD") and mode == "navigate" and target == "document"


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
