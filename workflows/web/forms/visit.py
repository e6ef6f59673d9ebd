"""What the visitors saw at her home and her business, on one page that can be filled in at her gate."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.web.widgets import RadioCards, TickCards
from applicants.pictures import LARGEST_BYTES
from loans.web.forms.figures import DayField, YuanField
from workflows.models.survey import Voluntary
from workflows.stages.survey import SEEN_SHORTEST, Visit
from workflows.web.forms.moves import MoveForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOT_MET = _("没见到本人，这次走访不能作为通过的依据")


def yes_or_no(
    label: "StrOrPromise", *, yes: "StrOrPromise", no: "StrOrPromise", notes: dict[str, Any] | None = None
) -> forms.TypedChoiceField:
    """A question of two answers, neither chosen beforehand."""
    missing = _("选一个答案")
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda answer: answer == "yes",
        widget=RadioCards(notes=notes),
        error_messages={"required": missing, "invalid_choice": missing},
    )


def photo_field(label: "StrOrPromise", *, help_text: "StrOrPromise" = "") -> forms.FileField:
    """One photograph, or none. No `capture`: it hides the album."""
    return forms.FileField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": _("这张照片是空的，重新选一张")},
    )


class VisitForm(MoveForm):
    """In the order of the visit: who went, whom they met, what they asked, what they saw."""

    visit_on = DayField(label=_("哪天去的"), required=_("写上走访日期"))
    visitors = forms.TypedMultipleChoiceField(
        label=_("谁去的"),
        coerce=int,
        widget=TickCards(),
        error_messages={"required": _("选上去走访的人"), "invalid_choice": _("从名单里选走访的人")},
    )
    met_in_person = yes_or_no(_("见到本人了吗"), yes=_("见到了"), no=_("没见到"), notes={"no": NOT_MET})
    identity_matches = yes_or_no(_("人和身份证对得上吗"), yes=_("对得上"), no=_("对不上，或没看到身份证"))
    was_asked_alone = yes_or_no(_("单独问过她吗"), yes=_("问过，旁边没有别人"), no=_("没有"))
    voluntary = forms.ChoiceField(
        label=_("是她自己愿意办的吗"),
        choices=Voluntary.choices,
        widget=RadioCards(),
        error_messages={"required": _("选一下她是不是自愿"), "invalid_choice": _("选一下她是不是自愿")},
    )
    family_knows = yes_or_no(_("家人知道这笔贷款吗"), yes=_("知道"), no=_("不知道"))
    business_is_real = yes_or_no(
        _("项目是真的在做吗"),
        yes=_("真的在做，或正准备做"),
        no=_("没看到在做"),
        notes={"yes": _("看到场地、货或客人；还没开张的，场地备好了")},
    )
    seen = forms.CharField(
        label=_("您看到了什么"),
        help_text=_("写数量，写地方，像跟人说话那样写。"),
        min_length=SEEN_SHORTEST,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("写一下看到了什么，至少 10 个字"),
            "min_length": _("写一下看到了什么，至少 10 个字"),
            "max_length": _("最多写 1000 个字"),
        },
    )
    suggested_amount = YuanField(label=_("建议贷多少"), help_text=_("按看到的估，写 50000 或 5万 都行。"))

    photo_1 = photo_field(_("现场照片"), help_text=_("不传也行，最多两张。照片里的位置信息会去掉。"))
    photo_2 = photo_field(_("再来一张"))

    def __init__(self, data: Any = None, *, colleagues: Sequence[User], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.people = {person.pk: person for person in colleagues}
        visitors = self.fields["visitors"]
        assert isinstance(visitors, forms.TypedMultipleChoiceField)
        visitors.choices = [(pk, str(person)) for pk, person in self.people.items()]

    def visit(self) -> Visit:
        given = self.cleaned_data
        return Visit(
            visited_on=given["visit_on"],
            visitors=tuple(self.people[pk] for pk in given["visitors"]),
            met_in_person=given["met_in_person"],
            identity_matches=given["identity_matches"],
            was_asked_alone=given["was_asked_alone"],
            voluntary=given["voluntary"],
            family_knows=given["family_knows"],
            business_is_real=given["business_is_real"],
            seen=given["seen"],
            suggested_amount_fen=given["suggested_amount"],
        )

    def photos(self) -> list[bytes]:
        """What was photographed, no more of each than shows that it is too large."""
        given = (self.cleaned_data[name] for name in ("photo_1", "photo_2"))
        return [photo.read(LARGEST_BYTES + 1) for photo in given if photo]
