"""Who a patient is, in words ready to be shown; the same four facts in the same order everywhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """Name, birth, sex, id, in words: "GARCÍA LÓPEZ, María José", "Born 14-Jul-1945 (81 y)", "Female", "ID …"."""

    name: str
    born: str
    sex: str
    number: str
    preferred: str = ""
    speaks: str = ""

    @property
    def sentence(self) -> str:
        """The whole identity for a screen reader."""
        parts = (self.name, self.preferred, self.born, self.sex, self.number, self.speaks)
        return ". ".join(part for part in parts if part)
