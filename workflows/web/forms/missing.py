"""Everything that is missing, on one list with a reason for each: she is told once."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants import documents
from applicants.models.document import DocumentKind
from workflows.missing_items import WHY_LONGEST, MissingItem
from workflows.models import Application
from workflows.web.forms.moves import MoveForm

# What isn't a paper: something on the form itself.
ELSE = "else"


class MissingRow(NamedTuple):
    """One line of the list: the kind, its name, whether it is ticked, and the field for the reason."""

    kind: str
    label: str
    is_ticked: bool
    why: BoundField


class MissingForm(MoveForm):
    """Ticks for what is missing; what isn't there at all is ticked beforehand."""

    missing = forms.MultipleChoiceField(
        label=gettext_lazy("缺少的材料"),
        help_text=gettext_lazy("只能告知一次：把缺的、看不清的都选上，写清怎么补。她照着补，时间先停下来。"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("选出全部缺的材料，只能告知一次")},
    )

    def __init__(self, data: Any = None, *, application: Application, initial: dict[str, Any]) -> None:
        lacking = [str(kind) for kind in documents.missing_kinds(application.applicant)]
        super().__init__(data, initial={"missing": lacking, **initial})
        self.names = {kind.value: str(kind.label) for kind in DocumentKind if kind != DocumentKind.MANDATE}
        self.names[ELSE] = _("填的内容要改")
        self.ticks.choices = list(self.names.items())
        for kind, name in self.names.items():
            self.fields[f"why_{kind}"] = forms.CharField(
                label=_("%(paper)s：怎么补") % {"paper": name},
                required=False,
                max_length=WHY_LONGEST,
                initial=_("还没有交，拍一张清楚的") if kind in lacking else "",
                error_messages={"max_length": gettext_lazy("最多写 200 个字")},
            )

    @property
    def ticks(self) -> forms.MultipleChoiceField:
        field = self.fields["missing"]
        assert isinstance(field, forms.MultipleChoiceField)
        return field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for kind in given.get("missing", []):
            if not given.get(f"why_{kind}"):
                self.add_error(f"why_{kind}", _("写一下怎么补“%(paper)s”，她会看到") % {"paper": self.names[kind]})
        return given

    def items(self) -> list[MissingItem]:
        """What was ticked, as the stage takes it."""
        given = self.cleaned_data
        return [MissingItem("" if kind == ELSE else kind, given[f"why_{kind}"]) for kind in given["missing"]]

    def rows(self) -> Iterator[MissingRow]:
        ticked = self["missing"].value() or []
        for kind, name in self.names.items():
            yield MissingRow(kind, name, kind in ticked, self[f"why_{kind}"])

    def field_of(self, key: str) -> str | None:
        """`items`, or `items.0.why` of the first that was ticked."""
        _items, _dot, rest = key.partition(".")
        position = rest.partition(".")[0]
        if not position:
            return "missing"
        return f"why_{self.cleaned_data['missing'][int(position)]}"
