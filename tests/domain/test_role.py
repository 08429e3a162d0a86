"""One table of roles: who may sign in, whose address a plan gives, who is waited for, and how people call them."""

import pytest

from domain.role import OF_ACCOUNTS, OF_CONTACTS, WAITED_FOR, Role, role_called, titles


def test_the_roles_of_accounts_are_those_of_the_office_in_their_order() -> None:
    assert OF_ACCOUNTS == ("officer", "leader", "clerk", "inspector", "viewer", "admin")


def test_a_plan_gives_the_addresses_of_those_who_answer_in_the_office() -> None:
    assert OF_CONTACTS == ("officer", "leader", "clerk")


def test_neither_viewers_nor_admins_are_waited_for() -> None:
    assert WAITED_FOR == ("host", "officer", "leader", "clerk", "inspector", "date", "mail_server")


@pytest.mark.parametrize(
    ("role", "called"),
    [("leader", "lãnh đạo Ban"), (Role.HOST, "đơn vị"), ("auditor", "auditor"), ("", ""), (None, "")],
)
def test_a_role_is_called_by_its_words_and_one_of_a_newer_service_by_its_id(role: str | None, called: str) -> None:
    assert role_called(role) == called


def test_several_roles_are_named_in_the_order_of_the_table() -> None:
    assert titles({"clerk", "officer"}) == "Chuyên viên, Văn thư"
    assert titles(["host"]) == "", "nobody signs in as a host"


def test_each_role_has_words_of_its_own() -> None:
    assert len({one.called for one in Role}) == len({one.titled for one in Role}) == len(Role)
