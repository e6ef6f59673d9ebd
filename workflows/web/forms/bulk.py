"""What is asked for once when one thing is done with many cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import live_memberships
from accounts.web.widgets import RadioCards
from workflows.audience import people_of
from workflows.web.forms.moves import words_field

_MISSING = _("选一个人")


class GiveForm(forms.Form):
    """One of the people of her own office."""

    use_required_attribute = False

    owner = forms.TypedChoiceField(
        label=_("交给谁"),
        coerce=int,
        widget=RadioCards(),
        error_messages={"required": _MISSING, "invalid_choice": _MISSING},
    )

    def __init__(self, data: Any, by: User) -> None:
        super().__init__(data)
        offices = [one.organisation for one in live_memberships(by) if one.grants("assign")]
        self.people = {person.pk: person for office in offices for person in people_of(office)}
        owner = self.fields["owner"]
        assert isinstance(owner, forms.TypedChoiceField)
        owner.choices = [(pk, str(person)) for pk, person in self.people.items()]

    def chosen(self) -> User:
        return self.people[self.cleaned_data["owner"]]


class OpinionForm(forms.Form):
    """The same words for each of them."""

    use_required_attribute = False

    opinion = words_field(
        _("推荐意见"),
        required=_("写一下推荐意见"),
        help_text=_("每件都写这一句，担保公司和农信会看到。"),
    )

    def __init__(self, data: Any, _by: User) -> None:
        super().__init__(data)
