"""How much, for how long, how repaid; and what for."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans.web.forms.wan import WanField
from workflows import loan_request
from workflows.loan_request import USE_ROWS_MAX, Use
from workflows.models import Application

# Pressed, or asked for by the script: what it would cost is shown, nothing is kept.
COUNT: Final = "count"
# Pressed: one more line for what the money is for.
ADD_ROW: Final = "add_row"
ROWS_AT_FIRST: Final = 2


class UseForm(forms.Form):
    """One line of what the money is for; an empty line is none."""

    use_required_attribute = False

    use = forms.CharField(
        label=gettext_lazy("用途"),
        required=False,
        max_length=40,
        error_messages={"max_length": gettext_lazy("用途最多写 40 个字")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    amount = WanField(label=gettext_lazy("金额"), is_optional=True)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "amount" not in given or "use" not in given:
            return given
        use, amount = given["use"], given["amount"]
        if use and not amount:
            self.add_error("amount", ValidationError(_("写上这一样要用多少钱"), code="use_without_amount"))
        elif amount and not use:
            self.add_error("use", ValidationError(_("写上这笔钱用来做什么"), code="amount_without_use"))
        return given


if TYPE_CHECKING:
    UseFormSet = forms.BaseFormSet[UseForm]
else:
    UseFormSet = forms.BaseFormSet


class UseRows(UseFormSet):
    """All the lines. They add up to the amount, where she has said that already."""

    case: Application

    @property
    def uses(self) -> list[Use]:
        filled = (form.cleaned_data for form in self.forms if form.cleaned_data.get("use"))
        return [Use(given["use"], given["amount"]) for given in filled]

    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.uses:
            raise ValidationError(_("写一下钱打算怎么用"), code="no_uses")
        # The case in hand is the page's own copy; what is kept is written into a fresh one.
        self.case.use_rows = [{"use": use.use, "amount_fen": use.amount_fen} for use in self.uses]
        if self.case.amount_fen and not loan_request.uses_add_up(self.case):
            error = loan_request.uses_error(self.case)
            raise ValidationError(str(error.message), code=error.code)


def use_rows(case: Application, data: Any = None, *, typed: Any = None, more: int = 0) -> UseRows:
    """The lines: what was sent, what was typed, or what is kept; and `more` empty ones."""
    kept = [{"use": row["use"], "amount": row["amount_fen"]} for row in case.use_rows]
    initial = _typed_rows(typed) if typed else kept
    rows = min(USE_ROWS_MAX, max(ROWS_AT_FIRST, len(initial)) + more)
    form_set: Any = forms.formset_factory(
        UseForm, formset=UseRows, extra=rows - len(initial), max_num=USE_ROWS_MAX, validate_max=True
    )
    too_many = {"too_many_forms": _("最多写 %(most)s 样") % {"most": USE_ROWS_MAX}}
    made: UseRows = form_set(data, initial=None if data else initial, prefix="rows", error_messages=too_many)
    made.case = case
    return made


def _typed_rows(typed: Any) -> list[dict[str, str]]:
    numbers = range(USE_ROWS_MAX)
    rows = [{name: typed.get(f"rows-{number}-{name}", "") for name in ("use", "amount")} for number in numbers]
    last = max((number for number in numbers if any(rows[number].values())), default=-1)
    return rows[: last + 1]
