"""What she does or wants to do."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.widgets import RadioCards
from applicants.identity import read_credit_code
from applicants.models import Business
from applicants.models.business import IncomeBand, ProjectType, Proof, Since
from applicants.web.fields import IdentityField
from applicants.web.marks import MARK_OF_TRADE

JOBS_MAX = 200


class ProjectForm(forms.Form):
    use_required_attribute = False

    project_type = forms.ChoiceField(
        label=gettext_lazy("您做什么，或者想做什么？"),
        choices=ProjectType.choices,
        widget=RadioCards(icons=MARK_OF_TRADE),
        error_messages={"required": gettext_lazy("选一样您要做的"), "invalid_choice": gettext_lazy("选一样您要做的")},
    )
    site = forms.CharField(
        label=gettext_lazy("在哪里做？"),
        help_text=gettext_lazy("写村名和地名。"),
        min_length=4,
        max_length=60,
        error_messages={
            "required": gettext_lazy("写一下在哪里做，比如村名和地名"),
            "min_length": gettext_lazy("写一下在哪里做，比如村名和地名"),
            "max_length": gettext_lazy("在哪里做，最多写 60 个字"),
        },
    )
    started = forms.ChoiceField(
        label=gettext_lazy("做了多久？"),
        choices=Since.choices,
        widget=RadioCards(columns=2),
        error_messages={"required": gettext_lazy("选一下做了多久"), "invalid_choice": gettext_lazy("选一下做了多久")},
    )
    income_band = forms.ChoiceField(
        label=gettext_lazy("一年大概能挣多少？"),
        help_text=gettext_lazy("扣掉本钱以后。"),
        choices=[(band.value, band.label) for band in (*list(IncomeBand)[1:], IncomeBand.UNKNOWN)],
        widget=RadioCards(),
        error_messages={
            "required": gettext_lazy("选一个大概的数"),
            "invalid_choice": gettext_lazy("选一个大概的数"),
        },
    )
    jobs = forms.CharField(
        label=gettext_lazy("能带动几个人干活？"),
        help_text=gettext_lazy("不算您自己，没有就写 0。"),
        max_length=20,
        error_messages={
            "required": gettext_lazy("写数字，没有就写 0"),
            "max_length": gettext_lazy("写数字，没有就写 0"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    proof = forms.ChoiceField(
        label=gettext_lazy("有什么能证明项目是您的？"),
        help_text=gettext_lazy("三样有一样就行。"),
        choices=Proof.choices,
        widget=RadioCards(
            notes={
                Proof.LICENCE.value: gettext_lazy("个体户、合作社的都行"),
                Proof.CONTRACT.value: gettext_lazy("包地、租房的合同"),
                Proof.VILLAGE_CERTIFICATE.value: gettext_lazy("没有执照和合同，找村委会开"),
            }
        ),
        error_messages={
            "required": gettext_lazy("选一样能证明项目的材料"),
            "invalid_choice": gettext_lazy("选一样能证明项目的材料"),
        },
    )
    licence_no = IdentityField(
        read_credit_code,
        label=gettext_lazy("执照上的统一社会信用代码是多少？"),
        help_text=gettext_lazy("照着执照写，执照不在手边就空着。"),
        is_optional=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, business: Business, data: Any = None) -> None:
        kept = {name: getattr(business, name) for name in self.base_fields}
        super().__init__(data, initial=kept)

    def clean_jobs(self) -> int:
        """3, ３ or 3 个."""
        plain = unicodedata.normalize("NFKC", self.cleaned_data["jobs"])
        figure = re.fullmatch(r"\s*([0-9]+)\s*[个人名]*\s*", plain)
        if figure is None:
            raise ValidationError(_("写数字，没有就写 0"), code="jobs_not_a_number")
        jobs = int(figure[1])
        if jobs > JOBS_MAX:
            raise ValidationError(_("最多写 %(most)s 个人") % {"most": JOBS_MAX}, code="jobs_too_many")
        return jobs
