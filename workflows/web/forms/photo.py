"""One photograph, of one kind of paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applicants.models.document import DocumentKind
from applicants.pictures import LARGEST_BYTES

WRITTEN_BY_OFFICES = (
    DocumentKind.LICENCE,
    DocumentKind.CONTRACT,
    DocumentKind.VILLAGE_CERTIFICATE,
    DocumentKind.OTHER,
)


class PhotoForm(forms.Form):
    use_required_attribute = False

    photo = forms.FileField(
        label=_("照片"),
        # No `capture`: it hides the album. One file at a time: in-app browsers lose the others.
        widget=forms.FileInput,
        error_messages={
            "required": _("先拍一张，或从相册选一张"),
            "invalid": _("先拍一张，或从相册选一张"),
            "missing": _("先拍一张，或从相册选一张"),
            "empty": _("这张照片是空的，重新选一张"),
        },
    )

    def __init__(self, kind: DocumentKind, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id=f"{kind}-%s")
        self.kind = kind

    @property
    def accept(self) -> str:
        """What the phone offers. Only what offices write comes as PDF; a phone asked for one may hide its camera."""
        return "image/*,application/pdf" if self.kind in WRITTEN_BY_OFFICES else "image/*"

    def content(self) -> bytes:
        """The file's bytes, no more of them than one above the limit: enough to see that it is too large."""
        content: bytes = self.cleaned_data["photo"].read(LARGEST_BYTES + 1)
        return content
