"""What the audit log is narrowed by: who, what, from when until when, and what it was about."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.models import AuditEntry
from reports.web.audit_words import ACTIONS
from workflows.wording import MOVES


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("日期要写成 2026-03-10 这样")},
    )


def _text(label: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    too_long = {"max_length": _("最多写 60 个字")}
    return forms.CharField(label=label, required=False, max_length=60, widget=widget, error_messages=too_long)


class AuditFilter(forms.Form):
    """Read from the address; a condition that can't be read is shown as wrong and left out."""

    use_required_attribute = False

    who = _text(_("谁（姓名或账号）"))
    since = _day(_("从哪天"))
    until = _day(_("到哪天"))
    about = _text(_("编号"))

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        known = {**ACTIONS, **MOVES}
        self.fields["what"] = forms.ChoiceField(
            label=_("做什么"),
            required=False,
            choices=[("", _("都看")), *sorted(known.items(), key=lambda one: str(one[1]))],
            error_messages={"invalid_choice": _("选名单里的一种")},
        )
        self.is_valid()

    def narrow(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        given = self.cleaned_data
        if given.get("who"):
            entries = entries.filter(Q(by__name__icontains=given["who"]) | Q(by__username__iexact=given["who"]))
        if given.get("what"):
            entries = entries.filter(action=given["what"])
        if given.get("since"):
            entries = entries.filter(at__gte=_midnight(given["since"]))
        if given.get("until"):
            entries = entries.filter(at__lt=_midnight(given["until"] + timedelta(days=1)))
        if given.get("about"):
            entries = entries.filter(about__icontains=given["about"])
        return entries


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
