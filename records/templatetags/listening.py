"""{% listen "guide" %}: the button that reads the page aloud."""

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from records.recordings import PAGES, heard_on

register = template.Library()


@register.inclusion_tag("components/listen.html")
def listen(page: str) -> dict[str, str]:
    """By the browser's own voice, else by the page's recording; nothing is seen where there is neither."""
    assert page in PAGES, f"{page} is no page that can be listened to"
    recording = heard_on(page, language=get_language() or "zh-hans")
    return {"url": reverse("recording", args=[recording.pk]) if recording else ""}
