"""What the office does around a case: who has it, when its clock stands still, what becomes of a finding."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.web.widgets import RadioCards
from loans.web.forms.figures import DayField
from workflows.models.pause import PauseReason
from workflows.notes import LONGEST
from workflows.pausing import ASKED_FOR
from workflows.web.forms.moves import MoveForm, words_field

_OWNER_MISSING = _("选一个人")
_OUTCOME_MISSING = _("选满足还是不满足")
_NOTE_TOO_LONG = _("最多写 200 个字")


class AssignForm(MoveForm):
    """One of the people of the office that has the case."""

    owner = forms.TypedChoiceField(
        label=_("交给谁"),
        coerce=int,
        widget=RadioCards(),
        error_messages={"required": _OWNER_MISSING, "invalid_choice": _OWNER_MISSING},
    )

    def __init__(self, data: Any = None, *, colleagues: Sequence[User], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.people = {person.pk: person for person in colleagues}
        owner = self.fields["owner"]
        assert isinstance(owner, forms.TypedChoiceField)
        owner.choices = [(pk, str(person)) for pk, person in self.people.items()]

    def chosen(self) -> User:
        return self.people[self.cleaned_data["owner"]]


class StepBackForm(MoveForm):
    """Why she steps back, and which free colleague gets the case; where there is none, it is nobody's."""

    reason = words_field(
        _("回避的原因"), required=_("写一下为什么回避"), help_text=_("比如：她是我表妹。本单位和市妇联看得到。")
    )

    def __init__(self, data: Any = None, *, colleagues: Sequence[User], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.people = {person.pk: person for person in colleagues}
        if self.people:
            self.fields["owner"] = forms.TypedChoiceField(
                label=_("交给谁"),
                coerce=int,
                choices=[(pk, str(person)) for pk, person in self.people.items()],
                widget=RadioCards(),
                error_messages={"required": _OWNER_MISSING, "invalid_choice": _OWNER_MISSING},
            )

    def chosen(self) -> User | None:
        return self.people[self.cleaned_data["owner"]] if self.people else None


class NoteForm(forms.Form):
    """A note for colleagues. It stands on the page beside forms that have words of their own."""

    use_required_attribute = False
    prefix = "note"

    words = forms.CharField(
        label=_("写一条"),
        help_text=_("本单位和市妇联看得到。她和别的单位看不到。写了不能改。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写一句备注，最多 500 个字"), "max_length": _("写一句备注，最多 500 个字")},
    )


class PauseForm(MoveForm):
    """Only what lies outside our hands; the head allows a check outside."""

    pause_reason = forms.ChoiceField(
        label=_("暂停原因"),
        choices=[(reason.value, reason.label) for reason in ASKED_FOR],
        widget=RadioCards(notes={PauseReason.OUTSIDE_CHECK: str(_("要单位负责人来点"))}),
        error_messages={"required": _("选暂停原因"), "invalid_choice": _("选暂停原因")},
    )
    until = DayField(
        label=_("预计哪天能接着办"),
        required=_("写预计哪天能接着办，最多 10 个工作日"),
        help_text=_("最多 10 个工作日。她会看到。"),
    )
    note = words_field(_("说明"), required=_("写一下为什么要停"))


class FindingForm(MoveForm):
    """A person's word on a rule that the machine couldn't settle."""

    outcome = forms.ChoiceField(
        label=_("您的结论"),
        choices=[("met", _("满足")), ("not_met", _("不满足"))],
        widget=RadioCards(),
        error_messages={"required": _OUTCOME_MISSING, "invalid_choice": _OUTCOME_MISSING},
    )
    note = forms.CharField(
        label=_("理由"),
        help_text=_("不满足要写明看到了什么。"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _NOTE_TOO_LONG},
    )


class OverrideForm(MoveForm):
    """Why a rule is met after all, though it was found not to be."""

    note = words_field(_("为什么算满足"), required=_("写一下为什么算满足，另一个人要看"))
