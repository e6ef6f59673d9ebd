"""What the list is narrowed by; all of it stands in the address, so that it can be kept and sent on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Region
from applicants.models.business import ProjectType
from workflows import narrowing
from workflows.models.application import CameBy

NOTHING: Mapping[str, str] = {}


class Chip(NamedTuple):
    """One condition that was set; `without` is the address of the list without it."""

    label: str
    without: str


def choice(label: Any, choices: Sequence[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", gettext_lazy("全部")), *choices])


class InboxFilter(forms.Form):
    """By town, stage, deadline, amount, project and source, and by name or number. What nobody offers is left out."""

    use_required_attribute = False

    find = forms.CharField(
        label=gettext_lazy("姓名或编号"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    town = choice(gettext_lazy("镇"), [])
    stage = choice(gettext_lazy("环节"), narrowing.STAGES)
    due = choice(gettext_lazy("期限"), narrowing.Due.choices)
    amount = choice(gettext_lazy("金额"), narrowing.Amount.choices)
    project = choice(gettext_lazy("项目"), ProjectType.choices)
    source = choice(gettext_lazy("来源"), CameBy.choices)

    def __init__(self, data: QueryDict, *, towns: Sequence[Region]) -> None:
        super().__init__(data)
        if len(towns) < 2:
            del self.fields["town"]
        else:
            town = self.fields["town"]
            assert isinstance(town, forms.ChoiceField)
            town.choices = [("", _("全部")), *((one.code, one.name) for one in towns)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"
        # What is no choice counts as none: an old address still shows a list.
        self.is_valid()

    def condition(self, *, today: date, soon_on: date) -> Q:
        """Every condition that is set, together."""
        return narrowing.condition(self.cleaned_data, today=today, soon_on=soon_on)

    def named_chips(self, sent: QueryDict) -> Iterator[tuple[str, Chip]]:
        """Each condition that is set, by its name."""
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if not value:
                continue
            choices: Any = getattr(field, "choices", [(value, value)])
            yield name, Chip(str(dict(choices)[value]), address(sent, without=(name, "after", "before")))

    def chips(self, sent: QueryDict) -> Iterator[Chip]:
        return (chip for _name, chip in self.named_chips(sent))


def address(sent: QueryDict, *, without: Sequence[str] = (), changed: Mapping[str, str] = NOTHING) -> str:
    """The query of the list with some conditions taken out and others set."""
    query = sent.copy()
    for name in (*without, *changed):
        query.pop(name, None)
    query.update(dict(changed))
    return f"?{query.urlencode()}"


def kept(conditions: InboxFilter) -> dict[str, str]:
    """The conditions that are set, but whom somebody looks for by name: what may be stored and told."""
    return {name: str(value) for name, value in conditions.cleaned_data.items() if value and name != "find"}
