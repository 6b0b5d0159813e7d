"""Refusals and troubles in the language of the window; a code without a sentence keeps the house's English one."""

import re

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.workstation.catalogue import Catalogue

KNOWN = (Refusal, Trouble)


def failure_words(catalogue: Catalogue, failure: Refusal | Trouble) -> str:
    """Return the sentence a person reads; a figure in the house's sentence is the ``count`` of ours."""
    key = f"failures.{failure.code}"
    if figure := re.search(r"\d+", failure.sentence):
        key_with_figure = f"{key}.count"
        if catalogue.has(key_with_figure):
            return catalogue.say(key_with_figure, count=int(figure.group()))
    return catalogue.say(key) if catalogue.has(key) else failure.sentence
