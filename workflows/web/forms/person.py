"""Who she is and where she lives. Birthday, age and sex stand in the ID number, the town in the village."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Region
from applicants.identity import read_full_name
from applicants.models import Applicant
from applicants.web.fields import IdentityField, read_id_no_today

# Chosen a town, or written a part of the name: the villages are drawn anew, nothing is kept yet.
CHOOSE_TOWN = "choose_town"
_REDRAW_ATTRS = {
    "hx-post": "",
    "hx-vals": f'{{"{CHOOSE_TOWN}": "yes"}}',
    "hx-select": "#village-field",
    "hx-target": "#village-field",
    "hx-swap": "outerHTML",
}
FOUND_MOST: Final = 30


class PersonForm(forms.Form):
    """`villages` are those that may be chosen. An ID number that is kept may be left out: it is shown masked."""

    use_required_attribute = False

    full_name = IdentityField(
        read_full_name,
        label=gettext_lazy("您叫什么名字？"),
        help_text=gettext_lazy("和身份证上一样。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    id_no = IdentityField(
        read_id_no_today,
        label=gettext_lazy("您的身份证号是多少？"),
        help_text=gettext_lazy("18 位，最后一位可能是 X。"),
        # Not the keyboard for digits: on some phones it has no X.
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    find = forms.CharField(
        label=gettext_lazy("写村名找"),
        help_text=gettext_lazy("写一两个字就行。"),
        required=False,
        max_length=30,
        widget=forms.TextInput(
            attrs=_REDRAW_ATTRS | {"hx-trigger": "input changed delay:300ms", "autocomplete": "off", "type": "search"}
        ),
    )
    town = forms.ChoiceField(
        label=gettext_lazy("或者先选镇（街道）"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("选一下您家在哪个镇")},
        widget=forms.Select(attrs=_REDRAW_ATTRS | {"hx-trigger": "change"}),
    )
    village = forms.ChoiceField(
        label=gettext_lazy("村（社区）"),
        error_messages={
            "required": gettext_lazy("选一下您家在哪个村"),
            "invalid_choice": gettext_lazy("选一下您家在哪个村"),
        },
    )
    address = forms.CharField(
        label=gettext_lazy("家在几组几号？"),
        help_text=gettext_lazy("比如 3 组 12 号。走访的人好找。"),
        required=False,
        max_length=80,
        error_messages={"max_length": gettext_lazy("组和门牌号最多写 80 个字")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(
        self, applicant: Applicant, villages: Sequence[Region], data: Any = None, *, typed: Any = None
    ) -> None:
        super().__init__(data, initial=typed.dict() if typed else _kept(applicant))
        self.villages = {village.code: village for village in villages}
        self._offer_places()
        if applicant.id_no:
            id_no: Any = self.fields["id_no"]
            id_no.is_optional = True
            id_no.help_text = _("已填 %(masked)s，不改就空着。") % {"masked": applicant.masked_id_no}

    def clean_village(self) -> Region:
        return self.villages[self.cleaned_data["village"]]

    @property
    def found(self) -> list[Region]:
        """The villages that what she wrote may mean, in any town."""
        written = "".join((self["find"].value() or "").split())
        named = (one for one in self.villages.values() if written and written in f"{one.parent}{one.name}")
        return list(named)[:FOUND_MOST]

    def _offer_places(self) -> None:
        """The towns; the villages that she wrote of, and those of the town that is chosen."""
        towns: dict[str, str] = {}
        for village in self.villages.values():
            assert village.parent is not None
            towns[village.parent.code] = village.parent.name
        town = self["town"].value() or ""
        found = self.found
        offered = {one.code: f"{one.name}（{one.parent}）" for one in found}
        of_town = {one.code: one.name for one in self.villages.values() if one.parent_id == town}
        first = _("选村") if found or of_town else _("先写村名，或者先选镇")
        self._offer("town", [("", _("选镇")), *towns.items()])
        self._offer("village", [("", first), *(of_town | offered).items()])
        if len(found) == 1 and not self.is_bound:
            self.initial["village"] = found[0].code

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def _kept(applicant: Applicant) -> dict[str, Any]:
    village = applicant.village
    return {
        "full_name": applicant.full_name,
        "town": village.parent_id if village else "",
        "village": village.code if village else "",
        "address": applicant.address,
    }
