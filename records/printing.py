"""Papers as PDF: A4, PDF/A-3b for the archive, and the same bytes for the same words.

Nothing is fetched. A paper is drawn from its HTML, from papers.css and from our own typefaces; a file or address that
a text tries to draw in (CVE-2025-68616 was such a way) is refused, and the paper is drawn without it.
"""

import atexit
import ctypes
import logging
import sys
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from records.refusals import Refusal
from records.typefaces import TYPEFACES, printable

logger = logging.getLogger(__name__)

# What WeasyPrint loads at run time, by the Debian package that has it. Without the last it still prints, silently
# and a hundred times slower.
LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
# Pango's font maps are not made for threads: shared between two, they corrupted memory.
_one_at_a_time = threading.Lock()


class CannotPrint(Refusal):
    """A system library that draws text isn't installed. The log says which; the paper can be read as a page."""

    code = "cannot_print"
    status = 503
    message = _("现在生成不了 PDF，先打开网页版，照样能打印。")


def render(template: str, context: Mapping[str, Any]) -> bytes:
    """The PDF of a page that extends paper.html. Raises CannotPrint."""
    # Papers are written in Chinese, whatever language the reader has chosen for the pages around them.
    with override("zh-hans"):
        page = render_to_string(template, {**context, "is_pdf": True})
    return pdf_of(page)


def pdf_of(page: str) -> bytes:
    """The PDF of an HTML page. Raises CannotPrint."""
    weasyprint = _weasyprint()
    with _one_at_a_time:
        stylesheets, fonts, fetcher = _prepared()
        document = weasyprint.HTML(string=printable(page), url_fetcher=fetcher, media_type="print")
        pdf = document.write_pdf(stylesheets=stylesheets, font_config=fonts, pdf_variant="pdf/a-3b", pdf_tags=True)
    assert isinstance(pdf, bytes)
    return pdf


def missing_packages() -> list[str]:
    """The Debian packages that printing needs and that are not installed; nothing is said about other systems."""
    if sys.platform != "linux":
        return []
    return [package for package, library in LIBRARIES.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


@lru_cache(maxsize=1)
def _weasyprint() -> Any:
    missing = missing_packages()
    if missing:
        logger.error("printing needs system libraries: apt install %s", " ".join(missing))
        raise CannotPrint
    import weasyprint  # noqa: PLC0415 - takes a second or two, and few processes ever print

    # It warns of every rule of papers.css that is for screens.
    weasyprint.LOGGER.setLevel(logging.ERROR)
    return weasyprint


@lru_cache(maxsize=1)
def _prepared() -> tuple[list[Any], Any, Any]:
    """Stylesheet, typefaces and fetcher: read once, since reading the typefaces takes longer than drawing a page."""
    import weasyprint  # noqa: PLC0415 - as above
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as above

    fonts, fetcher = FontConfiguration(), _closed_fetcher()
    # Its copies of the typefaces in the temporary folder go away with the process.
    atexit.register(_prepared.cache_clear)
    found = finders.find("css/papers.css")
    assert isinstance(found, str), "static/css/papers.css is part of the project"
    rules = "\n".join(typeface.font_face for typeface in TYPEFACES) + Path(found).read_text()
    return [weasyprint.CSS(string=rules, font_config=fonts, url_fetcher=fetcher)], fonts, fetcher


def _closed_fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - as above

    paths = {f"asset:{typeface.asset}": typeface.path for typeface in TYPEFACES}

    class ClosedFetcher(URLFetcher):  # type: ignore[misc]
        """Hands out our typefaces by name; everything else on disk or network is out of reach."""

        def fetch(self, url: str, headers: object = None) -> Any:
            if url not in paths:
                raise ValueError("a paper fetches nothing")
            return URLFetcherResponse(url, paths[url].read_bytes())

    return ClosedFetcher(allowed_protocols=[], allow_redirects=False)
