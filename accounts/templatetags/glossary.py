"""{% glossed %} … {% endglossed %}: words of the trade are explained where they first stand."""

from __future__ import annotations

from django import template
from django.template import Context, NodeList
from django.template.base import Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.glossary import glossed

register = template.Library()


class Glossed(template.Node):
    """Draws what it holds; the words are Chinese, so that another language is left as it is."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        drawn = self.nodelist.render(context)
        is_chinese = (get_language() or "zh").startswith("zh")
        # Safe as before: only words of our own are added to what was drawn.
        return mark_safe(glossed(drawn)) if is_chinese else drawn  # noqa: S308


@register.tag("glossed")
def do_glossed(parser: Parser, _token: Token) -> Glossed:
    nodelist = parser.parse(("endglossed",))
    parser.delete_first_token()
    return Glossed(nodelist)
