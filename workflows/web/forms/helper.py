"""委托: whom somebody fills in for, and how she gave her leave."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Region
from accounts.web.widgets import RadioCards, TickCards
from applicants.identity import read_full_name, read_mobile
from applicants.mandates import Scope
from applicants.models import SurveyedWoman
from applicants.models.mandate import PhoneOf, Route
from applicants.pictures import LARGEST_BYTES
from applicants.web.fields import IdentityField, read_id_no_today
from workflows.helping import LEAVE_DAYS, Leave
from workflows.models.application import CameBy

NOTES = {
    Route.LINK.value: gettext_lazy("您填好以后，她点短信里的链接"),
    Route.PAPER.value: gettext_lazy("她签名、按手印，您拍下来，镇妇联再核实"),
    Route.IN_PERSON.value: gettext_lazy("您填好以后，镇妇联当面问她"),
}


class LeaveForm(forms.Form):
    """Her phone, how she agrees, what the helper may do and until when."""

    field_order: Sequence[str] = ("mobile", "phone_of", "route", "paper", "may", "days")

    use_required_attribute = False

    mobile = IdentityField(
        read_mobile,
        label=gettext_lazy("她的手机号"),
        help_text=gettext_lazy("没有手机就空着。"),
        is_optional=True,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    route = forms.ChoiceField(
        label=gettext_lazy("她怎么同意？"),
        choices=Route.choices,
        widget=RadioCards(notes=NOTES),
        error_messages={
            "required": gettext_lazy("选一下她是怎么同意的"),
            "invalid_choice": gettext_lazy("选一下她是怎么同意的"),
        },
    )
    phone_of = forms.ChoiceField(
        label=gettext_lazy("这个手机是谁的？"),
        choices=PhoneOf.choices,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("选一下手机是谁的")},
    )
    paper = forms.FileField(
        label=gettext_lazy("委托书照片"),
        help_text=gettext_lazy("选纸质委托书才要拍。签名和手印要看得清。"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": gettext_lazy("这张照片是空的，重新选一张")},
    )

    may = forms.MultipleChoiceField(
        label=gettext_lazy("交上去以后，她还让您做什么？"),
        help_text=gettext_lazy("问过她再勾。不勾，交上去以后您就看不到了。"),
        choices=[("follow", gettext_lazy("看办到哪一步")), ("supply", gettext_lazy("缺材料时替她补"))],
        required=False,
        widget=TickCards(),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("委托到什么时候？"),
        choices=[(days, gettext_lazy("%d 天") % days) for days in (30, 60, 90)],
        coerce=int,
        initial=LEAVE_DAYS,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        route = given.get("route")
        if route == Route.LINK and "mobile" in given and not given["mobile"]:
            message = _("没有她本人的手机号，就选纸质委托书，或镇干部当面核实")
            self.add_error("mobile", ValidationError(message, code="link_without_mobile"))
        if route == Route.LINK and given.get("phone_of") not in ("", None, PhoneOf.OWN):
            message = _("链接只发她本人的手机。家人的手机，就选纸质委托书，或镇干部当面核实")
            self.add_error("phone_of", ValidationError(message, code="link_to_another_phone"))
        if route == Route.PAPER and "paper" in given and not given["paper"]:
            message = _("她还没同意。让她点短信里的链接，或拍委托书")
            self.add_error("paper", ValidationError(message, code="paper_missing"))
        return given

    def leave(self) -> Leave:
        """What was given, the photograph read no further than the limit."""
        given = self.cleaned_data
        route, photo, may = Route(given["route"]), given["paper"], given["may"]
        is_paper = route == Route.PAPER
        scope = Scope(PhoneOf(given["phone_of"] or PhoneOf.OWN), "supply" in may, "follow" in may)
        return Leave(route, photo.read(LARGEST_BYTES + 1) if is_paper else None, scope, given["days"] or LEAVE_DAYS)


class WomanForm(LeaveForm):
    """The woman herself as well. `villages` are those in which this helper helps; of a single one nobody asks."""

    full_name = IdentityField(
        read_full_name,
        label=gettext_lazy("她的姓名"),
        help_text=gettext_lazy("和身份证上一样。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    id_no = IdentityField(
        read_id_no_today,
        label=gettext_lazy("她的身份证号"),
        help_text=gettext_lazy("18 位，最后一位可能是 X。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    village = forms.ChoiceField(
        label=gettext_lazy("她家在哪个村？"),
        error_messages={
            "required": gettext_lazy("选一下她家在哪个村"),
            "invalid_choice": gettext_lazy("选一下她家在哪个村"),
        },
    )

    field_order = ("full_name", "id_no", "village", "mobile", "came_by", "phone_of", "route", "paper", "may", "days")

    # Asked of the offices alone: to a helper she came by the helper.
    came_by = forms.ChoiceField(
        label=gettext_lazy("她怎么找来的"),
        choices=[(way.value, way.label) for way in (CameBy.COUNTER, CameBy.HOTLINE, CameBy.LETTER)],
        required=False,
        widget=RadioCards(),
        error_messages={"invalid_choice": gettext_lazy("选一下她怎么找来的")},
    )

    def __init__(
        self,
        villages: Sequence[Region],
        data: Any = None,
        files: Any = None,
        *,
        surveyed: SurveyedWoman | None = None,
        is_office: bool = False,
    ) -> None:
        super().__init__(data, files, initial=_told_at_the_door(surveyed) | {"came_by": CameBy.COUNTER})
        if not is_office or surveyed is not None:
            del self.fields["came_by"]
        self.villages = {village.code: village for village in villages}
        if len(villages) == 1:
            del self.fields["village"]
        else:
            choices: Any = self.fields["village"]
            choices.choices = [("", _("选村")), *((one.code, f"{one.parent} {one}") for one in villages)]

    def way_she_came(self) -> CameBy:
        if "came_by" not in self.fields:
            return CameBy.HELPER
        return CameBy(self.cleaned_data.get("came_by") or CameBy.COUNTER)

    def chosen_village(self) -> Region:
        code = self.cleaned_data.get("village") or next(iter(self.villages))
        return self.villages[code]


def _told_at_the_door(row: SurveyedWoman | None) -> dict[str, str]:
    """Nobody is asked twice."""
    return {"full_name": row.full_name, "mobile": row.mobile, "village": row.village.code} if row else {}
