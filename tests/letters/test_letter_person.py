"""What a letter takes from the register, and what it leaves there."""

from dataclasses import replace
from datetime import date, time

from coordinator_app.domain.ids import InitiativeId, MemberId, PanelId
from coordinator_app.domain.letter import CopyFor, Delivery, Interpreter
from coordinator_app.domain.letter_leaving import may_print
from coordinator_app.domain.letter_person import home_of, letter_member, safe_phone, standing_of
from coordinator_app.domain.person import ContactPoint, ContactProfile, Member, Reach, RelatedPerson

TODAY = date(2026, 11, 24)
MARI = Member(
    id=MemberId("m"),
    panel_id=PanelId("p"),
    initiative_id=InitiativeId("i"),
    member_number="DEMO 204 118",
    family="García López",
    given="María José",
    birth_date=date(1945, 7, 14),
    preferred="Mari",
    language_spoken="es",
    address="12 Sample Street",
    city="Springfield",
    state="MA",
    zip_code="01100",
    plan="Example Plan PPO",
)
HOME = ContactPoint("1", "home", "+14135550141", may_call="unknown")
MOBILE = ContactPoint(
    "2", "mobile", "+14135550142", may_call="yes", may_leave_message="no", safe_hours="09:00-12:00", nurse_entered=True
)
MAIL = ContactPoint("3", "email", "mari4135550143@example.org", may_call="yes", preferred=True)
GUARDIAN = RelatedPerson("g", "Ana Ruiz", "mother", "+14135550150", is_guardian=True)


def test_the_name_stands_as_on_an_envelope_and_the_nurses_number_wins() -> None:
    told = letter_member(MARI, Reach(points=(MAIL, HOME, MOBILE)), today=TODAY)
    assert told.name == "María José García López"
    assert told.name_to_use == "Mari"
    assert told.phone is not None
    assert told.phone.number == "+14135550142"
    assert (told.phone.safe_from, told.phone.safe_until) == (time(9), time(12))
    assert told.phone.may_leave_message is False


def test_a_number_with_a_no_or_past_its_day_is_never_printed() -> None:
    refused, expired = replace(MOBILE, may_call="no"), replace(MOBILE, valid_until=date(2026, 11, 23))
    assert safe_phone(Reach(points=(refused, expired)), today=TODAY) is None
    assert safe_phone(Reach(points=(replace(MOBILE, valid_until=TODAY),)), today=TODAY) is not None


def test_under_special_instructions_only_a_number_said_to_be_safe_counts() -> None:
    special = ContactProfile(special_contact=True)
    assert safe_phone(Reach(points=(HOME,)), today=TODAY) is not None
    assert safe_phone(Reach(points=(HOME,), profile=special), today=TODAY) is None
    assert safe_phone(Reach(points=(HOME, MOBILE), profile=special), today=TODAY) is not None


def test_the_feeds_address_is_not_used_while_home_may_not_be_safe() -> None:
    assert home_of(MARI, Reach(), today=TODAY).address == ("12 Sample Street", "Springfield MA 01100")
    special = Reach(profile=ContactProfile(special_contact=True))
    assert home_of(MARI, special, today=TODAY).address == ()
    safe = Reach(profile=ContactProfile(special_contact=True, safe_address="c/o Library\nSpringfield MA 01100"))
    assert home_of(MARI, safe, today=TODAY).address == ("c/o Library", "Springfield MA 01100")
    nurse = Reach(profile=ContactProfile(safe_address="PO Box 7"))
    assert home_of(MARI, nurse, today=TODAY).address == ("PO Box 7",)


def test_a_childs_letter_and_call_go_to_the_guardian() -> None:
    child = replace(MARI, birth_date=date(2015, 1, 1))
    reach = Reach(points=(MOBILE,), related=(GUARDIAN,))
    assert home_of(child, reach, today=TODAY).name == "Ana Ruiz"
    phone = letter_member(child, reach, today=TODAY).phone
    assert phone is not None
    assert phone.number == "+14135550150"


def test_the_interpreter_is_what_was_recorded_and_never_guessed() -> None:
    def kind(recorded: str, language: str = "es") -> Interpreter:
        member = replace(MARI, interpreter=recorded, language_spoken=language)
        return letter_member(member, Reach(), today=TODAY).interpreter

    assert kind("") is Interpreter.UNKNOWN
    assert kind("", "en") is Interpreter.UNKNOWN
    assert kind("phone") is Interpreter.SPOKEN
    assert kind("video_relay", "ase") is Interpreter.VIDEO_RELAY
    assert kind("none") is Interpreter.NONE


def refused(member: Member, reach: Reach, copy_for: CopyFor = CopyFor.PATIENT) -> str:
    standing = standing_of(member, reach, today=TODAY, is_template_approved=False, may_use_drafts=True)
    refusal = may_print(standing, copy_for, Delivery.MAIL)
    return refusal.code if refusal else ""


def test_the_register_stops_letters_to_the_dead_the_opted_out_and_the_unsafe_home() -> None:
    assert refused(MARI, Reach()) == ""
    assert refused(replace(MARI, deceased_on=TODAY), Reach(), CopyFor.PROGRAM) == "deceased"
    assert refused(replace(MARI, held_cause="deceased"), Reach(), CopyFor.PCP) == "deceased"
    assert refused(MARI, Reach(profile=ContactProfile(no_contact=("program",))), CopyFor.PROGRAM) == "opted_out"
    assert refused(MARI, Reach(profile=ContactProfile(no_contact=("letters",)))) == "no_letters"
    assert refused(MARI, Reach(profile=ContactProfile(special_contact=True))) == "no_safe_address"
    assert refused(replace(MARI, birth_date=date(2015, 1, 1)), Reach()) == "to_guardian"
    assert refused(replace(MARI, birth_date=date(2015, 1, 1)), Reach(related=(GUARDIAN,))) == ""
