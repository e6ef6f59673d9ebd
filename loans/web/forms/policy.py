"""A policy being written: every column of it, in the groups in which it is read."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.widgets import TickCards
from loans.models import Policy, PolicyDraft
from loans.money import NotAPercentage, parse_percent, percent
from loans.policy_columns import ANY_OF, CLAUSES, GROUPS, LEVELS, ONE_OF, SHARES, label_of
from loans.policy_drafts import terms_of_draft
from loans.rule_wording import TITLES
from loans.web.forms.figures import DayField, YuanField
from loans.wording import WORDS
from records.refusals import Invalid

# Largest of a small integer column.
SMALL_MOST: Final = 32_767
_OPTIONAL_DAYS: Final = frozenset({"valid_from", "valid_to"})


class PercentField(forms.CharField):
    """A percentage as people write it, 4.50; cleans to millionths, and so is `initial`. Empty is for the caller."""

    def __init__(self, *, label: Any, required: bool = True, is_signed: bool = False) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, required=False, widget=widget)
        self.is_wanted, self.is_signed = required, is_signed

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text and not self.is_wanted:
            return 0
        sign = -1 if self.is_signed and text.startswith(("-", "\N{MINUS SIGN}")) else 1
        try:
            return sign * parse_percent(text.lstrip("-\N{MINUS SIGN}") if sign < 0 else text)
        except NotAPercentage as error:
            raise ValidationError(str(WORDS[error.code]), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        return ("-" if value < 0 else "") + percent(abs(value)) if isinstance(value, int) else value


class ListField(forms.CharField):
    """Several words or numbers with commas between them."""

    def __init__(self, *, label: Any, of_numbers: bool, help_text: Any) -> None:
        super().__init__(label=label, required=False, max_length=400, help_text=help_text)
        self.of_numbers = of_numbers

    def to_python(self, value: Any) -> Any:
        parts = [part for part in re.split(r"[,，、;；\s]+", str(value or "")) if part]
        if not self.of_numbers:
            return parts
        if not all(part.isdecimal() for part in parts):
            raise ValidationError(_("写数字，中间用逗号隔开，比如 12，24，36"), code="not_numbers")
        return [int(part) for part in parts]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(one) for one in value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        """An empty list is a list."""

    def run_validators(self, value: Any) -> None:
        super().run_validators(", ".join(map(str, value)))


class FieldGroup(NamedTuple):
    title: str
    anchor: str
    fields: list[tuple[BoundField, str]]


class PolicyForm(forms.Form):
    """Bound to a draft; `terms` are the columns as they were written."""

    use_required_attribute = False

    def __init__(self, sent: Any = None, *, draft: PolicyDraft) -> None:
        terms = terms_of_draft(draft)
        initial = {name: value for name, value in terms.items() if name not in (SHARES, CLAUSES)}
        initial |= {f"share_{level}": terms[SHARES].get(level, 0) for level in LEVELS}
        initial |= {f"clause_{rule}": terms[CLAUSES].get(rule, "") for rule in TITLES}
        initial["draft_version"] = draft.version
        super().__init__(sent, initial=initial)
        self.fields["draft_version"] = forms.IntegerField(widget=forms.HiddenInput)
        for name in (name for group in GROUPS for name in group.names):
            self.fields.update(_fields_of(name))

    def terms(self) -> dict[str, Any]:
        """The columns of Policy as they were typed."""
        given = dict(self.cleaned_data)
        given.pop("draft_version")
        shares = {level: given.pop(f"share_{level}") for level in LEVELS}
        clauses = {rule: given.pop(f"clause_{rule}").strip() for rule in TITLES}
        return given | {
            SHARES: {level: ppm for level, ppm in shares.items() if ppm},
            CLAUSES: {rule: clause for rule, clause in clauses.items() if clause},
        }

    def groups(self) -> list[FieldGroup]:
        return [
            FieldGroup(str(group.title), f"g{number}", [(self[key], unit_of(key)) for key in _keys(group.names)])
            for number, group in enumerate(GROUPS, start=1)
        ]

    def take(self, invalid: Invalid) -> None:
        for error in invalid.errors:
            key = f"share_{next(iter(LEVELS))}" if error.field == SHARES else error.field
            self.add_error(key if key in self.fields else None, ValidationError(str(error.message), code=error.code))


def unit_of(name: str) -> str:
    """What stands behind the figure."""
    if name.startswith("share_") or name.endswith("_ppm"):
        return "%"
    return _("元") if name.endswith("_fen") else ""


def _keys(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from _fields_of(name)


def _fields_of(name: str) -> Mapping[str, forms.Field]:
    if name == SHARES:
        words = gettext_lazy("资金分担")
        return {
            f"share_{key}": PercentField(label=f"{words}：{label}", required=False) for key, label in LEVELS.items()
        }
    if name == CLAUSES:
        return {
            f"clause_{rule}": forms.CharField(
                label=_("条款：%(rule)s") % {"rule": title}, required=False, max_length=60
            )
            for rule, title in TITLES.items()
        }
    return {name: _field_of(name, label_of(name), Policy._meta.get_field(name))}


def _field_of(name: str, label: str, column: Any) -> forms.Field:
    if name.endswith("_fen"):
        return YuanField(label=label)
    if name.endswith("_ppm"):
        return PercentField(label=label, is_signed=name == "margin_ppm")
    if name in ANY_OF:
        return forms.MultipleChoiceField(
            label=label, choices=list(ANY_OF[name].items()), required=False, widget=TickCards(columns=2)
        )
    if name == "term_options":
        return ListField(label=label, of_numbers=True, help_text=gettext_lazy("写数字，中间用逗号隔开。"))
    if name == "excluded_industries":
        return ListField(label=label, of_numbers=False, help_text=gettext_lazy("行业代码的开头，中间用逗号隔开。"))
    return _plain_field(name, label, column)


def _plain_field(name: str, label: str, column: Any) -> forms.Field:
    if name in ONE_OF:
        return forms.ChoiceField(label=label, choices=list(ONE_OF[name].items()))
    if isinstance(column, models.BooleanField):
        return forms.BooleanField(label=label, required=False)
    if isinstance(column, models.DateField):
        field = DayField(label=label, required=gettext_lazy("写上日期，比如 2026-03-10"))
        field.required = name not in _OPTIONAL_DAYS
        return field
    if isinstance(column, models.PositiveSmallIntegerField):
        errors = {"required": gettext_lazy("写上数字"), "invalid": gettext_lazy("要写整数")}
        return forms.IntegerField(
            label=label, required=not column.null, min_value=0, max_value=SMALL_MOST, error_messages=errors
        )
    return forms.CharField(label=label, required=False, max_length=column.max_length)
