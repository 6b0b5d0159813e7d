"""The honest page: what the list is not, what is a draft, how old the data is, and how the day stands."""

import pytest

from coordinator_app.bootstrap.screens.about import build
from coordinator_app.domain.activity import Identifier, Outcome
from coordinator_app.domain.ids import MemberId
from coordinator_app.services.call_logging import CallForm
from coordinator_app.services.red_flags import FlagForm
from coordinator_app.storage.local import profile
from tests.ui.screens.framing import out_of_reach, settled
from tests.ui.screens.sample_people import made

LUKASZ = MemberId(made("member", "204 377"))


@pytest.fixture
def shown(in_window, theme):
    def show(lang="en"):
        _, screen, window = in_window(build, theme, lang)
        screen.shown()
        return screen.widget, window

    return show


def words_of(lines):
    return {fact.label: fact.value for fact in lines._facts}


def test_it_counts_the_day_as_it_is(shown, desk):
    desk.calls.record(CallForm(LUKASZ, Outcome.NO_ANSWER))
    desk.calls.record(CallForm(LUKASZ, Outcome.REACHED, identity=(Identifier.BIRTH_DATE, Identifier.ZIP)))
    desk.red_flags.raise_one(FlagForm(LUKASZ, "chest pain"))
    view, _ = shown()
    day = words_of(view.day)
    assert day["Calls"] == "3 made, 1 reached"
    assert day["Open red flags"] == "1: nobody has taken it over"
    assert day["Not sent yet"] == f"{desk.status.now().waiting} entries"


def test_it_names_every_source_with_the_day_its_data_reaches_to(shown):
    view, _ = shown()
    sources = words_of(view.sources)
    assert sources["hospital list"] == "to 24-Nov"
    assert sources["claims"] == "to 20-Nov"


def test_what_nobody_approved_is_called_a_draft(shown):
    view, _ = shown()
    assert words_of(view.drafts)["Texts to read aloud"] == "DRAFT: 3 of 3"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_nothing_is_cut_off_in_a_small_window(shown, lang):
    view, window = shown(lang)
    settled(window, 960, 540)
    assert not out_of_reach(view)


def test_a_desk_of_several_initiatives_says_whose_days_it_follows(shown, sample):
    with sample.store.saving() as connection:
        first = profile.read(connection, profile.INITIATIVES)[0]
        profile.write(connection, {profile.INITIATIVES: [first, {**first, "id": made("other"), "name": "Holyoke"}]})
        connection.commit()
    view, _ = shown()
    assert words_of(view.sources)["Several initiatives"] == "Days as in Springfield"
