"""Words to read aloud when a red flag is raised: texts of the site, marked draft until a named person signed them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Advice:
    """One text by language; a draft is shown as one."""

    id: str
    names: Mapping[str, str]
    texts: Mapping[str, str]
    is_draft: bool

    def name(self, lang: str) -> str:
        """Return what the text is for, English where a language lacks it."""
        return self.names.get(lang) or self.names["en"]

    def text(self, lang: str) -> str:
        """Return the words, English where a language lacks them; nothing is translated by a machine."""
        return self.texts.get(lang.split("-", maxsplit=1)[0]) or self.texts["en"]


def advice_from(document: Mapping[str, Any]) -> tuple[Advice, ...]:
    """Return the texts of ``resources/advice/red-flag.json``."""
    is_draft = document["status"] != "approved" or not document["reviewed_by"]
    return tuple(Advice(each["id"], each["name"], each["say"], is_draft) for each in document["texts"])
