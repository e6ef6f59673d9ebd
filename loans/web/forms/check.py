"""The seven questions of the pre-check: a form of one field each, whose answer travels in the address as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.widgets import RadioCards, TickCards
from applicants.age import BirthMonth
from applicants.identity import NotValid, read_birth_month
from applicants.models.business import ProjectType
from applicants.web.marks import MARK_OF_TRADE
from applicants.wording import words_for
from loans.models import Policy
from loans.money import NotAnAmount, plain_yuan
from loans.rule_wording import LOAN_KINDS
from loans.spoken_money import money
from loans.web.forms.wan import WanField, read_wan
from loans.web.forms.year_month import YearMonthInput
from loans.within_policy import amount_errors

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NO_LOANS = "none"
# The mark of each kind of loan.
MARK_OF_LOAN: Final[dict[str, str]] = {
    NO_LOANS: "tick",
    "student": "cap",
    "poverty_alleviation": "seedling",
    "housing": "home",
    "car": "car",
    "small_consumer": "card",
    "entrepreneurship": "craft",
    "business": "shop",
    "other": "doc",
}


class Question(forms.Form):
    """One question; the name of its field is the name of its page, and of its answer in the address."""

    name: ClassVar[str]
    unit: ClassVar[StrOrPromise] = ""
    use_required_attribute = False

    def __init__(self, data: Any = None, *, policy: Policy, on: date, initial: Sequence[str] = ()) -> None:
        super().__init__(data, initial={self.name: self.shown(initial)})
        self.policy, self.on = policy, on

    @staticmethod
    def shown(values: Sequence[str]) -> Any:
        """An answer of the address as the field shows it."""
        return values[0] if values else None

    @property
    def answer(self) -> Any:
        """What the rules are told."""
        return self.cleaned_data[self.name]

    def written(self) -> list[str]:
        """The answer as it stands in the address."""
        return [str(self.cleaned_data[self.name])]

    def in_words(self) -> str:
        """The answer as she reads it again beside the result."""
        field: Any = self.fields[self.name]
        choices = dict(field.choices)
        return _("、").join(str(choices[value]) for value in self.written())


class YesNoQuestion(Question):
    @property
    def answer(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data[self.name])


def _choice(
    label: StrOrPromise, choices: Any, *, error: StrOrPromise, hint: StrOrPromise = "", widget: RadioCards | None = None
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=widget or RadioCards(),
        error_messages={"required": error, "invalid_choice": error},
    )


class HomeQuestion(YesNoQuestion):
    name = "home"
    home = _choice(
        gettext_lazy("您的户口或者家，在本市吗？"),
        [("yes", gettext_lazy("在")), ("no", gettext_lazy("都不在")), ("unknown", gettext_lazy("说不清"))],
        hint=gettext_lazy("有一样在本市就选“在”。"),
        error=gettext_lazy("选一个答案，说明您的户口在不在本市"),
    )


class BornQuestion(Question):
    name = "born"
    born = forms.CharField(
        label=gettext_lazy("您哪年哪月生？"),
        help_text=gettext_lazy("照身份证上的写。"),
        required=False,
        max_length=40,
        widget=YearMonthInput(),
        error_messages={"max_length": gettext_lazy("写上哪年哪月生，比如 1985 年 3 月")},
    )

    def clean_born(self) -> BirthMonth:
        try:
            return read_birth_month(self.cleaned_data["born"], on=self.on)
        except NotValid as error:
            raise ValidationError(words_for(error), code=error.code) from error

    def written(self) -> list[str]:
        born: BirthMonth = self.answer
        return [f"{born.year}-{born.month:02d}"]

    def in_words(self) -> str:
        born: BirthMonth = self.answer
        return _("%(year)s 年 %(month)s 月") % {"year": born.year, "month": born.month}


class PayrollQuestion(YesNoQuestion):
    name = "payroll"
    payroll = _choice(
        gettext_lazy("您吃财政工资，或者退休了吗？"),
        [("no", gettext_lazy("没有")), ("yes", gettext_lazy("是的")), ("unknown", gettext_lazy("说不清"))],
        hint=gettext_lazy("公务员、在编的老师和医生都算。"),
        error=gettext_lazy("选一个答案，说明您吃不吃财政工资"),
    )


class LoansQuestion(Question):
    name = "loans"
    loans = forms.MultipleChoiceField(
        label=gettext_lazy("您和爱人现在有哪些贷款？"),
        help_text=gettext_lazy("有几样勾几样。"),
        choices=list(LOAN_KINDS.items()),
        widget=TickCards(
            icons=MARK_OF_LOAN,
            notes={
                "student": gettext_lazy("上大学时借的"),
                "small_consumer": gettext_lazy("花呗、信用卡分期这样的"),
                "entrepreneurship": gettext_lazy("别处的创业担保贷款"),
                "business": gettext_lazy("开店、办厂、养殖借的"),
            },
        ),
        error_messages={
            "required": gettext_lazy("勾一下有哪些贷款，没有就勾“没有贷款”"),
            "invalid_choice": gettext_lazy("勾一下有哪些贷款，没有就勾“没有贷款”"),
        },
    )

    @staticmethod
    def shown(values: Sequence[str]) -> Any:
        return list(values)

    def clean_loans(self) -> tuple[str, ...]:
        kinds = tuple(self.cleaned_data["loans"])
        if NO_LOANS in kinds and len(kinds) > 1:
            raise ValidationError(_("勾了“没有贷款”，就不用再勾别的"), code="none_and_some")
        return kinds

    def written(self) -> list[str]:
        return list(self.answer)


class ProjectQuestion(Question):
    name = "project"
    project = _choice(
        gettext_lazy("您想做什么？"),
        ProjectType.choices,
        widget=RadioCards(icons=MARK_OF_TRADE),
        error=gettext_lazy("选一样您要做的"),
    )


class OverdueQuestion(YesNoQuestion):
    name = "overdue"
    overdue = _choice(
        gettext_lazy("现在有没有还不上的贷款？"),
        [("no", gettext_lazy("没有")), ("yes", gettext_lazy("有")), ("unknown", gettext_lazy("不清楚"))],
        hint=gettext_lazy("过了日子没还的，信用卡也算。"),
        error=gettext_lazy("选一个答案，说明有没有还不上的贷款"),
    )


class AmountQuestion(Question):
    name = "amount"
    unit = gettext_lazy("万元")
    amount = WanField(label=gettext_lazy("您想贷多少钱？"))

    def __init__(self, data: Any = None, *, policy: Policy, on: date, initial: Sequence[str] = ()) -> None:
        super().__init__(data, policy=policy, on=on, initial=initial)
        self.fields["amount"].help_text = _("最多 %(most)s。") % {"most": money(policy.amount_max_fen)}

    @staticmethod
    def shown(values: Sequence[str]) -> Any:
        try:
            return read_wan(values[0]) if values else None
        except NotAnAmount:
            return None

    def clean_amount(self) -> int:
        amount_fen: int = self.cleaned_data["amount"]
        for error in amount_errors(self.policy, amount_fen):
            raise ValidationError(str(error.message), code=error.code)
        return amount_fen

    def written(self) -> list[str]:
        return [plain_yuan(self.answer).removesuffix(".00")]

    def in_words(self) -> str:
        return money(self.answer)


QUESTIONS: tuple[type[Question], ...] = (
    HomeQuestion,
    BornQuestion,
    PayrollQuestion,
    LoansQuestion,
    ProjectQuestion,
    OverdueQuestion,
    AmountQuestion,
)
