"""How many members a page takes, so that a nurse's save never waits long (ruling 16)."""

from dataclasses import dataclass

FLOOR = 10
CEILING = 2000
BUSY_SECONDS = 0.1
FIRST_COPY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Pace:
    """A page size that follows the time the last page took, by at most a factor of two, never under the floor."""

    size: int = 50
    aim: float = BUSY_SECONDS

    def after(self, members: int, seconds: float) -> "Pace":
        """Return the pace for the next page, a page of ``members`` having taken ``seconds``."""
        if members <= 0:
            return self
        wanted = round(members * self.aim / max(seconds, 1e-6))
        return Pace(max(FLOOR, min(CEILING, max(self.size // 2, min(self.size * 2, wanted)))), self.aim)
