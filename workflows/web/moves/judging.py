"""What the federation does with a case: recommend, decline, take down an appeal."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from records.refusals import Invalid
from workflows import matters, reasons
from workflows.answers import contact_of
from workflows.models import Application
from workflows.reasons import Reason
from workflows.stages import eligibility
from workflows.states import State
from workflows.web.forms.matter import SayForm
from workflows.web.forms.moves import OpinionForm, WordsForm
from workflows.web.forms.reasons import ReasonsForm
from workflows.web.moves.acts import Act, Action, bare, seen
from workflows.web.moves.found_reasons import found_reasons
from workflows.wording import MOVES

REASONS_TEMPLATE = "workflows/case/acts/reasons.html"
# Only what the federation declined can be appealed against; guarantor and bank decide for themselves.
FEDERATIONS_TO_DECLINE = (State.SUBMITTED, State.SURVEY, State.ELIGIBILITY)


def reasons_form(application: Application, sent: Any, _today: date) -> ReasonsForm:
    return ReasonsForm(sent, found=found_reasons(application), initial=seen(application))


def reasons_preview(application: Application, form: Any) -> dict[str, Any]:
    """What she will see: the reasons in their order, how to appeal where that is open to her, and whom to call.

    And beside it what is still wrong with the words, each fault said once.
    """
    is_federations = application.state in FEDERATIONS_TO_DECLINE
    return {
        "chosen": form.chosen(),
        "appeal_days": application.policy.appeal_calendar_days if is_federations else None,
        "contact": contact_of(application),
        "wrong": list(_wrong_with(form.chosen())),
    }


def _wrong_with(chosen: Sequence[Reason]) -> Iterator[str]:
    try:
        reasons.check(chosen)
    except Invalid as invalid:
        yield from dict.fromkeys(str(error.message) for error in invalid.errors)


def words_form(application: Application, sent: Any, _today: date) -> WordsForm:
    return WordsForm(sent, initial=seen(application))


def with_reasons(refuse: Callable[..., object]) -> Action:
    """A no of any office."""
    return lambda application, form, by, at: refuse(
        application, reasons=form.chosen(), by=by, at=at, version=form.cleaned_data["version"]
    )


def with_reason(stage_function: Callable[..., object]) -> Action:
    """A move that says why in one sentence."""
    return lambda application, form, by, at: stage_function(
        application, reason=form.cleaned_data["reason"], by=by, at=at, version=form.cleaned_data["version"]
    )


def _opinion_form(application: Application, sent: Any, _today: date) -> OpinionForm:
    return OpinionForm(sent, initial=seen(application))


def _recommend(application: Application, form: Any, by: User, at: datetime) -> object:
    given = form.cleaned_data
    return eligibility.recommend(application, opinion=given["opinion"], by=by, at=at, version=given["version"])


def _say_form(application: Application, sent: Any, _today: date) -> SayForm:
    return SayForm(sent, initial=seen(application))


def _appeal(application: Application, form: Any, by: User, at: datetime) -> object:
    given = form.cleaned_data
    return matters.appeal(application, words=given["words"], by=by, at=at, version=given["version"])


def _end_publicity(application: Application, form: Any, by: User, at: datetime) -> object:
    return eligibility.end_publicity(application, by=by, at=at, version=form.cleaned_data["version"])


ACTS = (
    Act("recommend", MOVES["recommend"], _opinion_form, _recommend, done=_("推荐出去了，担保公司看得到了。")),
    Act(
        "end_publicity",
        MOVES["end_publicity"],
        bare,
        _end_publicity,
        done=_("公示期满，接着往下办。"),
        hint=_("公示期满没人有意见，再往下办。"),
    ),
    Act(
        "decline",
        MOVES["decline"],
        reasons_form,
        with_reasons(eligibility.decline),
        is_no=True,
        done=_("不予通过，她会看到原因和能怎么办。"),
        template=REASONS_TEMPLATE,
        preview=reasons_preview,
    ),
    Act(
        "appeal",
        _("记下她的复核申请"),
        _say_form,
        _appeal,
        done=_("记下了，市妇联没经手过的领导会答复她。"),
        hint=_("她打电话或当面说的，照她的话记，不改不评。"),
    ),
)
