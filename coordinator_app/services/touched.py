"""What a write touched, as a value: screens hear it and decide for themselves whether they care."""

from enum import Flag, auto


class Touched(Flag):
    """Kinds of record a use case or a sync round has changed on this computer."""

    CALLS = auto()
    OUTREACH = auto()
    VISITS = auto()
    TEACHING = auto()
    LETTERS = auto()
    REVIEWS = auto()
    PANEL = auto()
    SYNC = auto()
    DRAFTS = auto()

    @classmethod
    def nothing(cls) -> "Touched":
        """Return the empty set, the start of a sum."""
        return cls(0)

    @classmethod
    def everything(cls) -> "Touched":
        """Return all kinds; said after a first copy or a restored store."""
        return ~cls(0)
