"""How a screen speaks: a view over the catalogue that knows the screen's own prefix.

A screen's `wording.py` builds its sentences from `Words` and hands finished text to the painted parts; no part below
the screens looks a word up. Why catalogues are JSON and not Qt's: `coordinator_app/workstation/catalogue.py`.
"""

from dataclasses import dataclass

from coordinator_app.workstation.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one screen: `Words(catalogue, "today").say("tab.call_today")`."""

    catalogue: Catalogue
    screen: str

    def say(self, key: str, **values: object) -> str:
        """Return the screen's sentence, filled; a full key of another screen starts with a slash."""
        full = key[1:] if key.startswith("/") else f"{self.screen}.{key}"
        return self.catalogue.say(full, **values)

    @property
    def lang(self) -> str:
        """The language spoken, as a two-letter code."""
        return self.catalogue.lang
