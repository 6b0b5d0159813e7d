"""The people search over the index the pages of sync keep."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from coordinator_app.domain.ids import MemberId

_FIND = text(
    "SELECT n.member_id FROM people_search AS s JOIN person_no AS n ON n.no = s.rowid"
    " WHERE people_search MATCH :wanted ORDER BY rank LIMIT :most"
)

_STROKES = str.maketrans({"đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "Ae"})
"""Letters with a stroke are typed without; the index folds every other accent itself."""


class SearchShelf:
    """Full-text search as one read connection sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, words: Sequence[str], *, limit: int) -> tuple[MemberId, ...]:
        """Return the people in whose name, number, birth date or phone every word begins a word."""
        # Quoted, so that no word of a name is taken for an operator of the search language.
        wanted = " ".join(f'"{_bare(word)}"*' for word in words if _bare(word))
        if not wanted:
            return ()
        rows = self._connection.execute(_FIND, {"wanted": wanted, "most": limit})
        return tuple(MemberId(row.member_id) for row in rows)


def _bare(word: str) -> str:
    return word.replace('"', "").strip().translate(_STROKES)
