"""The two kinds of failure a reader may meet; anything else is our own defect."""


class Refusal(Exception):
    """The rules say no: a code for the program and a sentence for a person."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


class Trouble(Exception):
    """The surroundings failed (no server, disk full, key locked): a code, a sentence, and the way out in it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence
