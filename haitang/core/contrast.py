"""Colours that come from entries, made fit to carry white text.

The rule: whatever colour a brand gives, white on its ground has at least CONTRAST (WCAG 2.2, 1.4.3), and the ground stays as
near to the brand's own colour as that allows.
"""

from functools import lru_cache

CONTRAST = 4.6  # a little over the 4.5 that is asked for, so that rounding to a hex colour cannot fall below it
_NIGHT = "#2a0710"  # the deepest tone of the house: brands are darkened towards it
# The grounds of brands without a colour: tones of one crabapple, from dusk to noon.
GROUNDS = ("#9e1b32", "#7d1128", "#a83250", "#8c2f55", "#73264d", "#96412f")
_STEPS = 40


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 for black to 1 for white (WCAG 2.2)."""
    parts = [part / 255 for part in _channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def on_white(colour: str) -> float:
    """The contrast of a colour and white, 1 to 21."""
    return 1.05 / (luminance(colour) + 0.05)


@lru_cache(256)
def ground(colour: str | None, seed: str) -> str:
    """The ground for white text: the brand's colour darkened as little as is needed; without one, a tone its id chooses."""
    if colour is None:
        return GROUNDS[sum(seed.encode()) % len(GROUNDS)]
    shades = (mixed(colour, _NIGHT, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if on_white(shade) >= CONTRAST)


def mixed(colour: str, other: str, share: float) -> str:
    """The colour with a share of another one in it."""
    channels = (round((1 - share) * own + share * more) for own, more in zip(_channels(colour), _channels(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
