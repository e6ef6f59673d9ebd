"""Her consents: one tick for each recipient, none of them made for her."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from applicants.consents import CONSENT_TEXTS, ConsentText
from applicants.models.consent import Recipient


class ConsentField(forms.BooleanField):
    """A tick under the text that it agrees to."""

    def __init__(self, text: ConsentText) -> None:
        names = {"title": text.title, "without": text.without}
        super().__init__(
            label=_("我同意%(title)s") % names,
            error_messages={"required": _("要勾选“%(title)s”。%(without)s可以先不申请，想好再来") % names},
        )
        self.text = text


class ConsentForm(forms.Form):
    use_required_attribute = False

    def __init__(self, recipients: Sequence[Recipient], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for recipient in recipients:
            self.fields[recipient.value] = ConsentField(CONSENT_TEXTS[recipient])
