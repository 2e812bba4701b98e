"""A number of people, as a phrase tells it."""

from __future__ import annotations

from gazetteer.frozen import frozen


@frozen
class People:
    """A number of people, written at ``tokens[first:last]``.

    ``count`` is None for "dozens" and other amounts that are no number. ``more``
    people come on top of those told before; ``part`` of them are told already
    ("including five children"). A ``named`` person is told by name: what is said
    of the name beside a comma is the same person ("Ali Hadi, a judge").
    """

    first: int
    last: int
    count: int | None
    head: str = ""
    more: bool = False
    part: bool = False
    attacker: bool = False
    bare: bool = False
    named: bool = False
