"""A lesson as a sheet to take home, made in memory; nothing of it is stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.letter import Coordinator, Sender
from coordinator_app.domain.teaching_topic import Topic
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.letter_parts import coordinator_of, sender_of
from coordinator_app.services.members import known
from coordinator_app.services.ports import Me, OpenShelves


@dataclass(frozen=True, slots=True)
class HandoutSheet:
    """What a sheet says besides its lesson; it never says who got it. ``language`` is the language it is printed in."""

    topic: Topic
    sender: Sender
    coordinator: Coordinator
    language: str
    patient_language: str
    is_demo: bool
    is_large_print: bool


class HandoutMaker(Protocol):
    """Sets a sheet as PDF."""

    def __call__(self, sheet: HandoutSheet) -> bytes: ...  # noqa: D102


class Handouts:
    """Makes the sheet of a lesson for a patient, in the language asked for or, where nobody wrote it, in English."""

    def __init__(
        self,
        open_shelves: OpenShelves,
        me: Me,
        *,
        topics: Callable[[], Sequence[Topic]],
        make: HandoutMaker,
        may_use_drafts: bool,
    ) -> None:
        self._open_shelves, self._me = open_shelves, me
        self._topics, self._make, self._may_use_drafts = topics, make, may_use_drafts

    def make(self, member_id: MemberId, topic_id: str, language: str) -> bytes:
        """Return the PDF. Refusal: ``unknown_member``, ``unknown_topic``, ``not_approved``."""
        topic = next((each for each in self._topics() if each.id == topic_id), None)
        if topic is None:
            raise Refusal("unknown_topic", "There is no such topic in the library.")
        if topic.is_draft and not self._may_use_drafts:
            raise Refusal("not_approved", "This lesson was not approved yet, so it is not printed.")
        with self._open_shelves() as shelves:
            member = known(shelves, member_id)
            profile = shelves.people.reach(member_id).profile
            sender, coordinator = sender_of(shelves, member), coordinator_of(shelves, member, self._me.staff_id)
        spoken = language.split("-", maxsplit=1)[0]
        return self._make(
            HandoutSheet(
                topic=topic,
                sender=sender,
                coordinator=coordinator,
                language=spoken if spoken in topic.languages else "en",
                patient_language=language,
                is_demo=member.source == "demo",
                is_large_print=profile.large_print,
            )
        )
