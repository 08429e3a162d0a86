"""Which addresses differ, and what stays when those in use are kept."""

from dataclasses import replace

from domain.contact_changes import ContactChange, contact_changes, keeping
from domain.plan import Contact, Contacts, Plan

NEW = Contact("Ban Thường vụ Thành ủy Biên Hòa", "moi@bien-hoa.example")


def test_nothing_differs_from_itself(shipped: tuple[Plan, Contacts]) -> None:
    assert contact_changes(shipped[1], shipped[1]) == ()


def test_each_entry_that_differs_is_named_once(shipped: tuple[Plan, Contacts]) -> None:
    before = shipped[1]
    boards = {**before.standing_boards, "bien_hoa": NEW, "moi": NEW}
    after = replace(before, standing_boards=boards, inspectors=before.inspectors[:2])

    found = contact_changes(before, after)

    assert [(one.section, one.key, one.lost) for one in found] == [
        ("inspectors", "3", True), ("standing_boards", "bien_hoa", True), ("standing_boards", "moi", False),
    ]  # fmt: skip
    assert found[1] == ContactChange("standing_boards", "bien_hoa", before.standing_boards["bien_hoa"], NEW)


def test_what_is_in_use_stays_and_what_it_lacks_is_taken(shipped: tuple[Plan, Contacts]) -> None:
    offered = shipped[1]
    boards = {code: one for code, one in offered.standing_boards.items() if code != "tan_phu"} | {"bien_hoa": NEW}
    in_use = replace(offered, standing_boards=boards)

    kept = keeping(in_use, offered)

    assert kept.standing_boards["bien_hoa"] == NEW
    assert kept.standing_boards["tan_phu"] == offered.standing_boards["tan_phu"]
    assert (kept.office, kept.inspectors) == (in_use.office, in_use.inspectors)


def test_a_group_that_is_not_there_is_taken_and_one_that_is_stays_whole(shipped: tuple[Plan, Contacts]) -> None:
    offered = shipped[1]
    nobody, head = replace(offered, inspectors=()), replace(offered, inspectors=(NEW,))

    assert keeping(nobody, offered).inspectors == offered.inspectors
    assert keeping(head, offered).inspectors == (NEW,)


def test_the_office_itself_is_an_entry_without_a_key(shipped: tuple[Plan, Contacts]) -> None:
    (only,) = contact_changes(shipped[1], replace(shipped[1], office=NEW))

    assert (only.section, only.key, only.before, only.after) == ("office", "", shipped[1].office, NEW)


def test_what_goes_away_is_lost_and_what_comes_is_not(shipped: tuple[Plan, Contacts]) -> None:
    before = shipped[1]
    fewer = {code: one for code, one in before.organisation_boards.items() if code != "tan_phu"}
    after = replace(before, organisation_boards=fewer, bodies={**before.bodies, "moi": NEW})

    found = contact_changes(before, after)

    assert [(one.section, one.key, one.lost, one.after) for one in found] == [
        ("bodies", "moi", False, NEW), ("organisation_boards", "tan_phu", True, None),
    ]  # fmt: skip
    assert keeping(after, before).organisation_boards == {**fewer, "tan_phu": before.organisation_boards["tan_phu"]}
