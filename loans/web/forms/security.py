"""What is written down of a counter-guarantee: the fields of its kind, whoever answers for it, and the evidence."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants.identity import read_credit_code, read_full_name
from applicants.web.fields import IdentityField, read_id_no_today
from loans.models.guarantee import CounterGuaranteeKind
from loans.securities import FACTS, PERSONS, Fact, PersonGiven, SecurityGiven
from loans.web.forms.figures import DayField, YuanField

LABELS: dict[str, Promise | str] = {
    "employer": gettext_lazy("工作单位"),
    "post": gettext_lazy("职务"),
    "wage_fen": gettext_lazy("月工资"),
    "wage_bank": gettext_lazy("哪家银行发工资"),
    "term_ends_on": gettext_lazy("任期到哪天"),
    "income_fen": gettext_lazy("月收入"),
    "spouse_consent": gettext_lazy("爱人同意书的日期，没结婚写“未婚”"),
    "deed_no": gettext_lazy("不动产权证号"),
    "value_fen": gettext_lazy("值多少钱"),
    "valued_on": gettext_lazy("哪天评估的"),
    "registration_no": gettext_lazy("抵押登记号"),
    "account": gettext_lazy("质押的是什么"),
    "freeze_no": gettext_lazy("冻结编号"),
    "group_name": gettext_lazy("联保小组名称"),
    "company": gettext_lazy("企业名称"),
    "credit_code": gettext_lazy("统一社会信用代码"),
    "village": gettext_lazy("哪个信用村"),
    "granted_on": gettext_lazy("哪天评上的"),
    "ground": gettext_lazy("为什么免"),
}
GROUNDS: list[tuple[str, Promise | str]] = [
    ("size", gettext_lazy("金额在免反担保的线以下")),
    ("honoured", gettext_lazy("受过市级以上表彰")),
    ("credit_rated", gettext_lazy("评过信用户")),
    ("repeated", gettext_lazy("上一笔按时还清")),
]
MISSING = gettext_lazy("这一项要写")


class SecurityForm(forms.Form):
    use_required_attribute = False

    def __init__(self, sent: Any = None, *, kind: str) -> None:
        super().__init__(sent)
        self.kind = kind
        self.least, self.most = PERSONS.get(kind, (0, 0))
        for number in range(1, self.most + 1):
            is_optional = number > self.least
            self.fields[f"full_name_{number}"] = IdentityField(
                read_full_name, label=_("第 %(number)s 个人，姓名") % {"number": number}, is_optional=is_optional
            )
            self.fields[f"id_no_{number}"] = IdentityField(
                read_id_no_today, label=_("第 %(number)s 个人，身份证号") % {"number": number}, is_optional=is_optional
            )
        for name in FACTS[CounterGuaranteeKind(kind)]:
            self.fields[name] = _field(name)
        self.fields["evidence"] = forms.CharField(
            label=_("凭据"),
            help_text=_("材料名称和存放的地方。"),
            max_length=200,
            error_messages={"required": _("写上材料名称和存放的地方"), "max_length": _("最多写 200 个字")},
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for number in range(self.least + 1, self.most + 1):
            name, id_no = f"full_name_{number}", f"id_no_{number}"
            if name in given and id_no in given and bool(given[name]) != bool(given[id_no]):
                self.add_error(id_no if given[name] else name, _("姓名和身份证号要一起写"))
        return given

    def given(self) -> SecurityGiven:
        facts = {name: _plain(self.cleaned_data[name]) for name in FACTS[CounterGuaranteeKind(self.kind)]}
        return SecurityGiven(facts, tuple(self._persons()), self.cleaned_data["evidence"])

    def _persons(self) -> Iterator[PersonGiven]:
        for number in range(1, self.most + 1):
            name, id_no = self.cleaned_data[f"full_name_{number}"], self.cleaned_data[f"id_no_{number}"]
            if name and id_no:
                yield PersonGiven(name, id_no)


class ReleaseForm(forms.Form):
    use_required_attribute = False

    words = forms.CharField(
        label=gettext_lazy("怎么解除的"),
        help_text=gettext_lazy("写明退了什么、注销了什么登记。"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("写明退了什么、注销了什么登记"),
            "max_length": gettext_lazy("最多写 200 个字"),
        },
    )


def _field(name: str) -> forms.Field:
    label = str(LABELS[name])
    if name.endswith("_fen"):
        return YuanField(label=label)
    if name.endswith("_on"):
        return DayField(label=label, required=MISSING)
    if name == "credit_code":
        return IdentityField(read_credit_code, label=label)
    if name == "ground":
        return forms.ChoiceField(label=label, choices=GROUNDS, error_messages={"required": MISSING})
    return forms.CharField(
        label=label, max_length=60, error_messages={"required": MISSING, "max_length": gettext_lazy("最多写 60 个字")}
    )


def _plain(value: Any) -> Fact:
    return value.isoformat() if isinstance(value, date) else value
