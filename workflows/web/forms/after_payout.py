"""What is asked of her when the money is out, and when her case is over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.web.widgets import RadioCards
from workflows.models.after_payout import Arrival, Stars
from workflows.web.forms.moves import MoveForm


def _words(label: object) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("最多写 200 个字")},
    )


class ArrivalForm(MoveForm):
    """One question, and room for a word where something is wrong."""

    outcome = forms.ChoiceField(
        label=_("钱到了吗？是您自己在用吗？"),
        choices=Arrival.choices,
        widget=RadioCards(),
        error_messages={"required": _("选一个，说说钱到了没有"), "invalid_choice": _("选一个，说说钱到了没有")},
    )
    words = _words(_("想说的话，可以不写"))


class RatingForm(MoveForm):
    """Five grades, the best first, and room for a word."""

    stars = forms.TypedChoiceField(
        label=_("这次办得怎么样？"),
        choices=Stars.choices,
        coerce=int,
        widget=RadioCards(),
        error_messages={"required": _("选一个，说说办得怎么样"), "invalid_choice": _("选一个，说说办得怎么样")},
    )
    words = _words(_("想说的话，可以不写"))
