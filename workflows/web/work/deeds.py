"""What can be done with many cases at once: what it is called, whom it asks for, and the one call for each case."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import holds
from records.refusals import Refusal
from workflows import bulk
from workflows.bulk import Picked
from workflows.web.forms.bulk import GiveForm, OpinionForm

Why = Mapping[int, Refusal]


@dataclass(frozen=True)
class Deed:
    """`why_not` says before and again while it is done with which cases it can't be; `do` makes one call."""

    name: str
    label: Promise | str
    permission: str
    hint: Promise | str
    done: Promise | str
    form: Callable[[Any, User], forms.Form]
    why_not: Callable[[Sequence[Picked], User], Why]
    do: Callable[[Picked, Any, User, datetime], object]


def _not_assignable(picked: Sequence[Picked], by: User) -> Why:
    return bulk.not_assignable(picked, by=by)


def _not_recommendable(picked: Sequence[Picked], by: User) -> Why:
    return bulk.not_recommendable(picked, by=by)


def _assign(one: Picked, form: Any, by: User, at: datetime) -> object:
    return bulk.assign(one, owner=form.chosen(), by=by, at=at)


def _recommend(one: Picked, form: Any, by: User, at: datetime) -> object:
    return bulk.recommend(one, opinion=form.cleaned_data["opinion"], by=by, at=at)


DEEDS: Final[Mapping[str, Deed]] = {
    deed.name: deed
    for deed in (
        Deed(
            name="assign",
            label=_("分派"),
            permission="assign",
            hint=_("只能交给本单位的人。时间照算。"),
            done=_("分派好了"),
            form=GiveForm,
            why_not=_not_assignable,
            do=_assign,
        ),
        Deed(
            name="recommend",
            label=_("通过核实"),
            permission="recommend",
            hint=_("只有您看过、每条都满足、没有事等着的才能一起通过。不予通过的要一件一件办。"),
            done=_("推荐出去了"),
            form=OpinionForm,
            why_not=_not_recommendable,
            do=_recommend,
        ),
    )
}


def deeds_of(user: User) -> list[Deed]:
    return [deed for deed in DEEDS.values() if holds(user, deed.permission)]
