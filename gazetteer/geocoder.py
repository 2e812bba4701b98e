"""The gazetteer as a geopy geocoder, and online geocoders behind it for those who ask for them.

The only module that imports geopy's geocoders. It works offline unless given
geocoders to ask; answers that come from these are marked ``online``.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from geopy.distance import distance
from geopy.exc import ConfigurationError, GeocoderParseError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point
from shapely import Point as Spot
from shapely.geometry.base import BaseGeometry

from gazetteer.api import Gazetteer, load
from gazetteer.errors import DataError
from gazetteer.nesting import governorates_of
from gazetteer.place import Level, Match, Place, Status
from gazetteer.relations import relation_before

Raw = dict[str, Any]


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocodes places of Iraq without a network.

    Parameters
    ----------
    gaz : the gazetteer; by default what `gazetteer.load` opens: the data that is
        installed, and where none is, the core data
    online : geocoders to ask, in this order, for names that the gazetteer does
        not know; see `OnlineFallback`

    Notes
    -----
    Works with ``geopandas.tools.geocode(names, provider=OfflineGeocoder)`` and
    with geopy's RateLimiter. A unit is located at the town it is called after, where
    there is one in it, otherwise at a point inside the smallest polygon that is
    known to hold it. ``raw["level"]`` says what the name means, and ``raw["radius_km"]``
    how far from the point that may be: for a unit, as far as its polygon reaches.
    """

    def __init__(
        self, gaz: Gazetteer | None = None, *, online: OnlineFallback | None = None
    ) -> None:
        super().__init__()
        self.gaz = gaz if gaz is not None else load()
        self._online = online

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        within: Place | str | None = None,
        timeout: float | None = None,
    ) -> Location | list[Location] | None:
        """Return where a name is.

        Parameters
        ----------
        query : the name, with or without its parents
        exactly_one : whether to return one location rather than all candidates
            (as geopy has it); of several namesakes none is the one
        within : what should hold the place
        timeout : seconds that an online geocoder may take

        Returns
        -------
        Location, list of Location, or None
            None where the place is not known, is not in Iraq or is ambiguous.

        Raises
        ------
        TypeError
            The query is no text.
        geopy.exc.GeocoderServiceError
            An online geocoder could not be asked, and no other knew the name.
        """
        match = self.gaz.resolve(query, within=within)
        found = [self._located(match)] if match.place else []
        if not found and not exactly_one:
            found = [self._of_place(c.place, c.score, c.why) for c in match.candidates]
        if not found and self._online is not None and self._is_unknown(query, match):
            area = self._area_of(within)
            answer = self._online.geocode(query, within=area, timeout=timeout) if area else None
            found = [answer] if answer is not None else []
        known = [location for location in found if location is not None]
        if not known:
            return None
        return known[0] if exactly_one else known

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: float | None = None
    ) -> Location | list[Location] | None:
        """Return the smallest admin unit that holds a point, named with its parents.

        Parameters
        ----------
        query : what geopy takes for a point: (latitude, longitude), a Point or text
        exactly_one : False also gives the units that hold that one
        timeout : not used: nothing is asked
        """
        point = Point(query)
        row = self.gaz.containing(point.longitude, point.latitude).iloc[0]
        codes = [code for code in row.to_list() if isinstance(code, str)]
        if not codes:
            return None
        names = [self._name_of(code) for code in codes]
        locations = [
            Location(
                ", ".join(reversed(names[: at + 1])),
                point,
                {"id": codes[at], "level": f"adm{at}", "online": False},
            )
            for at in reversed(range(len(codes)))
        ]
        return locations[0] if exactly_one else locations

    def _is_unknown(self, query: str, match: Match) -> bool:
        """Whether a name may be that of a place which the gazetteer does not know."""
        is_open = bool(query) and match.status is Status.UNRESOLVED
        return is_open and not self.gaz.is_word(query) and _may_be_a_name(query)

    def _area_of(self, within: Place | str | None) -> Callable[[float, float], bool] | None:
        """Return what tells whether a point is where it was told to be; None if nobody knows."""
        holder = self.gaz.resolve(within).place if isinstance(within, str) else within
        if within is not None and holder is None:
            return None
        units = set(governorates_of(holder)) if holder is not None else set()
        shape = holder.polygon if holder is not None and not holder.across else None

        def holds(longitude: float, latitude: float) -> bool:
            codes = set(self.gaz.containing(longitude, latitude).iloc[0].dropna())
            if shape is not None and not shape.intersects(Spot(longitude, latitude)):
                return False
            return bool(codes & units if units else codes)

        return holds

    def _located(self, match: Match) -> Location | None:
        if match.place is None:
            return None
        if match.area is None:
            return self._of_place(match.place, match.score, match.why)
        longitude, latitude = match.area.point
        raw = {**_raw(match.place, match.score, match.why), "level": "relative"}
        raw["radius_km"] = match.area.radius_km
        return Location(f"{match.query}, Iraq", (latitude, longitude), raw)

    def _of_place(self, place: Place, score: float, why: str) -> Location | None:
        point, radius_km = place.point, place.radius_km
        if point is None:
            polygon = place.polygon
            if polygon is None:
                return None
            point = self._seat(place) or _inner_point(polygon)
            radius_km = _reach_km(polygon, point)
        raw = {**_raw(place, score, why), "radius_km": radius_km}
        return Location(self._address(place), (point[1], point[0]), raw)

    def _seat(self, unit: Place) -> tuple[float, float] | None:
        """Return where the town is that a unit is called after, if that lies in it."""
        if not unit.level.is_admin or unit.level is Level.ADM0:
            return None
        match = self.gaz.resolve(unit.name, within=unit, level=Level.SETTLEMENT)
        town = match.place
        if town is None or match.method != "exact" or town.kind == "quarter":
            return None
        return town.point

    def _address(self, place: Place) -> str:
        codes = [place.id, place.adm3, place.adm2, place.adm1, "IQ"]
        names = [self._name_of(code) for code in dict.fromkeys(codes) if code]
        return ", ".join(dict.fromkeys(names))

    def _name_of(self, code: str) -> str:
        try:
            return self.gaz.place(code).name
        except LookupError:  # polygons of a newer unit than the names know
            return code


