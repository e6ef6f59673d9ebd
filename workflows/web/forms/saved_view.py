"""The name under which a list is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from records.refusals import Invalid


class ViewForm(forms.Form):
    """`mark` tells several of them on one page apart."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("名字"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("起个名字，最多 20 个字"), "max_length": _("起个名字，最多 20 个字")},
    )

    def __init__(self, sent: Any, *, mark: str, name: str = "") -> None:
        super().__init__(sent, auto_id=f"{mark}_%s", initial={"name": name})

    def take(self, invalid: Invalid) -> None:
        for error in invalid.errors:
            self.add_error("name", ValidationError(str(error.message), code=error.code))
