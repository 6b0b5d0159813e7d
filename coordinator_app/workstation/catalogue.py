"""The words of the product in each language: small JSON catalogues, read without Qt.

Why not Qt Linguist: window, letters and the commands without a window say the same sentences, and only the window may
know Qt; a `.ts` file needs a compiled twin that can be older than its source; a sentence written with an f-string is
collected by `lupdate` as one that never matches. A catalogue is one JSON file for each screen and language,
`<folder>/<language>/<screen>.json`, flat, reviewed as text:

    {"tab.call_today": "Call today",
     "toast.saved": "Saved. {name}: {outcome}.",
     "more": {"one": "{count} more reason", "other": "{count} more reasons"}}

`Catalogue.say("today.more", count=3)` finds key "more" of `today.json`. A sentence with counts has the forms `one` and
`other`, which is all English and Spanish need, and may have `zero`, taken for exactly none. A missing key raises
`UnknownWord` in tests and in development (`is_strict`); otherwise English stands in, then the key itself.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import Any

FIRST_LANGUAGE = "en"
_FORMS = frozenset({"zero", "one", "other"})

Sentence = str | dict[str, str]


class UnknownWord(LookupError):
    """No catalogue has this key, or a placeholder of the sentence was not given."""


class CatalogueUnreadable(ValueError):
    """A catalogue file breaks the form described above; the message names file and key."""


class Catalogue:
    """The sentences of one language, with English behind them."""

    def __init__(
        self, lang: str, sentences: Mapping[str, Sentence], fallback: Mapping[str, Sentence], *, is_strict: bool = True
    ) -> None:
        self.lang = lang
        self._sentences = dict(sentences)
        self._fallback = dict(fallback)
        self._is_strict = is_strict

    @classmethod
    def load(cls, folder: Path, lang: str, *, is_strict: bool = True) -> "Catalogue":
        """Read every file of a language and of English; a language without a folder speaks English."""
        first = _sentences_in(folder / FIRST_LANGUAGE)
        own = first if lang == FIRST_LANGUAGE else _sentences_in(folder / lang)
        return cls(lang, own, first, is_strict=is_strict)

    @property
    def keys(self) -> frozenset[str]:
        """Every key this language has itself."""
        return frozenset(self._sentences)

    @property
    def missing(self) -> frozenset[str]:
        """Keys English has and this language has not."""
        return frozenset(self._fallback) - frozenset(self._sentences)

    def has(self, key: str) -> bool:
        """Say whether `say` would find a sentence."""
        return key in self._sentences or key in self._fallback

    def say(self, key: str, **values: object) -> str:
        """Return the sentence with its {named} places filled; `count` also chooses the plural form."""
        sentence = self._sentences.get(key, self._fallback.get(key))
        if sentence is None or (self._is_strict and key not in self._sentences):
            if self._is_strict:
                raise UnknownWord(f"{self.lang}: {key}")
            return key
        pattern = sentence if isinstance(sentence, str) else _form(sentence, values.get("count"))
        try:
            return pattern.format(**values)
        except (KeyError, IndexError) as lack:
            if self._is_strict:
                raise UnknownWord(f"{self.lang}: {key} needs {lack.args[0]}") from None
            return pattern

    def places_in(self, key: str) -> frozenset[str]:
        """Return the names of the placeholders of a sentence, over all its forms."""
        sentence = self._sentences.get(key, self._fallback.get(key, ""))
        patterns = [sentence] if isinstance(sentence, str) else list(sentence.values())
        return frozenset(name for pattern in patterns for _, name, _, _ in Formatter().parse(pattern) if name)


def _form(forms: Mapping[str, str], count: object) -> str:
    if count == 0 and "zero" in forms:
        return forms["zero"]
    return forms["one"] if count == 1 else forms["other"]


def _sentences_in(folder: Path) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for file in sorted(folder.glob("*.json")):
        for key, sentence in _read(file).items():
            found[f"{file.stem}.{key}"] = _checked(file, key, sentence)
    return found


def _read(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_no_twins)
    except ValueError as fault:
        raise CatalogueUnreadable(f"{file.name}: {fault}") from None
    if not isinstance(content, dict):
        raise CatalogueUnreadable(f"{file.name}: not an object")
    return content


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in pairs:
        if key in kept:
            raise ValueError(f"{key} is written twice")
        kept[key] = value
    return kept


def _checked(file: Path, key: str, sentence: Any) -> Sentence:
    if isinstance(sentence, str):
        return sentence
    is_plural = isinstance(sentence, dict) and {"one", "other"} <= sentence.keys() <= _FORMS
    if not is_plural or not all(isinstance(form, str) for form in sentence.values()):
        raise CatalogueUnreadable(f"{file.name}: {key} is neither a sentence nor its forms one and other")
    return dict(sentence)