class OnlineFallback:
    """Asks online geocoders, slowly, once for each name, and believes them only inside Iraq.

    Parameters
    ----------
    geocoders : geopy geocoders, each with a user agent of your own
    cache : file where answers are kept; what was not found is kept, too
    pause : least seconds between two questions to one geocoder
    timeout : seconds that a geocoder may take
    tries : how often a geocoder that fails is asked, all in all: what geopy's
        adapter would try by itself is turned off

    Raises
    ------
    geopy.exc.ConfigurationError
        A geocoder has geopy's own user agent, which its server would refuse.
    DataError
        The cache cannot be opened, or is another kind of file.
    """

    def __init__(
        self,
        geocoders: Sequence[Geocoder],
        *,
        cache: str | Path,
        pause: float = 1.0,
        timeout: float = 10.0,
        tries: int = 3,
    ) -> None:
        for geocoder in geocoders:
            _leave_tries_to_us(geocoder)
            if str(geocoder.headers.get("User-Agent", "")).startswith("geopy/"):
                raise ConfigurationError(f"{geocoder!r} needs a user_agent that names your work")
        self._timeout = timeout
        self._cache = _Cache(Path(cache))
        self._askers: list[tuple[str, Callable[..., Any]]] = [
            (
                f"{type(geocoder).__name__} {getattr(geocoder, 'domain', '')}".strip(),
                RateLimiter(
                    geocoder.geocode,
                    min_delay_seconds=pause,
                    max_retries=tries - 1,
                    error_wait_seconds=max(pause, 0.01) * 5,
                    swallow_exceptions=False,
                ),
            )
            for geocoder in geocoders
        ]

    def geocode(
        self, name: str, *, within: Callable[[float, float], bool], timeout: float | None = None
    ) -> Location | None:
        """Return the first answer that lies within, or None.

        Parameters
        ----------
        name : what to ask for
        within : whether a longitude and latitude is where the name was told to be
        timeout : seconds, if other than usual

        Raises
        ------
        geopy.exc.GeocoderServiceError
            A geocoder could not be asked and no other knew the name.
        """
        failed: GeocoderServiceError | None = None
        for provider, ask in self._askers:
            try:
                locations = self._answers(provider, ask, name, timeout or self._timeout)
            except GeocoderServiceError as error:
                failed = error
                continue
            for address, latitude, longitude in locations:
                if within(longitude, latitude):
                    raw = {"online": True, "method": "online", "provider": provider}
                    return Location(address, (latitude, longitude), raw)
        if failed is not None:
            raise failed
        return None

    def _answers(
        self, provider: str, ask: Callable[..., Any], name: str, timeout: float
    ) -> list[tuple[str, float, float]]:
        kept = self._cache.get(provider, name)
        if kept is None:
            try:
                answer = ask(name, exactly_one=False, timeout=timeout)
            except (ValueError, TypeError, LookupError, AttributeError) as error:
                # a latitude of 133 or NaN, or an answer of another shape
                raise GeocoderParseError(f"{provider}: {error}") from error
            kept = [(a.address, a.latitude, a.longitude) for a in answer or ()]
            self._cache.put(provider, name, kept)
        return kept


