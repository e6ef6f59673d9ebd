"""摸底: what a helper asks at the door. Only the name and one answer are needed."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Region
from accounts.web.widgets import RadioCards
from applicants.identity import read_full_name, read_mobile
from applicants.models import SurveyedWoman
from applicants.models.survey_ledger import AgeBand, Willing, WishBand
from applicants.survey_ledger import Told
from applicants.web.fields import IdentityField

OF_THE_ROW = ("full_name", "place", "age_band", "doing", "wants", "wish_band", "learns", "willing", "mobile")


def _line(label: Any, *, longest: int = 60, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        required=False,
        error_messages={"max_length": _("写短一点，最多 %(limit_value)d 个字")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SurveyForm(forms.Form):
    """One household. `villages` are those in which this helper helps; of a single one nobody asks."""

    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput)
    full_name = IdentityField(
        read_full_name, label=_("她的姓名"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    village = forms.ChoiceField(
        label=_("哪个村？"), error_messages={"required": _("选一下哪个村"), "invalid_choice": _("选一下哪个村")}
    )
    place = _line(_("组、门牌"), longest=40)
    age_band = forms.ChoiceField(label=_("年龄"), choices=[("", _("没问")), *AgeBand.choices], required=False)
    doing = _line(_("现在在做什么"))
    wants = _line(_("想做什么"))
    wish_band = forms.ChoiceField(label=_("想贷多少"), choices=[("", _("没问")), *WishBand.choices], required=False)
    learns = _line(_("想学什么"), help_text=_("有培训班好通知她。"))
    willing = forms.ChoiceField(
        label=_("愿不愿意申请？"),
        choices=Willing.choices,
        widget=RadioCards(),
        error_messages={"required": _("选一下她愿不愿意"), "invalid_choice": _("选一下她愿不愿意")},
    )
    mobile = IdentityField(
        read_mobile,
        label=_("她的电话"),
        help_text=_("她愿意留才写。"),
        is_optional=True,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, villages: Sequence[Region], data: Any = None, *, row: SurveyedWoman | None = None) -> None:
        super().__init__(data, initial=_initial(row), auto_id="id_%s")
        self.villages = {village.code: village for village in villages}
        if len(villages) == 1:
            del self.fields["village"]
        else:
            choices: Any = self.fields["village"]
            choices.choices = [("", _("选村")), *((one.code, f"{one.parent} {one}") for one in villages)]

    def told(self) -> Told:
        """What could be read; of a draft perhaps not all."""
        return Told(**{name: self.cleaned_data.get(name) or "" for name in OF_THE_ROW})

    def chosen_village(self) -> Region:
        return self.villages[self.cleaned_data.get("village") or next(iter(self.villages))]


def _initial(row: SurveyedWoman | None) -> dict[str, Any]:
    if row is None:
        return {"key": uuid.uuid4()}
    return {"key": row.key, "village": row.village.code} | {name: getattr(row, name) for name in OF_THE_ROW}
