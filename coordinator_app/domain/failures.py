"""Old names of domain.trouble, until their last importer has moved."""

from coordinator_app.domain.trouble import Trouble

__all__ = ["Failure", "Trouble"]


class Failure(Exception):
    """Never raised any more."""

    exit_code = 4
    sentence = ""
