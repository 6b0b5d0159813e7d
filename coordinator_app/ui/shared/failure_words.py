"""Refusals and troubles in the language of the window; a code without a sentence keeps the house's English one."""

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.workstation.catalogue import Catalogue

KNOWN = (Refusal, Trouble)


def failure_words(catalogue: Catalogue, failure: Refusal | Trouble) -> str:
    """Return the sentence a person reads; those with figures in them stay as they were said."""
    key = f"failures.{failure.code}"
    return catalogue.say(key) if catalogue.has(key) else failure.sentence
