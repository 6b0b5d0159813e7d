-- Who may call what. Run as the definer, whose functions these are.

GRANT EXECUTE ON FUNCTION sec.my_staff_id(), sec.my_role(), sec.my_initiatives(), sec.my_panels(), sec.my_ceiling()
    TO @person@, @cc_loader@, @cc_evaluator@, @cc_administrator@, @owner@;
GRANT EXECUTE ON FUNCTION sec.about_me(), sec.change_password(text), sec.answer_challenge(bytea) TO @person@;
GRANT EXECUTE ON FUNCTION sec.create_initiative(text, text, text, text, text), sec.create_panel(uuid, text),
    sec.assign_panel(uuid, text, text, timestamptz), sec.move_members(uuid, uuid[]), sec.move_member(uuid, uuid),
    sec.add_staff(text, text, text, uuid, uuid, text), sec.reset_staff(text, text), sec.disable_staff(text),
    sec.list_staff(), sec.list_panels() TO @cc_administrator@;
GRANT EXECUTE ON FUNCTION sec.move_members(uuid, uuid[]), sec.move_member(uuid, uuid), sec.list_panels()
    TO @cc_supervisor@;
GRANT EXECUTE ON FUNCTION sec.freeze_initiative(uuid, date) TO @cc_administrator@, @cc_evaluator@, @cc_loader@;
GRANT EXECUTE ON FUNCTION load.namespace() TO @cc_loader@, @cc_evaluator@;
GRANT EXECUTE ON FUNCTION sec.keep_local_key(bytea) TO @owner@;
GRANT EXECUTE ON FUNCTION cm_v1.shared_members() TO @cc_case_manager@;
