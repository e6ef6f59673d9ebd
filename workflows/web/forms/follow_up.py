"""What is asked on a visit after the money: all on one page, or one question a page at her gate."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.web.widgets import RadioCards, TickCards
from applicants.pictures import LARGEST_BYTES
from loans.web.forms.figures import DayField
from records.refusals import Invalid
from workflows.follow_ups import JOBS_MOST, VISITORS_LONGEST, WORDS_LONGEST, Told
from workflows.models.follow_up import Going, MoneyUse, Need, Risk
from workflows.web.forms.visit import photo_field

# One page each; the first field gives the page its name.
QUESTIONS: Final[dict[str, tuple[str, ...]]] = {
    "when": ("visited_on", "visitors"),
    "going": ("going",),
    "money": ("money_use",),
    "jobs": ("jobs", "jobs_women"),
    "needs": ("needs", "promised"),
    "risk": ("risk", "risk_why"),
}
ANSWER = _("选一个答案")
NUMBER = _("写数字，没有就写 0")


def _one_of(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=RadioCards(), error_messages={"required": ANSWER, "invalid_choice": ANSWER}
    )


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=JOBS_MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "in w-s"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), NUMBER),
    )


def _words(label: Any, *, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=WORDS_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("最多写 200 个字")},
    )


class FollowUpForm(forms.Form):
    """`only` leaves the fields of one question."""

    use_required_attribute = False

    visited_on = DayField(label=_("哪天去的"), required=_("写上回访日期"))
    visitors = forms.CharField(
        label=_("谁去的"), max_length=VISITORS_LONGEST, error_messages={"required": _("写上谁去的")}
    )
    going = _one_of(_("经营得怎么样"), Going.choices)
    money_use = _one_of(_("钱用在哪里了"), MoneyUse.choices)
    jobs = _number(_("带动几个人干活"))
    jobs_women = _number(_("其中妇女几个人"))
    needs = forms.MultipleChoiceField(
        label=_("需要什么"), choices=Need.choices, required=False, widget=TickCards(), help_text=_("没有就不选。")
    )
    promised = _words(_("答应帮她什么"), help_text=_("她在自己的页面上看得到这一句。"))
    risk = _one_of(_("风险"), Risk.choices)
    risk_why = _words(_("为什么"), help_text=_("风险中或高的，写一句原因。她看不到这一句。"))
    photo = photo_field(_("照片"), help_text=_("不传也行。照片里的位置信息会去掉。"))

    def __init__(self, data: Any = None, files: Any = None, *, initial: Any = None, only: str = "") -> None:
        super().__init__(data, files, initial=initial)
        if only:
            for name in self.fields.keys() - set(QUESTIONS[only]):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        risk, why = given.get("risk"), given.get("risk_why", "")
        if risk in (Risk.MIDDLE, Risk.HIGH) and not why.strip():
            self.add_error("risk_why", _("写一句为什么有风险"))
        jobs, women = given.get("jobs"), given.get("jobs_women")
        if jobs is not None and women is not None and women > jobs:
            self.add_error("jobs_women", _("其中妇女不能比带动的人多"))
        return given

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(
            **{name: given[name] for names in QUESTIONS.values() for name in names}
            | {name: given[name].strip() for name in ("visitors", "promised", "risk_why")}
        )

    def answers(self) -> dict[str, Any]:
        """As the draft keeps them."""
        sent: Any = self.data
        return {name: sent.getlist(name) if name == "needs" else sent.get(name, "") for name in self.fields}

    def picture(self) -> bytes | None:
        """No more of it than shows that it is too large."""
        photo = self.cleaned_data.get("photo")
        return photo.read(LARGEST_BYTES + 1) if photo else None

    def take(self, invalid: Invalid) -> None:
        for error in invalid.errors:
            self.add_error(error.field if error.field in self.fields else None, str(error.message))
