"""What a form asks for, tried: done whole, or not at all with the reason beside what was typed."""

from collections.abc import Mapping
from typing import Final

from django import forms
from django.http import HttpRequest

from records.edge import Act, carry_out
from records.refusals import Invalid, Refusal

UNPROCESSABLE: Final = 422
DONE: Final = 200


def attempted(
    request: HttpRequest,
    form: forms.Form,
    act: Act[object],
    *,
    action: str,
    about: str,
    at_field: Mapping[type[Refusal], str] | None = None,
) -> int:
    """Do it, and answer with the status of the page. Where it is refused, the form says why and keeps what was typed.

    The form is bound and valid. `at_field` names the field beside which a refusal belongs, where the form has it.
    """
    try:
        carry_out(request, act, action=action, about=about)
    except Invalid as refusal:
        for error in refusal.errors:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return UNPROCESSABLE
    except Refusal as refusal:
        field = (at_field or {}).get(type(refusal))
        form.add_error(field if field in form.fields else None, str(refusal))
        return refusal.status
    return DONE
