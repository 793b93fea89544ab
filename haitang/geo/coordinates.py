"""Coordinate systems of Chinese maps: WGS-84 (GPS, GeoJSON), GCJ-02 (高德, 腾讯, Apple in China), BD-09 (百度).

The rule: a pair of numbers never travels without its system; everything is kept and published in WGS-84 and shifted only
for a link to a map that wants another. The GCJ-02 formula is the public reverse-engineered one; its agreement with the
official transform is not known better than about a metre.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, atan2, cos, hypot, isfinite, pi, radians, sin, sqrt
from typing import Literal

Crs = Literal["wgs84", "gcj02", "bd09"]
Transform = Callable[[float, float], tuple[float, float]]

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
_KRASOVSKY_A = 6378245.0  # semi-major axis used by the GCJ-02 formula
_KRASOVSKY_EE = 0.00669342162296594323  # its squared eccentricity
_BD_PI = pi * 3000.0 / 180.0


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A point in degrees. `lon` first, as in GeoJSON (RFC 7946 §3.1.1)."""

    lon: float
    lat: float
    crs: Crs = "wgs84"

    def __post_init__(self) -> None:
        if not (isfinite(self.lon) and isfinite(self.lat) and abs(self.lon) <= 180 and abs(self.lat) <= 90):
            raise ValueError(f"not a place on earth: {self.lon}, {self.lat}")

    def to(self, crs: Crs) -> "Coordinate":
        """The same place in another system, exact to better than a millimetre within the formula. Outside China the
        three are one, as they are on the maps that use them."""
        lon, lat = self.lon, self.lat
        if crs == self.crs:
            return self
        if not CHINA.holds(lon, lat):
            return Coordinate(lon, lat, crs)
        if self.crs == "bd09":
            lon, lat = _invert(_gcj_to_bd, lon, lat)
        if self.crs != "wgs84" and crs == "wgs84":
            lon, lat = _invert(_wgs_to_gcj, lon, lat)
        if self.crs == "wgs84":
            lon, lat = _wgs_to_gcj(lon, lat)
        if crs == "bd09":
            lon, lat = _gcj_to_bd(lon, lat)
        return Coordinate(lon, lat, crs)


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in WGS-84 degrees, edges included; it never crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north


CHINA = Box(72.004, 0.8293, 137.8347, 55.8271)  # where GCJ-02 and BD-09 differ from WGS-84


def distance_m(a: Coordinate, b: Coordinate) -> float:
    """Great-circle metres between two WGS-84 points (haversine)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(h)))


def _wgs_to_gcj(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    waves = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)
    d_lat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    d_lat += (waves + 20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    d_lat += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    d_lon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    d_lon += (waves + 20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    d_lon += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = radians(lat)
    magic = 1 - _KRASOVSKY_EE * sin(phi) ** 2
    d_lat = d_lat * 180.0 / (_KRASOVSKY_A * (1 - _KRASOVSKY_EE) / (magic * sqrt(magic)) * pi)
    d_lon = d_lon * 180.0 / (_KRASOVSKY_A / sqrt(magic) * cos(phi) * pi)
    return lon + d_lon, lat + d_lat


def _gcj_to_bd(lon: float, lat: float) -> tuple[float, float]:
    radius = hypot(lon, lat) + 0.00002 * sin(lat * _BD_PI)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _BD_PI)
    return radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006


def _invert(forward: Transform, lon: float, lat: float) -> tuple[float, float]:
    """Fixed-point inversion: both shifts are smooth and far below a degree, so a few rounds reach double precision."""
    guess_lon, guess_lat = lon, lat
    for _ in range(8):
        there_lon, there_lat = forward(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon + lon - there_lon, guess_lat + lat - there_lat
    return guess_lon, guess_lat
