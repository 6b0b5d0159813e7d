"""Finding a TCP port of this machine that nobody holds."""

from __future__ import annotations

import socket
import sys
import zlib
from typing import TYPE_CHECKING

from coordinator_app.central.embedded.folder import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Below the ranges from which the systems hand out ports to outgoing connections (Linux 32768, Windows 49152).
_FIRST, _LAST = 15000, 32000


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        if sys.platform != "win32":  # there the same option would let two servers share a port
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            return False
    return True


def free_ports(folder: Path, remembered: int | None) -> Iterator[int]:
    """Yield free ports: the remembered one first, then others in an order of this folder's own."""
    if remembered is not None and is_free(remembered):
        yield remembered
    count = _LAST - _FIRST
    begin = zlib.crc32(str(folder).encode())
    for step in range(count):
        port = _FIRST + (begin + step) % count
        if port != remembered and is_free(port):
            yield port
