"""Our frozen dataclasses are what the standard ones are."""

from __future__ import annotations

import inspect
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace

import pytest

from gazetteer.frozen import frozen


@frozen
class Town:
    name: str
    people: int = 0
    names: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Usual:
    name: str
    people: int = 0
    names: tuple[str, ...] = field(default=(), repr=False)


@pytest.mark.parametrize(
    ("told", "more"), [(("Hit",), {}), (("Hit", 3), {"names": ("هيت",)}), ((), {"name": "Hit"})]
)
def test_each_field_has_what_is_told_or_its_default(told: tuple, more: dict) -> None:  # type: ignore[type-arg]
    assert asdict(Town(*told, **more)) == asdict(Usual(*told, **more))
    assert repr(Town(*told, **more)) == repr(Usual(*told, **more)).replace("Usual", "Town")


def test_nothing_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Town("Hit").people = 3  # type: ignore[misc]
    assert not hasattr(Town("Hit"), "__dict__")


def test_equal_ones_are_one() -> None:
    assert {Town("Hit", 3), Town("Hit", 3), replace(Town("Hit"), people=3)} == {Town("Hit", 3)}
    assert pickle.loads(pickle.dumps(Town("Hit", 3))) == Town("Hit", 3)


@pytest.mark.parametrize("told", [(), ("Hit", 3, (), 4)])
def test_a_wrong_call_is_refused_by_its_name(told: tuple) -> None:  # type: ignore[type-arg]
    with pytest.raises(TypeError, match=r"Town.__init__\(\)"):
        Town(*told)
    parameters = inspect.signature(Town).parameters.values()
    usual = inspect.signature(Usual).parameters.values()
    assert [(p.name, p.default) for p in parameters] == [(p.name, p.default) for p in usual]
