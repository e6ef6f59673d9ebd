"""Reasons for a no: nine flat ones, one to four chosen, each with words for her and what she can do."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.models.refusal import ReasonCode
from workflows.reasons import MOST, WORDS_LONGEST, WORDS_SHORTEST, Reason
from workflows.web.forms.moves import MoveForm

# What usually helps; whoever decides may change it. The words for her are never prepared: they have to be hers.
ADVICE: Mapping[str, Promise | str] = {
    ReasonCode.RESIDENCE: gettext_lazy("可以问问户口所在地的妇联，那里可能也有这项贷款。"),
    ReasonCode.AGE: gettext_lazy("家里年龄合适的妇女可以自己来申请。"),
    ReasonCode.OTHER_LOANS: gettext_lazy("还清后带上结清单再来，材料不用重交。"),
    ReasonCode.UNTRUE_PAPERS: gettext_lazy("带上原件到镇妇联核对，对上了可以再申请。"),
    ReasonCode.PROJECT: gettext_lazy("换一个支持的项目再来，镇妇联可以帮您出主意。"),
    ReasonCode.USE_UNCLEAR: gettext_lazy("写清买什么、各花多少钱，写好再来。"),
    ReasonCode.NO_BUSINESS: gettext_lazy("场地或货备好了，打电话给镇妇联，再走访一次。"),
    ReasonCode.NOT_VOLUNTARY: gettext_lazy("哪天自己想办了，随时可以再来。"),
}


class ReasonRow(NamedTuple):
    """One reason on the form: ticked or not, with its fields."""

    code: str
    label: str
    is_ticked: bool
    words: BoundField
    advice: BoundField
    rank: BoundField


class ReasonsForm(MoveForm):
    """Each ticked reason opens its words and advice; the order is chosen, not dragged."""

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("原因"),
        help_text=gettext_lazy("1 到 4 条，重要的排前面。"),
        choices=ReasonCode.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("选至少一条原因")},
    )

    def __init__(self, data: Any = None, *, found: Mapping[str, str], initial: dict[str, Any]) -> None:
        """`found` are words for reasons that the rules have found already; they are ticked beforehand."""
        super().__init__(data, initial={"reasons": list(found)[:MOST], **initial})
        ranks = [("", _("按表里的先后")), *((str(n), _("排第 %(n)s") % {"n": n}) for n in range(1, MOST + 1))]
        for code, label in ReasonCode.choices:
            name = {"reason": label}
            self.fields[f"words_{code}"] = forms.CharField(
                label=_("写给她的话"),
                help_text=_("%(least)s 到 %(most)s 字，说事实，说哪天。")
                % {"least": WORDS_SHORTEST, "most": WORDS_LONGEST},
                required=False,
                initial=found.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 3, "aria-label": _("%(reason)s：写给她的话") % name}),
            )
            self.fields[f"advice_{code}"] = forms.CharField(
                label=_("她可以怎么做"),
                required=False,
                initial=ADVICE.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 2, "aria-label": _("%(reason)s：她可以怎么做") % name}),
            )
            self.fields[f"rank_{code}"] = forms.ChoiceField(
                label=_("%(reason)s：排在第几") % name,
                required=False,
                choices=ranks,
                widget=forms.Select(attrs={"class": "in w-m"}),
            )

    def chosen(self) -> list[Reason]:
        """The ticked reasons in their order. Whether their words will do is for the stage to say."""
        given = self.cleaned_data
        in_order = sorted(given["reasons"], key=lambda code: given[f"rank_{code}"] or "9")
        return [Reason(code, given[f"words_{code}"], given[f"advice_{code}"]) for code in in_order]

    def rows(self) -> Iterator[ReasonRow]:
        ticked = self["reasons"].value() or []
        for code, label in ReasonCode.choices:
            fields = (self[f"words_{code}"], self[f"advice_{code}"], self[f"rank_{code}"])
            yield ReasonRow(code, str(label), code in ticked, *fields)

    def field_of(self, key: str) -> str | None:
        """`reasons`, or `reasons.0.words` of the first in her order."""
        _reasons, _dot, rest = key.partition(".")
        position, _dot, part = rest.partition(".")
        if not position:
            return "reasons"
        code = self.chosen()[int(position)].code
        return f"{part}_{code}" if part in ("words", "advice") else "reasons"
