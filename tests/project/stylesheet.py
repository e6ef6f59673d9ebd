"""Reads colours out of a stylesheet, so that tests can measure them."""

import re
from pathlib import Path

from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"


def blocks(selector: str, sheet: Path = CSS / "style.css") -> list[dict[str, str]]:
    """The custom properties of every rule with exactly this selector, in the order of the file."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    bodies = re.findall(rf"(?:^|[}};{{])\s*{re.escape(selector)}\s*\{{([^{{}}]*)\}}", text)
    return [dict(re.findall(r"(--[\w-]+):\s*([^;]+);", body)) for body in bodies]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #RRGGBB colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
