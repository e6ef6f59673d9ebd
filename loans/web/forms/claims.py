"""What the offices write on a claim: the bank its figures, the guarantor its word, the treasury its review."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web.widgets import RadioCards
from loans.claims.making import BankFigure
from loans.models.claim import AdvancedBy
from loans.money import NotAnAmount, parse_yuan
from loans.web.forms.figures import DayField, YuanField

FILE_BYTES_MAX: Final = 2_000_000
# What the bank's system may write: Excel's own CSV in Chinese is GB 18030.
ENCODINGS: Final = ("utf-8-sig", "gb18030")


def _words(label: Any, *, required: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": required, "max_length": gettext_lazy("最多写 200 个字")},
    )


class PlainForm(forms.Form):
    """A press of a button."""

    use_required_attribute = False


class BankFileForm(PlainForm):
    """The bank's own figures as a file: 贷款编号, 贴息金额, 原因."""

    file = forms.FileField(
        label=gettext_lazy("农信的贴息清单"),
        help_text=gettext_lazy("CSV 文件，三列：贷款编号、贴息金额、原因。没列的按系统算的。"),
        error_messages={"required": gettext_lazy("先选文件"), "empty": gettext_lazy("这个文件是空的")},
    )

    def clean_file(self) -> dict[str, BankFigure]:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > FILE_BYTES_MAX:
            raise ValidationError(_("文件太大了，最多 2 MB"), code="file_too_large")
        return dict(_figures(_text_of(file.read())))


def _text_of(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("读不出文字，另存为 CSV 再传"), code="file_unreadable")


def _figures(text: str) -> Iterator[tuple[str, BankFigure]]:
    seen: set[str] = set()
    for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        cells = [cell.strip() for cell in row] + ["", "", ""]
        if not any(cells) or (number == 1 and not cells[0].startswith("L")):
            continue  # an empty line, or the heading
        if cells[0] in seen:
            raise ValidationError(_("第 %(row)s 行：%(loan)s 写了两次"), params={"row": number, "loan": cells[0]})
        seen.add(cells[0])
        try:
            yield cells[0], BankFigure(parse_yuan(cells[1]), cells[2][:200])
        except NotAnAmount as error:
            raise ValidationError(_("第 %(row)s 行：金额读不懂"), params={"row": number}) from error


class BankFigureForm(PlainForm):
    amount = YuanField(label=gettext_lazy("农信算的贴息"))
    reason = _words(
        gettext_lazy("为什么和系统算的不一样"),
        required=gettext_lazy("写一下原因"),
        help_text=gettext_lazy("比系统算的多，一定要写。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class OpinionForm(PlainForm):
    agrees = forms.ChoiceField(
        label=gettext_lazy("担保意见"),
        choices=[("yes", gettext_lazy("同意申报")), ("no", gettext_lazy("有不同意见"))],
        widget=RadioCards(columns=2),
        error_messages={"required": gettext_lazy("选一下意见"), "invalid_choice": gettext_lazy("选一下意见")},
    )
    words = _words(gettext_lazy("意见说明"), required="", help_text=gettext_lazy("有不同意见要写，财政局看得到。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("agrees") == "no" and not cleaned.get("words", "").strip():
            self.add_error("words", ValidationError(_("不同意，写一下为什么"), code="required"))
        return cleaned


class WordsForm(PlainForm):
    """One thing to say: what to mend, what to ask, what to answer."""

    words = _words(gettext_lazy("说明"), required=gettext_lazy("写一下说明"))


class PaymentForm(PlainForm):
    paid_on = DayField(label=gettext_lazy("拨付日期"), required=gettext_lazy("写上拨付日期"))
    voucher_no = forms.CharField(
        label=gettext_lazy("凭证号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("写上凭证号"), "max_length": gettext_lazy("凭证号最多写 40 个字")},
    )
    advanced_by = forms.ChoiceField(
        label=gettext_lazy("上级资金没到时，谁先垫付"), choices=AdvancedBy.choices, widget=RadioCards(columns=2)
    )

    def __init__(self, sent: Any = None, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"paid_on": today, "advanced_by": AdvancedBy.NOBODY})
        super().__init__(sent, *args, **kwargs)


class RefundForm(PlainForm):
    refunded_on = DayField(label=gettext_lazy("退到卡上的日期"), required=gettext_lazy("写上退到卡上的日期"))
    bank_serial = forms.CharField(
        label=gettext_lazy("批次流水号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("写上流水号"), "max_length": gettext_lazy("流水号最多写 40 个字")},
    )
