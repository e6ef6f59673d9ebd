"""The last tick before she hands it in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.web.forms.moves import MoveForm


class DeclarationForm(MoveForm):
    declared = forms.BooleanField(
        label=_("我写的都是真的，照片是我自己的材料。钱只用在上面写的用途。"),
        error_messages={"required": _("看一遍，都对就勾上，才能提交")},
    )
