"""Frozen dataclasses made in half the time: making them is most of what an answer costs."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[T]) -> type[T]:
    """Make a class a frozen dataclass with slots.

    The usual ``__init__`` of such a class has to go round its own ``__setattr__`` for each
    field. With this one a new object is of a class with the same slots that is open, until
    they are filled.
    """
    made: Any = dataclass(frozen=True, slots=True)(cls)
    if hasattr(cls, "__post_init__") or any(f.default_factory is not MISSING for f in fields(made)):
        raise TypeError(f"{cls.__name__}: neither __post_init__ nor default_factory is kept")
    names = [field.name for field in fields(made)]
    scope: dict[str, Any] = {
        "frozen_class": made,
        "open_class": type(cls.__name__, (), {"__slots__": names}),
        "set_class": object.__dict__["__class__"].__set__,
    }
    fill = "".join(f"\n    self.{name} = {name}" for name in names)
    code = f"\n    set_class(self, open_class){fill}\n    self.__class__ = frozen_class"
    exec(f"def __init__(self, {', '.join(names)}):{code}", scope)
    init = scope["__init__"]
    for told in ("__defaults__", "__annotations__", "__qualname__", "__module__"):
        setattr(init, told, getattr(made.__init__, told))
    made.__init__ = init
    return made  # type: ignore[no-any-return]
