"""What moves ask for. A form reads and checks; the stage function writes, and may still find something wrong."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.web.widgets import RadioCards
from records.models.decision import Outcome
from records.refusals import Invalid

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class MoveForm(forms.Form):
    """Nothing but the version of the case that the page showed: what somebody sees is what she decides on."""

    use_required_attribute = False

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": _("这一页放得太久了，刷新一下再办")}
    )

    def take(self, invalid: Invalid) -> None:
        """Show what the stage found wrong beside the fields that it is about."""
        for error in invalid.errors:
            self.add_error(self.field_of(error.field), ValidationError(str(error.message), code=error.code))

    def field_of(self, key: str) -> str | None:
        """The field that a refusal's key means; None where no single one does."""
        return key if key in self.fields else None

    def renew(self, *, version: int) -> None:
        """Keep what was typed, and let it be sent again for the case as it is now."""
        sent: Any = self.data
        fresh = sent.copy()
        fresh[self.add_prefix("version")] = str(version)
        self.data = fresh


def words_field(label: "StrOrPromise", *, required: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    """Two to two hundred characters in her own words."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        min_length=2,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": required, "min_length": required, "max_length": _("最多写 200 个字")},
    )


class WordsForm(MoveForm):
    """One sentence on why."""

    reason = words_field(_("原因"), required=_("写一下原因"), help_text=_("写进时间线，以后看得到。"))


class ReworkForm(MoveForm):
    reason = words_field(
        _("退回的原因"), required=_("写一下哪里要重办"), help_text=_("写清哪里要重办。时间照算，算在要重办的单位。")
    )


class OpinionForm(MoveForm):
    opinion = words_field(
        _("推荐意见"), required=_("写一下推荐意见"), help_text=_("担保公司和农信会看到。妇联只推荐，不担保也不放款。")
    )


class SecondForm(MoveForm):
    """The second person's word on what another proposed."""

    outcome = forms.ChoiceField(
        label=_("复核意见"),
        choices=Outcome.choices,
        widget=RadioCards(),
        error_messages={"required": _("选一下同意还是不同意"), "invalid_choice": _("选一下同意还是不同意")},
    )


class EarlyOpinionForm(MoveForm):
    """A result that is recorded ahead of its stage."""

    outcome = forms.ChoiceField(
        label=_("结论"),
        choices=[("passed", _("符合")), ("not_passed", _("不符合"))],
        widget=RadioCards(),
        error_messages={"required": _("选一个结论"), "invalid_choice": _("选一个结论")},
    )
    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("最多写 200 个字")},
    )
