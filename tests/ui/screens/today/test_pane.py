"""The pane: who it is at once, every reason with its points, what is not known."""

from coordinator_app.ui.shared.courier import Lane


def fact(pane, label):
    return next(each for each in pane.facts if each.label == label)


def test_the_identity_is_there_before_the_page_was_read(model, shown):
    model.refresh()
    model.choose(shown.key_of("GARCÍA"))
    first, whole = shown.panes[-2:]
    assert not first.is_whole
    assert whole.is_whole
    assert first.identity == whole.identity
    assert whole.identity.sentence == (
        "GARCÍA LÓPEZ, María José. “Mari”. Born 14-Jul-1945 (81 y). Female. ID DEMO 204 118. Speaks Spanish"
    )


def test_every_reason_stands_with_points_that_add_up_and_with_its_evidence(model, shown):
    model.refresh()
    model.choose(shown.key_of("GARCÍA"))
    reasons = shown.panes[-1].reasons
    assert [reason.sentence for reason in reasons] == [
        "Home from hospital Sunday, heart failure; tried once",
        "Lisinopril may have run out 13-Nov; no record of a refill (claims to 20-Nov)",
    ]
    for reason in reasons:
        assert sum(int(point.points) for point in reason.named) == int(reason.points)
    assert reasons[0].evidence == "Hospital stay 22-Nov · hospital list, to 24-Nov"


def test_a_missing_record_says_up_to_when_the_records_reach(model, shown):
    model.refresh()
    model.choose(shown.key_of("TRAN"))
    assert shown.panes[-1].reasons[1].sentence == "No record of colorectal screening (claims to 20-Nov)"


def test_the_contact_safety_line_comes_with_the_person_and_never_says_why(model, shown):
    model.refresh()
    model.choose(shown.key_of("GARCÍA"))
    assert shown.panes[-1].safety == "Mobile only, 9:00–12:00. No message."
    model.choose(shown.key_of("SANTIAGO"))
    assert shown.panes[-1].safety == "Call mother, Rosa Díaz."
    model.choose(shown.key_of("TRAN"))
    assert shown.panes[-1].safety == ""


def test_last_contact_and_best_time_are_said(model, shown):
    model.refresh()
    model.choose(shown.key_of("GARCÍA"))
    pane = shown.panes[-1]
    assert fact(pane, "Last contact").value == "Mon 23-Nov 11:40, no answer, Ana Ruiz"
    assert fact(pane, "Best time").value.replace("\N{NO-BREAK SPACE}", " ") == (
        "9:00–12:00, mobile (413) 555-0142, reached 2-Nov"
    )


def test_a_person_kept_out_says_why_on_whose_word_and_since_when(model, shown):
    model.show_tab("not_listed")
    model.choose(shown.key_of("RIVERA"))
    pane = shown.panes[-1]
    assert pane.is_not_listed
    assert fact(pane, "Not listed").value == "Asked not to be contacted, told by the patient, 25-Sep"
    assert fact(pane, "Not known").value == "No phone number known"


def test_only_the_person_chosen_last_is_shown(desk, noticeboard, people, shown_on_slow_lanes):
    """Rows run by under the arrow key; the answers of those passed by must not be painted over the last."""
    model, shown, lanes = shown_on_slow_lanes
    model.refresh()
    lanes.deliver()
    keys = [row.key for row in shown.lists[-1].rows[:4]]
    for key in keys:
        model.choose(key)
    lanes.deliver()
    assert [pane.member_id for pane in shown.panes if pane is not None and pane.is_whole] == [keys[-1]]


def test_reading_never_takes_the_write_lane(model, shown, courier):
    model.refresh()
    model.choose(shown.key_of("TRAN"))
    model.show_tab("waiting")
    assert set(courier.sent) == {Lane.READ}