def _may_be_a_name(query: str) -> bool:
    """Whether a text may be a place's own name: no number, no code, and told from no other."""
    is_told = any(relation_before(query, gap.end()) for gap in re.finditer(r"\s+", query))
    return not (is_told or any(letter.isdigit() for letter in query))


def _leave_tries_to_us(geocoder: Geocoder) -> None:
    """Turn off that the adapter for requests asks again by itself, which nobody could count."""
    session = getattr(getattr(geocoder, "adapter", None), "session", None)
    for mounted in getattr(session, "adapters", {}).values():
        mounted.max_retries = type(mounted.max_retries)(0, read=False)


class _Cache:
    """Answers by geocoder and name, in a file that several programs may use."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._opened() as store:
            store.execute(
                "create table if not exists answers"
                " (provider text, name text, answer text, primary key (provider, name))"
            )

    def get(self, provider: str, name: str) -> list[tuple[str, float, float]] | None:
        query = "select answer from answers where provider = ? and name = ?"
        with self._opened() as store:
            row = store.execute(query, (provider, name)).fetchone()
            if row is None:
                return None
            return [(str(a), float(y), float(x)) for a, y, x in json.loads(row[0])]

    def put(self, provider: str, name: str, answer: Iterable[tuple[str, float, float]]) -> None:
        text = json.dumps(list(answer), ensure_ascii=False)
        with self._opened() as store:
            store.execute("insert or replace into answers values (?, ?, ?)", (provider, name, text))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=10)) as store, store:
                yield store
        except (sqlite3.DatabaseError, OSError, ValueError, TypeError) as error:
            message = f"{self._path}: no cache of answers: {error}: remove it, or name another file"
            raise DataError(message, self._path) from error


def _inner_point(polygon: BaseGeometry) -> tuple[float, float]:
    inner = polygon.representative_point()
    return inner.x, inner.y


def _reach_km(polygon: BaseGeometry, point: tuple[float, float]) -> float:
    """Return how far a polygon reaches from a point: the corners of its box are no nearer."""
    west, south, east, north = polygon.bounds
    corners = [(y, x) for x in (west, east) for y in (south, north)]
    return round(max(float(distance((point[1], point[0]), corner).km) for corner in corners), 1)


def _raw(place: Place, score: float, why: str) -> Raw:
    return {
        "id": place.id,
        "level": str(place.level),
        "radius_km": place.radius_km,
        "adm1": place.adm1,
        "adm2": place.adm2,
        "adm3": place.adm3,
        "score": score,
        "why": why,
        "online": False,
    }
