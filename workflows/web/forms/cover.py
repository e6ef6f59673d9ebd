"""The guarantor's promise: how much, under which letter, secured by what."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants.models.party import PartyRole
from loans.models.guarantee import CounterGuaranteeKind
from loans.web.forms.figures import YuanField
from workflows.models import Application
from workflows.stages.guarantee import CounterGuaranteeGiven, GuaranteeTerms
from workflows.web.forms.moves import MoveForm, words_field
from workflows.wording import money

COUNTER_ROWS = range(1, 4)
_LETTER_MISSING = gettext_lazy("写上担保函号")


class CoverForm(MoveForm):
    """Amount, letter number, opinion, and up to three counter-guarantees: one at least, even if it is 免反担保."""

    cover = YuanField(label=gettext_lazy("担保金额"))
    guarantee_no = forms.CharField(
        label=gettext_lazy("担保函号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _LETTER_MISSING, "max_length": gettext_lazy("担保函号最多 40 个字")},
    )
    opinion = words_field(gettext_lazy("担保意见"), required=gettext_lazy("写一下担保意见"))

    def __init__(self, data: Any = None, *, application: Application, initial: dict[str, Any]) -> None:
        is_exempt = (application.amount_fen or 0) < application.policy.counter_guarantee_from_fen
        exempt = {"counter_kind_1": CounterGuaranteeKind.EXEMPT, "counter_what_1": _exemption(application)}
        first = exempt if is_exempt else _whom_she_named(application)
        super().__init__(data, initial={"cover": application.amount_fen, **first, **initial})
        for number in COUNTER_ROWS:
            self.fields[f"counter_kind_{number}"] = forms.ChoiceField(
                label=_("第 %(number)s 项，种类") % {"number": number},
                required=False,
                choices=[("", _("没有")), *CounterGuaranteeKind.choices],
            )
            self.fields[f"counter_what_{number}"] = forms.CharField(
                label=_("第 %(number)s 项，是谁、是什么") % {"number": number},
                required=False,
                max_length=200,
                error_messages={"max_length": gettext_lazy("最多写 200 个字")},
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for number in COUNTER_ROWS:
            kind, what = given.get(f"counter_kind_{number}"), given.get(f"counter_what_{number}")
            if kind and not what:
                self.add_error(f"counter_what_{number}", _("写清是谁担保，或拿什么担保"))
            if what and not kind:
                self.add_error(f"counter_kind_{number}", _("选一下是哪一种反担保"))
        if not any(given.get(f"counter_kind_{number}") for number in COUNTER_ROWS):
            self.add_error("counter_kind_1", _("选一种反担保；不用的选“免反担保”，写明依据"))
        return given

    def terms(self) -> GuaranteeTerms:
        given = self.cleaned_data
        return GuaranteeTerms(
            amount_fen=given["cover"],
            letter_no=given["guarantee_no"],
            opinion=given["opinion"],
            counter_guarantees=tuple(
                CounterGuaranteeGiven(given[f"counter_kind_{number}"], given[f"counter_what_{number}"])
                for number in COUNTER_ROWS
                if given[f"counter_kind_{number}"]
            ),
        )

    def counter_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        for number in COUNTER_ROWS:
            yield self[f"counter_kind_{number}"], self[f"counter_what_{number}"]

    def field_of(self, key: str) -> str | None:
        """`counter_guarantees.0.description` is the first row that was filled in."""
        name, _dot, rest = key.partition(".")
        if name != "counter_guarantees":
            return super().field_of(key)
        filled = [number for number in COUNTER_ROWS if self.cleaned_data.get(f"counter_kind_{number}")]
        position, _dot, part = rest.partition(".")
        if not position or int(position) >= len(filled):
            return "counter_kind_1"
        return f"counter_{'what' if part == 'description' else 'kind'}_{filled[int(position)]}"


def _whom_she_named(application: Application) -> dict[str, str]:
    """Those who agreed to vouch for her, to begin with; the guarantor changes it as it judges them."""
    sureties = application.applicant.parties.filter(role=PartyRole.GUARANTOR)
    rows: dict[str, str] = {}
    for number, one in zip(COUNTER_ROWS, sureties, strict=False):
        rows |= {
            f"counter_kind_{number}": one.kind,
            f"counter_what_{number}": f"{one.full_name}，{one.get_tie_display()}",
        }
    return rows


def _exemption(application: Application) -> str:
    limit = money(application.policy.counter_guarantee_from_fen)
    return _("不到 %(limit)s，按规定免反担保") % {"limit": limit}
