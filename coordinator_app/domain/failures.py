"""The two ways a command may fail on purpose; everything else is our bug."""

from __future__ import annotations


class Failure(Exception):
    """Says no with a code for programs and one sentence for people; the sentence never names a patient."""

    exit_code = 4

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class Refused(Failure):
    """The rules say no; trying again changes nothing. A command ends with exit code 3."""

    exit_code = 3


class Trouble(Failure):
    """The surroundings failed; trying again may help once they are mended. A command ends with exit code 4."""
