"""What the town does with an application that has come in."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workflows import partners
from workflows.deadlines import INTAKE
from workflows.models import Application
from workflows.stages import intake
from workflows.web.forms.missing import MissingForm
from workflows.web.moves.acts import Act, bare, seen
from workflows.wording import MOVES

MISSING_TEMPLATE = "workflows/case/acts/missing.html"


def missing_form(application: Application, sent: Any, _today: date) -> MissingForm:
    return MissingForm(sent, application=application, initial=seen(application))


def head_who_allows(application: Application, *, stage: str, by: User) -> User | None:
    """Who allows a second request: whoever makes it, if she is the head. The stage looks whether she is."""
    return by if application.supplements.filter(stage=stage).exists() else None


def _accept(application: Application, form: Any, by: User, at: datetime) -> object:
    return intake.accept(application, by=by, at=at, version=form.cleaned_data["version"])


def _send_back(application: Application, form: Any, by: User, at: datetime) -> object:
    return intake.send_back(
        application,
        items=form.items(),
        by=by,
        at=at,
        version=form.cleaned_data["version"],
        allowed_by=head_who_allows(application, stage=INTAKE, by=by),
    )


def _waitlist(application: Application, form: Any, by: User, at: datetime) -> object:
    return intake.waitlist(application, by=by, at=at, version=form.cleaned_data["version"])


def _call_up(application: Application, form: Any, by: User, at: datetime) -> object:
    return intake.call_up(application, by=by, at=at, version=form.cleaned_data["version"])


def _invite(application: Application, form: Any, by: User, at: datetime) -> object:
    return partners.invite_partners(application, by=by, at=at)


ACTS = (
    Act(
        "accept",
        MOVES["accept"],
        bare,
        _accept,
        done=_("受理了，从明天起算。下一步去走访。"),
        hint=_("材料齐了才受理。从明天起 7 个工作日内要办完，她会收到短信。"),
    ),
    Act(
        "send_back",
        MOVES["send_back"],
        missing_form,
        _send_back,
        done=_("退回给她了，她会收到短信。"),
        template=MISSING_TEMPLATE,
    ),
    Act(
        "waitlist",
        MOVES["waitlist"],
        bare,
        _waitlist,
        done=_("排上队了，有额度再受理。"),
        hint=_("只有额度不够时才排队。她会知道自己排第几。"),
    ),
    Act("call_up", MOVES["call_up"], bare, _call_up, done=_("叫到她了，可以受理。"), hint=_("有额度了，按先后叫。")),
    Act(
        "invite_partners",
        _("请担保公司和农信一起走访"),
        bare,
        _invite,
        done=_("担保公司和农信现在看得到这件了。"),
        hint=_("先把材料给他们看，可以一起走访，早点出意见。她同意过才行。"),
    ),
)
