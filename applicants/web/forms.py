"""What she writes to sign in: her phone, the code, and the end of her ID number."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applicants.identity import read_mobile
from applicants.web.fields import IdentityField, digits_input


class PhoneForm(forms.Form):
    use_required_attribute = False

    mobile = IdentityField(
        read_mobile,
        label=_("您的手机号"),
        help_text=_("验证码发到这个号上。"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel-national"}),
    )


class CodeForm(forms.Form):
    use_required_attribute = False

    code = forms.CharField(
        label=_("6 位验证码"),
        max_length=40,
        error_messages={"required": _("写上 6 位验证码"), "max_length": _("验证码是 6 位数字，再看一遍")},
        widget=digits_input(autocomplete="one-time-code"),
    )

    def clean_code(self) -> str:
        """Six digits, out of whatever was pasted: 「验证码 123456」 is one."""
        plain = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        digits = "".join(re.findall(r"[0-9]", plain))
        if len(digits) != 6:
            raise ValidationError(_("验证码是 6 位数字，再看一遍"))
        return digits


class LastFourForm(forms.Form):
    use_required_attribute = False

    last_four = forms.CharField(
        label=_("身份证号最后四位"),
        help_text=_("最后一位可能是 X。"),
        max_length=20,
        error_messages={"required": _("写上身份证号最后四位"), "max_length": _("只写最后四位")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_last_four(self) -> str:
        plain = unicodedata.normalize("NFKC", self.cleaned_data["last_four"])
        last_four = re.sub(r"[\s-]", "", plain).upper()
        if not re.fullmatch(r"[0-9]{3}[0-9X]", last_four):
            raise ValidationError(_("要写最后四位，前三位是数字"))
        return last_four
