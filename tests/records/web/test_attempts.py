"""What a form asks for is done whole, or the form says why and keeps what was typed."""

import pytest
from django import forms
from django.test import RequestFactory

from records.models import AuditEntry
from records.refusals import FieldError, Invalid, NotPermitted
from records.web.attempts import attempted

pytestmark = pytest.mark.django_db


class Gift(forms.Form):
    amount = forms.CharField()


@pytest.fixture
def form() -> Gift:
    form = Gift({"amount": "五"})
    assert form.is_valid()
    return form


@pytest.fixture
def tried(form, offices):
    request = RequestFactory().post("/")
    request.user = offices.leader

    def tried(refusal=None, **options):
        def act(by, at):
            if refusal is not None:
                raise refusal

        return attempted(request, form, act, action="give", about="捐 1", **options)

    return tried


def test_what_is_done_leaves_the_form_as_it_is(form, tried):
    assert (tried(), form.errors) == (200, {})


def test_what_is_wrong_stands_beside_its_field_and_the_rest_above(form, tried):
    wrong = Invalid(FieldError("amount", "too_little", "太少了"), FieldError("day", "day_missing", "写上日期"))
    assert tried(wrong) == 422
    assert form.errors == {"amount": ["太少了"], "__all__": ["写上日期"]}
    assert form["amount"].value() == "五"


def test_a_refusal_stands_where_it_belongs_and_is_written_down(form, tried):
    assert tried(NotPermitted(), at_field={NotPermitted: "amount"}) == NotPermitted.status
    assert list(form.errors) == ["amount"]
    assert AuditEntry.objects.get(action="give").about == "捐 1"


def test_where_the_form_lacks_the_field_the_refusal_stands_above(form, tried):
    tried(NotPermitted(), at_field={NotPermitted: "voucher_no"})
    assert list(form.errors) == ["__all__"]
