"""What was recorded stays as it was: no value of the domain can be changed, only replaced by another."""

import dataclasses
import inspect
import pkgutil
from importlib import import_module

import pytest

import domain

VALUES = sorted(
    {
        value
        for module in pkgutil.iter_modules(domain.__path__)
        for value in vars(import_module(f"domain.{module.name}")).values()
        if inspect.isclass(value) and dataclasses.is_dataclass(value)
    },
    key=lambda one: f"{one.__module__}.{one.__qualname__}",
)


def test_there_are_values_to_look_at() -> None:
    assert len(VALUES) > 50


@pytest.mark.parametrize("kind", VALUES, ids=lambda one: str(one.__qualname__))
def test_nothing_in_a_value_can_be_changed_behind_the_back_of_who_holds_it(kind: type) -> None:
    value = object.__new__(kind)
    name = dataclasses.fields(kind)[0].name

    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, "khác")
