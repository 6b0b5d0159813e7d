"""From the register to the letter: the name as people say it, the number that is safe, the address that is safe."""

from datetime import date

from coordinator_app.domain.letter import Interpreter, LetterMember, Phone, Recipient, phone_with_hours
from coordinator_app.domain.letter_leaving import LetterStanding
from coordinator_app.domain.person import ContactPoint, Member, Reach

_ANSWERS = {"yes": True, "no": False}
_LEAST_DIGITS = 7
_INTERPRETERS = {
    "none": Interpreter.NONE,
    "no": Interpreter.NONE,
    "sign": Interpreter.SIGN,
    "asl": Interpreter.SIGN,
    "video_relay": Interpreter.VIDEO_RELAY,
    "vrs": Interpreter.VIDEO_RELAY,
}
_NO_PROGRAM = {"program", "whole_program", "all"}
_DEATHS = ("deceased", "death")


def letter_member(member: Member, reach: Reach, *, today: date) -> LetterMember:
    """Return the person as a letter names them; a minor is reached through the guardian."""
    guardian = reach.guardian if member.is_minor_on(today) else None
    phone = Phone(guardian.phone) if guardian and guardian.phone else safe_phone(reach, today=today)
    language = member.language_spoken or "en"
    return LetterMember(
        name=said_name(member),
        birth_date=member.birth_date,
        member_number=member.member_number,
        plan=member.plan,
        phone=phone,
        language=language,
        interpreter=_interpreter(reach.profile.interpreter_kind or member.interpreter),
        name_to_use=reach.profile.name_to_use or member.preferred,
    )


def said_name(member: Member) -> str:
    """Return the given name, then the family name, as on an envelope."""
    return " ".join(part for part in (member.given, member.family) if part)


def safe_phone(reach: Reach, *, today: date) -> Phone | None:
    """Return the number to print, or None where none is known to be safe.

    A number with a no is never taken; one nobody asked about only where no special instructions stand.
    What a nurse wrote outranks the feed (practice 11).
    """
    allowed = {"yes"} if reach.profile.special_contact else {"yes", "unknown"}
    usable = [
        point
        for point in reach.points
        if point.may_call in allowed
        and sum(character.isdigit() for character in point.value) >= _LEAST_DIGITS
        and "@" not in point.value
        and point.kind not in {"address", "email", "fax"}
        and (point.valid_until is None or point.valid_until >= today)
    ]
    best = max(usable, key=_worth, default=None)
    if best is None:
        return None
    hours = best.safe_hours or reach.profile.best_hours
    may_leave_message = _ANSWERS.get(best.may_leave_message)
    return phone_with_hours(best.value, hours, may_leave_message=may_leave_message, kind=best.technology or "voice")


def home_of(member: Member, reach: Reach, *, today: date) -> Recipient:
    """Return where the patient's own copy goes; the feed's address is never used where it may not be safe."""
    guardian = reach.guardian if member.is_minor_on(today) else None
    safe = tuple(line.strip() for line in reach.profile.safe_address.splitlines() if line.strip())
    place = " ".join(part for part in (member.city, member.state, member.zip_code) if part)
    home = () if reach.profile.special_contact else tuple(line for line in (member.address, place) if line)
    return Recipient(name=guardian.name if guardian else said_name(member), address=safe or home)


def standing_of(
    member: Member, reach: Reach, *, today: date, is_template_approved: bool, may_use_drafts: bool
) -> LetterStanding:
    """Return how things stand now, for `may_print`; read the person again right before printing."""
    is_minor = member.is_minor_on(today)
    no_contact = {level.lower() for level in reach.profile.no_contact}
    held = member.held_cause.lower()
    return LetterStanding(
        is_deceased=member.deceased_on is not None or held.startswith(_DEATHS),
        opted_out=bool(no_contact & _NO_PROGRAM) or held == "opted_out",
        no_letters="letters" in no_contact,
        needs_safe_address=reach.profile.special_contact,
        has_safe_address=bool(reach.profile.safe_address.strip()),
        needs_guardian=is_minor,
        goes_to_guardian=is_minor and reach.guardian is not None,
        is_template_approved=is_template_approved,
        may_use_drafts=may_use_drafts,
    )


def _worth(point: ContactPoint) -> tuple[bool, bool, bool]:
    return point.may_call == "yes", point.nurse_entered, point.preferred


def _interpreter(kind: str) -> Interpreter:
    if not kind:
        return Interpreter.UNKNOWN
    return _INTERPRETERS.get(kind.lower(), Interpreter.SPOKEN)
