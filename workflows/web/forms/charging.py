"""What an office says against days charged to it, and what the city makes of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.templatetags.page import zh_date_weekday
from accounts.web.widgets import RadioCards
from records.models.decision import Outcome
from workflows.web.forms.moves import words_field


class ContestForm(forms.Form):
    use_required_attribute = False

    days = forms.TypedMultipleChoiceField(
        label=_("哪几天不该算在本单位"),
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("选算在本单位、还没提过异议的日子")},
    )
    words = words_field(_("为什么不该算"), required=_("写清楚，4 到 200 个字"))
    evidence = words_field(
        _("凭据"), required=_("写清楚，4 到 200 个字"), help_text=_("比如收文登记、通话记录，写明哪天哪一份。")
    )

    def __init__(self, data: Any = None, *, days: Sequence[date]) -> None:
        super().__init__(data, prefix="contest")
        field = self.fields["days"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(day.isoformat(), zh_date_weekday(day)) for day in days]


class RulingForm(forms.Form):
    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("怎么定"),
        choices=Outcome.choices,
        widget=RadioCards(columns=2),
        error_messages={"required": _("选一下同意还是不同意"), "invalid_choice": _("选一下同意还是不同意")},
    )
    moved_to = forms.ChoiceField(label=_("同意的话，改算给"), required=False)
    reason = words_field(_("理由"), required=_("写清楚为什么这样定，至少 4 个字"))

    def __init__(self, data: Any = None, *, key: int, offices: Sequence[Organisation]) -> None:
        super().__init__(data, prefix=f"ruling-{key}")
        self.offices = {str(office.pk): office for office in offices}
        field = self.fields["moved_to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("谁也不算")), *((key, office.short_name) for key, office in self.offices.items())]

    def chosen(self) -> Organisation | None:
        return self.offices.get(self.cleaned_data["moved_to"])
