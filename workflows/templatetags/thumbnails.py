from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from applicants.models import Document
from workflows.web.thumbnails import EDGE_PX, Sheet

register = template.Library()


@register.simple_tag
def small_picture(sheet: Sheet, document: Document, words: str) -> SafeString:
    """Its square of the sheet. A style may not stand in the page, so the cut is made by the view box of a drawing."""
    return format_html(
        '<svg class="sq" role="img" aria-label="{words}" viewBox="{left} 0 {edge} {edge}">'
        '<image href="{url}" width="{width}" height="{edge}"/></svg>',
        words=words,
        left=sheet.left_px_of(document),
        edge=EDGE_PX,
        width=sheet.width_px,
        url=sheet.url,
    )
