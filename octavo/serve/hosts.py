"""Which names a request may be for.

A page of another site can give its own name the address of this machine, and would then be let read what is served
here (DNS rebinding). It cannot help that the browser sends that name along, in the field `Host`.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

WILDCARDS = ("0.0.0.0", "::", "")


def is_loopback(host: str) -> bool:
    """Tell whether nobody but this machine reaches a host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_allowed(field: str | None, host: str) -> bool:
    """Tell whether a request with this `Host` is for the server that listens on `host`."""
    try:
        name = urlsplit(f"//{field}").hostname if field and "@" not in field else None
    except ValueError:
        return False
    if name is None:
        return False
    if is_loopback(name) or name == host.lower():
        return True
    return not is_loopback(host) and (_is_address(name) or name == socket.gethostname().lower())


def _is_address(name: str) -> bool:
    """Tell whether a name is a number: nobody can make one lead elsewhere."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
