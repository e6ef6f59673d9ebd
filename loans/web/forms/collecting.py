"""What is written down of one contact with somebody who is late."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from loans.models.collection_contact import ContactWay
from loans.web.forms.figures import DayField

LONGEST = 200


def _words(label: Any, required: Any) -> forms.CharField:
    too_long = gettext_lazy("最多写 200 个字")
    return forms.CharField(
        label=label, max_length=LONGEST, error_messages={"required": required, "max_length": too_long}
    )


class ContactForm(forms.Form):
    use_required_attribute = False

    made_on = DayField(label=gettext_lazy("哪一天联系的"), required=gettext_lazy("写上联系的日期，比如 2026-03-10"))
    way = forms.ChoiceField(
        label=gettext_lazy("怎么联系的"),
        choices=ContactWay.choices,
        widget=forms.Select,
        error_messages={
            "required": gettext_lazy("选一下怎么联系的"),
            "invalid_choice": gettext_lazy("选一下怎么联系的"),
        },
    )
    said = _words(gettext_lazy("她怎么说"), gettext_lazy("写上她怎么说，没人接也写上"))
    next_step = _words(gettext_lazy("下一步"), gettext_lazy("写上下一步怎么办"))
    next_on = DayField(label=gettext_lazy("下一步哪一天"), required=gettext_lazy("写上下一步的日期，比如 2026-03-10"))

    def __init__(self, sent: Any = None, *, today: date) -> None:
        super().__init__(sent, initial={"made_on": today})
