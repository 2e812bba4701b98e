"""What helps to tell whose name a name is."""

from __future__ import annotations

from gazetteer.frozen import frozen
from gazetteer.place import Level, Place


@frozen
class Context:
    """What is known of a name beside itself.

    ``parent`` should hold the place. ``level`` is a requirement. ``prose``: of
    a unit and its seat running text means the seat, a table may mean either.
    ``is_place``: words beside it say that it is one, as in "north of Hit".
    ``company`` are the governorates of other places in the same text.
    """

    parent: Place | None = None
    level: Level | None = None
    prose: bool = False
    is_place: bool = False
    company: frozenset[str] = frozenset()


NO_CONTEXT = Context()
