"""What templates need to lay out a page: marks, fields, errors, headings, dates and the clock's picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.forms.formsets import BaseFormSet
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.context import Office
from accounts.context import office as office_of_settings
from accounts.web.countdown import full_tag_of, seeds_of, stage_tag_of, tag_of
from accounts.web.parts import Countdown, Segment
from accounts.web.widgets import CardsWidget

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """One mark of the sprite. It stands beside words that say the same, so a screen reader passes over it."""
    return format_html(
        '<svg class="ic" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag
def office() -> Office:
    """The office, for pages that are drawn without a request."""
    return office_of_settings()


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, unit: str = "", width: str = "", label_as: str = "") -> dict[str, Any]:
    """A whole form field: label, hint, error and control, tied together for screen readers.

    `unit` stands behind the control; `width` is "s" or "m"; `label_as` is "h1" on a page that asks one
    question, or "hidden" where a heading or column already names it.
    """
    widget = bound.field.widget
    return {
        "field": bound,
        "kind": _kind(bound),
        "control": bound.as_widget(attrs={"class": f"in w-{width}" if width else "in"}),
        "options": bound.subwidgets if isinstance(widget, forms.RadioSelect) else [],
        "has_pictures": isinstance(widget, CardsWidget) and bool(widget.icons),
        "columns": widget.columns if isinstance(widget, CardsWidget) else 1,
        "unit": unit,
        "label_as": label_as,
        "language": get_language(),
    }


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect):  # and its child, the list of ticks
        return "cards"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "group" if widget.use_fieldset else "line"


@register.inclusion_tag("components/error_summary.html")
def error_summary(*sources: forms.BaseForm | BaseFormSet[Any]) -> dict[str, Any]:
    """Every error of the forms and formsets, in the order and the words of their fields."""
    return {"errors": [line for form in _forms(sources) for line in _errors(form)]}


def _forms(sources: Iterable[Any]) -> Iterable[Any]:
    for source in sources:
        if isinstance(source, BaseFormSet):
            yield from source.forms
        if source:
            yield source


def _errors(source: Any) -> Iterable[tuple[str, str]]:
    """Pairs of anchor and words; an error of the whole form has no anchor."""
    if isinstance(source, BaseFormSet):
        yield from (("", str(message)) for message in source.non_form_errors())
        return
    for bound in source:
        yield from ((_anchor(bound), str(message)) for message in bound.errors)
    yield from (("", str(message)) for message in source.non_field_errors())


def _anchor(bound: BoundField) -> str:
    if isinstance(bound.field.widget, forms.RadioSelect) and bound.subwidgets:
        return bound.subwidgets[0].id_for_label
    return bound.id_for_label


@register.inclusion_tag("components/seeds.html")
def seeds(countdown: Countdown) -> dict[str, Any]:
    return {"seeds": seeds_of(countdown)}


@register.inclusion_tag("components/tag.html")
def clock_tag(countdown: Countdown | None, today: date, pause_words: str = "") -> dict[str, Any]:
    """「还剩 3 天」, for lists; `countdown` None where the promise hasn't begun."""
    return vars(tag_of(countdown, today=today, pause_words=pause_words))


@register.inclusion_tag("components/tag.html")
def full_clock_tag(countdown: Countdown | None, today: date, pause_words: str = "") -> dict[str, Any]:
    """「还剩 3 个工作日」, for the head of a case."""
    return vars(full_tag_of(countdown, today=today, pause_words=pause_words))


@register.inclusion_tag("components/tag.html")
def stage_tag(countdown: Countdown, today: date) -> dict[str, Any]:
    """「环节还剩 1 天」; draws nothing where the stage doesn't run."""
    tag = stage_tag_of(countdown, today=today)
    return vars(tag) if tag else {}


@register.inclusion_tag("components/meter.html")
def meter(segments: Sequence[Segment], scale: Sequence[str] = ()) -> dict[str, Any]:
    """How much of a limit is used: its parts in order; `scale` labels the bar from nothing to the whole."""
    starts = accumulate((segment.share_ppm for segment in segments), initial=0)
    return {"bars": list(zip(starts, segments, strict=False)), "segments": segments, "scale": scale}


@register.filter
def clauses(heading: str) -> SafeString:
    """Let a heading break at its punctuation only: each clause becomes a block of its own."""
    parts = re.findall(r"[^，。；：？！]+[，。；：？！]*", conditional_escape(heading))
    if len(parts) < 2:
        return conditional_escape(heading)
    return format_html_join("", '<span class="cl">{}</span>', ((mark_safe(part),) for part in parts))  # noqa: S308


# A number and its unit stay on one line: the spaces between them do not break.
_DAY = {"zh": "n 月 j 日", "en": "j F"}
_DAY_OF_YEAR = {"zh": "Y 年 n 月 j 日", "en": "j F Y"}
_MOMENT = {"zh": "n 月 j 日 H:i", "en": "j F, H:i"}


@register.filter
def zh_date(day: date | None) -> str:
    """10 月 13 日, or 13 October."""
    return _written(day, _DAY)


@register.filter
def zh_date_year(day: date | None) -> str:
    """2026 年 10 月 13 日, or 13 October 2026."""
    return _written(day, _DAY_OF_YEAR)


@register.filter
def zh_date_weekday(day: date | None) -> str:
    """10 月 13 日（周二）, or Tue 13 October."""
    if day is None:
        return ""
    if not _is_chinese():
        return f"{_local(day):%a}\N{NO-BREAK SPACE}{zh_date(day)}"
    return f"{zh_date(day)}（周{'一二三四五六日'[_local(day).weekday()]}）"


@register.filter
def zh_weekday(day: date | None) -> str:
    """星期二, or Tuesday."""
    return dateformat.format(_local(day), "l") if day else ""


@register.filter
def zh_moment(moment: datetime | None) -> str:
    """10 月 9 日 16:05, or 9 October, 16:05."""
    return _written(moment, _MOMENT)


def _written(day: date | None, formats: dict[str, str]) -> str:
    if day is None:
        return ""
    pattern = formats["zh" if _is_chinese() else "en"].replace(" ", "\N{NO-BREAK SPACE}")
    return dateformat.format(_local(day), pattern)


def _local(day: date) -> date:
    """The date in the office's own time; a moment is stored in UTC."""
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
