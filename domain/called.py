"""Values that rows keep, each with the words by which people know it."""

from enum import StrEnum


class Called(StrEnum):
    """The value is what rows keep, `called` stands within a sentence."""

    called: str

    def __new__(cls, value: str, called: str = "") -> "Called":
        """A value with its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.called = called
        return member
