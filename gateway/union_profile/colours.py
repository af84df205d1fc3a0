"""The union's colour: which can be read, and the tints of it that light and dark pages use.

Contrast is that of WCAG 2.2 (relative luminance, 1.4.3): text needs 4.5:1, the parts of controls and focus rings 3:1.
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable

Colour = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""

OF_TEXT = 4.5
OF_CONTROLS = 3.0
DEFAULT = "#b3271e"
_WHITE: Colour = (1.0, 1.0, 1.0)
_LIGHT_GROUNDS = ("#ffffff", "#f8f5f1", "#fbf9f6")
_DARK_GROUNDS = ("#171412", "#211d1a", "#262120")
"""Paper, surface and soft surface of the style sheets (`10-tokens.css`)."""
_STEP = 0.01


def parsed(text: str) -> Colour:
    """Return the colour that is written as `#rrggbb`."""
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def written(colour: Colour) -> str:
    """Return a colour as `#rrggbb`."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(text: str) -> bool:
    """Whether a colour can be read as text on the light pages, and white text on it."""
    return _reads(parsed(text), _LIGHT_GROUNDS)


def readable(text: str) -> str:
    """Return the colour, or the nearest darker one that can be read."""
    return written(_moved(parsed(text), -_STEP, lambda colour: _reads(colour, _LIGHT_GROUNDS)))


def tokens(text: str) -> dict[str, dict[str, str]]:
    """Return the values of the style sheets' colours of the brand for `light` and `dark` pages.

    Args:
        text: a readable colour, `#rrggbb`.
    """
    brand = parsed(text)
    dark = _moved(brand, _STEP, lambda colour: _reads(colour, _DARK_GROUNDS))
    surface = parsed(_DARK_GROUNDS[1])
    light_soft, dark_soft = _as_written(_mixed(brand, _WHITE, 0.07)), _as_written(_mixed(dark, surface, 0.14))
    deep = _moved(_scaled(brand, 0.8), -_STEP, lambda one: contrast(one, light_soft) >= OF_TEXT)
    solid = {"brand-solid": brand, "brand-solid-deep": deep}
    return {
        "light": _written(
            {
                "brand": brand,
                "brand-deep": deep,
                "brand-soft": light_soft,
                "brand-line": _mixed(brand, _WHITE, 0.25),
                "on-brand": _WHITE,
                "bar": brand,
                **solid,
            }
        ),
        "dark": _written(
            {
                "brand": dark,
                "brand-deep": _moved(_scaled(dark, 1.1), _STEP, lambda one: contrast(one, dark_soft) >= OF_TEXT),
                "brand-soft": dark_soft,
                "brand-line": _mixed(dark, surface, 0.4),
                "on-brand": _mixed(brand, (0.0, 0.0, 0.0), 0.2),
                "bar": _moved(_scaled(dark, 0.88), _STEP, lambda one: contrast(one, surface) >= OF_CONTROLS),
                **solid,
            }
        ),
    }


def _as_written(colour: Colour) -> Colour:
    """Return the colour as pages show it, with whole parts of 255."""
    return parsed(written(colour))


def _written(colours: dict[str, Colour]) -> dict[str, str]:
    return {name: written(colour) for name, colour in colours.items()}


def _reads(colour: Colour, grounds: tuple[str, ...]) -> bool:
    return all(contrast(colour, parsed(ground)) >= OF_TEXT for ground in grounds)


def _moved(colour: Colour, step: float, is_enough: Callable[[Colour], bool]) -> Colour:
    """Return the colour, made darker or lighter until it is enough; hue and saturation stay."""
    hue, light, saturation = colorsys.rgb_to_hls(*colour)
    while not is_enough(parsed(written(colour))) and 0.0 <= light + step <= 1.0:
        light += step
        colour = colorsys.hls_to_rgb(hue, light, saturation)
    return colour


def _scaled(colour: Colour, by: float) -> Colour:
    """Return the colour with so much of its lightness."""
    hue, light, saturation = colorsys.rgb_to_hls(*colour)
    return colorsys.hls_to_rgb(hue, min(1.0, light * by), saturation)


def _mixed(colour: Colour, ground: Colour, share: float) -> Colour:
    red, green, blue = (share * one + (1 - share) * other for one, other in zip(colour, ground, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
