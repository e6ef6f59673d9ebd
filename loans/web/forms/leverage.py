"""Another leverage for a pool, and on what grounds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LEAST, MOST = 1, 10


class LeverageForm(forms.Form):
    use_required_attribute = False

    leverage = forms.IntegerField(
        label=gettext_lazy("改成几倍"),
        help_text=gettext_lazy("1 到 10 倍。"),
        min_value=LEAST,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), gettext_lazy("写 1 到 10 之间的整数")
        ),
    )
    grounds = forms.CharField(
        label=gettext_lazy("依据"),
        help_text=gettext_lazy("写明文件，或上年到期还款率。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("写明依据什么改"),
            "max_length": gettext_lazy("最多写 200 个字"),
        },
    )

    def __init__(self, sent: Any = None, *, current: int) -> None:
        super().__init__(sent)
        self.current = current

    def clean_leverage(self) -> int:
        leverage: int = self.cleaned_data["leverage"]
        if leverage == self.current:
            raise ValidationError(_("现在就是 %(leverage)s 倍") % {"leverage": leverage}, code="unchanged")
        return leverage
