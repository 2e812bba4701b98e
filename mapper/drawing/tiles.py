"""A base-map under the areas, for those who want the network."""

from __future__ import annotations

from urllib.parse import urlsplit

import folium

from mapper.style import tile_provider


def base_map(name: str) -> folium.TileLayer:
    """Return the base-map of xyzservices that has a name."""
    layer = folium.TileLayer(tile_provider(name), control=False)
    layer._id = "base"  # instead of a random one: same input, same bytes
    return layer


def tile_hosts(name: str | None) -> tuple[str, ...]:
    """Return the servers that a base-map asks, such as ``https://a.tile.example.org``."""
    if name is None:
        return ()
    provider = tile_provider(name)
    address = urlsplit(provider.build_url(fill_subdomain=False, x="0", y="0", z="0"))
    subdomains = provider.get("subdomains", "abc") if "{s}" in address.netloc else ("",)
    return tuple(
        f"{address.scheme}://{address.netloc.replace('{s}', subdomain)}" for subdomain in subdomains
    )
