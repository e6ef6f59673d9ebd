"""The people besides her: who lives with her, who is in business with her, who vouches for her."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.widgets import RadioCards
from applicants.identity import read_full_name, read_mobile
from applicants.models import Party
from applicants.models.applicant import SuretyWay
from applicants.models.household import Occupation, Relation
from applicants.models.party import Liability, SuretyKind, Tie
from applicants.parties import SHARES_MAX
from applicants.web.fields import IdentityField, digits_input, read_id_no_today
from workflows.web.forms.situation import AnswerField

ALONE, TOGETHER = "alone", "together"


def _cards(label: Any, choices: Any, *, missing: Any, columns: int = 2, notes: Any = None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=RadioCards(columns=columns, notes=notes),
        error_messages={"required": missing, "invalid_choice": missing},
    )


class HouseholdForm(forms.Form):
    """One person of the household, without a name."""

    use_required_attribute = False

    relation = _cards(
        gettext_lazy("是您的什么人？"),
        [one for one in Relation.choices if one[0] != Relation.SPOUSE],
        missing=gettext_lazy("选一下是您的什么人"),
    )
    occupation = _cards(gettext_lazy("现在做什么？"), Occupation.choices, missing=gettext_lazy("选一下现在做什么"))


class TogetherForm(forms.Form):
    use_required_attribute = False

    together = _cards(
        gettext_lazy("自己干，还是合伙干？"),
        [(ALONE, gettext_lazy("自己干")), (TOGETHER, gettext_lazy("合伙干"))],
        columns=1,
        notes={
            ALONE: gettext_lazy("和爱人、家里人一起也算"),
            TOGETHER: gettext_lazy("和别家的人一起出钱、一起分"),
        },
        missing=gettext_lazy("选一下是自己干还是合伙干"),
    )


class SuretyWayForm(forms.Form):
    use_required_attribute = False

    surety_way = _cards(
        gettext_lazy("拿什么作反担保？"),
        SuretyWay.choices,
        columns=1,
        notes={
            SuretyWay.PERSON.value: gettext_lazy("写上他是谁，他自己点了同意才算"),
            SuretyWay.PROPERTY.value: gettext_lazy("担保公司会来问，这里不用写"),
            SuretyWay.TALK.value: gettext_lazy("先交申请，信用村、免担保的也选这个"),
        },
        missing=gettext_lazy("选一下拿什么作反担保"),
    )


class PartyForm(forms.Form):
    """Who it is. Of somebody who is kept already, the ID number may be left out."""

    use_required_attribute = False

    full_name = IdentityField(read_full_name, label=gettext_lazy("姓名"))
    id_no = IdentityField(
        read_id_no_today,
        label=gettext_lazy("身份证号"),
        is_optional=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    mobile = IdentityField(
        read_mobile,
        label=gettext_lazy("手机号"),
        help_text=gettext_lazy("他本人的号。没有就空着，在纸上签。"),
        is_optional=True,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, kept: Party | None, data: Any = None) -> None:
        super().__init__(data, initial=self._initial(kept) if kept else None)
        self.kept = kept
        if kept is not None:
            self.fields["id_no"].help_text = _("已填 %(masked)s，不改就空着。") % {"masked": kept.masked_id_no}

    def clean_id_no(self) -> Any:
        given = self.cleaned_data["id_no"]
        if given is None and self.kept is None:
            raise ValidationError(_("写上身份证号，一共 18 位"), code="id_no_blank")
        return given or read_id_no_today(self.kept.id_no if self.kept else "")

    def _initial(self, kept: Party) -> dict[str, Any]:
        return {name: getattr(kept, name) for name in self.base_fields if name != "id_no"}


class PartnerForm(PartyForm):
    share_percent = forms.CharField(
        label=gettext_lazy("他占百分之几？"),
        help_text=gettext_lazy("您自己也要留一份。"),
        max_length=20,
        widget=digits_input(),
        error_messages={
            "required": gettext_lazy("写数字，比如占三成就写 30"),
            "max_length": gettext_lazy("写数字，比如占三成就写 30"),
        },
    )
    liability = _cards(
        gettext_lazy("贷款怎么还？"), Liability.choices, columns=1, missing=gettext_lazy("选一下贷款怎么还")
    )
    on_public_payroll = AnswerField(
        gettext_lazy("他吃财政工资，或已经退休了吗？"),
        yes=gettext_lazy("是"),
        no=gettext_lazy("不是"),
        missing=gettext_lazy("选一个答案，说明他吃不吃财政工资"),
    )

    def clean_share_percent(self) -> int:
        """30, ３０, 30% or 百分之 30."""
        plain = unicodedata.normalize("NFKC", self.cleaned_data["share_percent"])
        figure = re.fullmatch(r"\s*(?:百分之)?\s*([0-9]+)\s*%?\s*", plain)
        if figure is None or not 1 <= int(figure[1]) <= SHARES_MAX:
            raise ValidationError(_("写 1 到 99 的数字，比如占三成就写 30"), code="share_not_a_percentage")
        return int(figure[1])

    def _initial(self, kept: Party) -> dict[str, Any]:
        known = {True: "yes", False: "no", None: "unknown"}[kept.on_public_payroll]
        return super()._initial(kept) | {"on_public_payroll": known}


class SuretyForm(PartyForm):
    tie = _cards(gettext_lazy("是您的什么人？"), Tie.choices, missing=gettext_lazy("选一下是您的什么人"))
    kind = _cards(gettext_lazy("他是做什么的？"), SuretyKind.choices, missing=gettext_lazy("选一下他是做什么的"))


class AskForm(forms.Form):
    """Where somebody's link goes."""

    use_required_attribute = False

    mobile = IdentityField(
        read_mobile,
        label=gettext_lazy("他的手机号"),
        help_text=gettext_lazy("写他本人的号，不写您的。"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
