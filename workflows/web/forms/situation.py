"""Her situation: home, pay, loans, family. What she doesn't know is taken as an answer; a person asks later."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.widgets import RadioCards, TickCards
from applicants.identity import ResidentId, read_full_name
from applicants.models import Applicant, HouseholdMember
from applicants.models.applicant import MaritalStatus
from applicants.web.fields import IdentityField, read_id_no_today
from loans.rule_wording import LOAN_KINDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

YES, NO, UNKNOWN, NONE = "yes", "no", "unknown", "none"
ANSWERS: Final = {YES: True, NO: False, UNKNOWN: None}


class AnswerField(forms.ChoiceField):
    """Yes, no, or 不清楚; cleans to True, False or None."""

    def __init__(
        self, label: "StrOrPromise", *, yes: "StrOrPromise", no: "StrOrPromise", missing: "StrOrPromise"
    ) -> None:
        super().__init__(
            label=label,
            choices=[(YES, yes), (NO, no), (UNKNOWN, gettext_lazy("不清楚"))],
            widget=RadioCards(columns=2),
            error_messages={"required": missing, "invalid_choice": missing},
        )

    def clean(self, value: Any) -> Any:
        return ANSWERS[super().clean(value)]


class SituationForm(forms.Form):
    """`spouse` is the one that is kept; his ID number may be left out then."""

    use_required_attribute = False

    registered_in_city = AnswerField(
        gettext_lazy("户口在本市吗？"),
        yes=gettext_lazy("在"),
        no=gettext_lazy("不在"),
        missing=gettext_lazy("选一个答案，说明您的户口在不在本市"),
    )
    resides_in_city = AnswerField(
        gettext_lazy("平常住在本市吗？"),
        yes=gettext_lazy("住"),
        no=gettext_lazy("不住"),
        missing=gettext_lazy("选一个答案，说明您住不住在本市"),
    )
    on_public_payroll = AnswerField(
        gettext_lazy("您吃财政工资，或已经退休了吗？"),
        yes=gettext_lazy("是"),
        no=gettext_lazy("不是"),
        missing=gettext_lazy("选一个答案，说明您吃不吃财政工资"),
    )
    marital_status = forms.ChoiceField(
        label=gettext_lazy("您结婚了吗？"),
        choices=MaritalStatus.choices,
        widget=RadioCards(columns=2),
        error_messages={
            "required": gettext_lazy("选一下结婚没有"),
            "invalid_choice": gettext_lazy("选一下结婚没有"),
        },
    )
    spouse_name = IdentityField(read_full_name, label=gettext_lazy("爱人的姓名"), is_optional=True)
    spouse_id_no = IdentityField(
        read_id_no_today,
        label=gettext_lazy("爱人的身份证号"),
        is_optional=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    other_loans = forms.MultipleChoiceField(
        label=gettext_lazy("您和爱人现在有哪些贷款？"),
        help_text=gettext_lazy("有几样勾几样。"),
        choices=[*LOAN_KINDS.items(), (UNKNOWN, gettext_lazy("不清楚"))],
        widget=TickCards(),
        error_messages={
            "required": gettext_lazy("有哪些贷款就勾哪些，没有就勾“没有贷款”"),
            "invalid_choice": gettext_lazy("有哪些贷款就勾哪些，没有就勾“没有贷款”"),
        },
    )
    has_overdue_debt = AnswerField(
        gettext_lazy("现在有还不上的贷款吗？"),
        yes=gettext_lazy("有"),
        no=gettext_lazy("没有"),
        missing=gettext_lazy("选一个答案，说明有没有还不上的贷款"),
    )

    def __init__(
        self, applicant: Applicant, spouse: HouseholdMember | None, data: Any = None, *, typed: Any = None
    ) -> None:
        assert typed is None, "this page has no button that draws it anew"
        super().__init__(data, initial=_kept(applicant, spouse))
        self.applicant, self.spouse = applicant, spouse
        if spouse is not None:
            self.fields["spouse_id_no"].help_text = _("已填 %(masked)s，不改就空着。") % {"masked": spouse.masked_id_no}

    def clean_other_loans(self) -> list[str] | None:
        """The kinds; None where she doesn't know."""
        kinds: list[str] = self.cleaned_data["other_loans"]
        if len(kinds) > 1 and NONE in kinds:
            raise ValidationError(_("勾了“没有贷款”，别的就不要勾"), code="none_and_some")
        return None if UNKNOWN in kinds else kinds

    def clean_spouse_id_no(self) -> ResidentId | None:
        id_no: ResidentId | None = self.cleaned_data["spouse_id_no"]
        if id_no is not None and id_no.text == self.applicant.id_no:
            raise ValidationError(_("这是您自己的身份证号，写爱人的"), code="her_own")
        return id_no

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        self._need(given, "spouse_name", _("写上爱人的姓名，和身份证上一样"))
        if self.spouse is None:
            self._need(given, "spouse_id_no", _("写上爱人的身份证号，户口本上也有"))
        return given

    def _need(self, given: dict[str, Any], name: str, words: str) -> None:
        if name in given and not given[name]:
            self.add_error(name, ValidationError(words, code=f"{name}_blank"))


def _kept(applicant: Applicant, spouse: HouseholdMember | None) -> dict[str, Any]:
    """What she has told. Until she has come to the end, what is None wasn't told: it is nothing, not 「不清楚」."""
    told = {
        "registered_in_city": applicant.registered_in_city,
        "resides_in_city": applicant.resides_in_city,
        "on_public_payroll": applicant.on_public_payroll,
        "has_overdue_debt": applicant.has_overdue_debt,
    }
    is_through = bool(applicant.marital_status)
    shown: dict[str, Any] = {name: _answer(kept) for name, kept in told.items() if is_through or kept is not None}
    if is_through or applicant.other_loans is not None:
        shown["other_loans"] = applicant.other_loans if applicant.other_loans is not None else [UNKNOWN]
    return shown | {
        "marital_status": applicant.marital_status,
        "spouse_name": spouse.full_name if spouse else "",
    }


def _answer(kept: object) -> str:
    return next(answer for answer, meaning in ANSWERS.items() if meaning is kept)
