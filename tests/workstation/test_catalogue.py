"""The words of the product: counts, places, lacks, and files that break the form."""

import pytest

from coordinator_app.workstation.catalogue import Catalogue, CatalogueUnreadable, UnknownWord


@pytest.fixture
def folder(tmp_path):
    for lang, text in {
        "en": '{"tab": "Call today",'
        ' "more": {"zero": "no more", "one": "{count} more", "other": "{count} more reasons"},'
        ' "only": "Only in English", "saved": "Saved. {name}: {outcome}."}',
        "es": '{"tab": "Llamar hoy", "more": {"one": "{count} motivo más", "other": "{count} motivos más"},'
        ' "saved": "Guardado. {name}: {outcome}."}',
    }.items():
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "today.json").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_count_chooses_the_form_and_fills_it(folder):
    english, spanish = Catalogue.load(folder, "en"), Catalogue.load(folder, "es")
    assert [english.say("today.more", count=n) for n in (0, 1, 3)] == ["no more", "1 more", "3 more reasons"]
    assert [spanish.say("today.more", count=n) for n in (0, 1, 3)] == ["0 motivos más", "1 motivo más", "3 motivos más"]


def test_named_places_are_filled_and_known(folder):
    catalogue = Catalogue.load(folder, "es")
    assert catalogue.say("today.saved", name="BROWN, Helen", outcome="no contesta") == (
        "Guardado. BROWN, Helen: no contesta."
    )
    assert catalogue.places_in("today.saved") == {"name", "outcome"}


def test_a_missing_key_raises_where_we_are_strict_and_speaks_english_where_a_nurse_works(folder):
    with pytest.raises(UnknownWord, match=r"es: today\.only"):
        Catalogue.load(folder, "es").say("today.only")
    at_work = Catalogue.load(folder, "es", is_strict=False)
    assert at_work.say("today.only") == "Only in English"
    assert at_work.say("today.never_written") == "today.never_written"
    assert at_work.missing == {"today.only"}


def test_a_place_that_was_not_given_raises_where_we_are_strict(folder):
    with pytest.raises(UnknownWord, match=r"today\.saved needs outcome"):
        Catalogue.load(folder, "en").say("today.saved", name="BROWN, Helen")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"a": "x", "a": "y"}', "a is written twice"),
        ('{"a": {"one": "x"}}', "a is neither"),
        ('["a"]', "not an object"),
        ('{"a": ', "call.json"),
    ],
)
def test_a_file_that_breaks_the_form_is_named(folder, text, complaint):
    (folder / "en" / "call.json").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueUnreadable, match=complaint):
        Catalogue.load(folder, "en")
