"""How much, for how long, how repaid: what the calculator and the application ask."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.widgets import RadioCards
from loans.models import Policy
from loans.models.loan import Method
from loans.policy_wording import METHODS, term_words
from loans.spoken_money import money
from loans.web.forms.wan import WanField
from loans.within_policy import amount_errors


class AmountForm(forms.Form):
    use_required_attribute = False

    amount = WanField(label=gettext_lazy("您想贷多少钱？"))
    term_months = forms.TypedChoiceField(
        label=gettext_lazy("贷多久？"),
        coerce=int,
        widget=RadioCards(columns=3),
        error_messages={
            "required": gettext_lazy("选一下贷多长时间"),
            "invalid_choice": gettext_lazy("选一下贷多长时间"),
        },
    )
    method = forms.ChoiceField(
        label=gettext_lazy("怎么还？"),
        widget=RadioCards(notes={str(method): words for method, words in METHODS.items()}),
        error_messages={"required": gettext_lazy("选一下怎么还"), "invalid_choice": gettext_lazy("选一下怎么还")},
    )

    def __init__(self, policy: Policy, data: Any = None, *, shown: Any = None) -> None:
        first = {"term_months": policy.term_options[0], "method": policy.method_options[0]}
        super().__init__(data, initial=first | (shown or {}))
        self.policy = policy
        limits = {"least": money(policy.amount_min_fen), "most": money(policy.amount_max_fen)}
        self.fields["amount"].help_text = _("%(least)s到 %(most)s，比如 5 或 3.5。") % limits
        terms: Any = self.fields["term_months"]
        terms.choices = [(months, term_words(months)) for months in policy.term_options]
        methods: Any = self.fields["method"]
        methods.choices = [(one, Method(one).label) for one in policy.method_options]

    def clean_amount(self) -> int:
        amount_fen: int = self.cleaned_data["amount"]
        for error in amount_errors(self.policy, amount_fen):
            raise ValidationError(str(error.message), code=error.code)
        return amount_fen
