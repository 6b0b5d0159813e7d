"""A PostgreSQL of the product's own, in one folder, for the demo, tests and small sites."""

from coordinator_app.central.embedded.binaries import Binaries, bundled
from coordinator_app.central.embedded.folder import DATABASE, HOST, ServerFolder
from coordinator_app.central.embedded.local_key import beside as key_beside
from coordinator_app.central.embedded.local_key import install_local_key
from coordinator_app.central.embedded.server import Choices, start, status, stop
from coordinator_app.central.embedded.sql import SUPERUSER
from coordinator_app.central.embedded.state import ServerState

__all__ = [
    "DATABASE",
    "HOST",
    "SUPERUSER",
    "Binaries",
    "Choices",
    "ServerFolder",
    "ServerState",
    "bundled",
    "install_local_key",
    "key_beside",
    "start",
    "status",
    "stop",
]
