"""Who acts in a year, and who is waited for: one table of the roles, with the words that people read for each."""

from enum import StrEnum


class Role(StrEnum):
    """Somebody, or something, that a visit may wait for. The value is what rows and accounts keep.

    `called` stands within a sentence (“chờ lãnh đạo Ban”), `titled` names the role of an account. `signs_in` is true
    for the roles an account may have, `of_contacts` for those whose address every plan must give.
    """

    called: str
    titled: str
    signs_in: bool
    of_contacts: bool

    def __new__(cls, value: str, called: str, titled: str, signs_in: bool = False, of_contacts: bool = False) -> "Role":
        """A role with its words."""
        one = str.__new__(cls, value)
        one._value_ = value
        one.called, one.titled, one.signs_in, one.of_contacts = called, titled, signs_in, of_contacts
        return one

    OFFICER = "officer", "cán bộ", "Chuyên viên", True, True
    LEADER = "leader", "lãnh đạo Ban", "Lãnh đạo", True, True
    CLERK = "clerk", "văn thư", "Văn thư", True, True
    INSPECTOR = "inspector", "Tổ công tác", "Tổ công tác", True
    VIEWER = "viewer", "người xem", "Người xem", True
    ADMIN = "admin", "quản trị", "Quản trị", True
    HOST = "host", "đơn vị", "Đơn vị"
    DATE = "date", "đến ngày", "Đến ngày"
    MAIL_SERVER = "mail_server", "máy chủ thư", "Máy chủ thư"


#: The roles an account of the desk may have, in the order in which they are listed.
OF_ACCOUNTS = tuple(role for role in Role if role.signs_in)
#: The roles whose address every plan must give.
OF_CONTACTS = tuple(role for role in Role if role.of_contacts)
#: Whom a visit may wait for, in the order in which they are listed.
WAITED_FOR = (Role.HOST, Role.OFFICER, Role.LEADER, Role.CLERK, Role.INSPECTOR, Role.DATE, Role.MAIL_SERVER)


def role_called(role: str | None) -> str:
    """`lãnh đạo Ban` for `leader`; empty for nobody, and what a newer service wrote stays as it is."""
    return _KNOWN[role].called if role in _KNOWN else role or ""


def titles(roles: "frozenset[str] | set[str] | list[str] | tuple[str, ...]") -> str:
    """`Chuyên viên, Văn thư`, in the order of the table."""
    return ", ".join(role.titled for role in OF_ACCOUNTS if role in roles)


_KNOWN: dict[str | None, Role] = {role.value: role for role in Role}
