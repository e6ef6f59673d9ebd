"""What she says to an office in her own words, and what it answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.web.widgets import RadioCards
from workflows.matters import ANSWER_LONGEST, ANSWER_SHORTEST, WORDS_LONGEST, WORDS_SHORTEST
from workflows.web.forms.moves import MoveForm


class SayForm(MoveForm):
    """Her own words; nobody asks her for a reason out of a list."""

    words = forms.CharField(
        label=_("用自己的话写"),
        min_length=WORDS_SHORTEST,
        max_length=WORDS_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("用自己的话写一两句，最多 500 个字"),
            "min_length": _("用自己的话写一两句，最多 500 个字"),
            "max_length": _("用自己的话写一两句，最多 500 个字"),
        },
    )


class WantedForm(SayForm):
    """With the day that she wants."""

    wanted_on = forms.DateField(
        label=_("哪一天"),
        widget=forms.DateInput(attrs={"type": "date", "class": "in w-m"}, format="%Y-%m-%d"),
        error_messages={"required": _("写上哪一天"), "invalid": _("写上哪一天")},
    )
    field_order = ("wanted_on", "words")


class AnswerForm(MoveForm):
    """Yes or no where she asked for something, and the words that she will read."""

    outcome = forms.ChoiceField(
        label=_("答复"),
        widget=RadioCards(),
        error_messages={"required": _("选一个答复"), "invalid_choice": _("选一个答复")},
    )
    answer = forms.CharField(
        label=_("写给她的话"),
        help_text=_("她会一字不差看到。说看了什么、为什么这样定、她能怎么办。"),
        min_length=ANSWER_SHORTEST,
        max_length=ANSWER_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("写一句她能看懂的话，至少 10 个字"),
            "min_length": _("写一句她能看懂的话，至少 10 个字"),
            "max_length": _("最多写 500 个字"),
        },
    )

    def __init__(self, data: Any = None, *, outcomes: list[tuple[str, Any]], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if len(outcomes) == 1:  # there is nothing to choose
            del self.fields["outcome"]
            return
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = outcomes
