"""What the guarantor does with a case."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.web.parts import Fact
from loans.models.guarantee import CounterGuaranteeKind
from records.models.decision import Outcome
from records.refusals import MoveNotOpen
from workflows.models import Application, GuaranteeProposal
from workflows.stages import guarantee
from workflows.web.case.pool import capacity_of
from workflows.web.case.seconds import open_proposal_of
from workflows.web.forms.cover import CoverForm
from workflows.web.forms.moves import EarlyOpinionForm, SecondForm
from workflows.web.moves.acts import Act, seen
from workflows.web.moves.judging import REASONS_TEMPLATE, reasons_form, reasons_preview, with_reasons
from workflows.wording import MOVES, money


def capacity_beside(application: Application) -> dict[str, Any]:
    """What is left of the pool, and what was put forward where a second officer decides."""
    proposal = open_proposal_of(application)
    wanted_fen = proposal.amount_fen if proposal else application.amount_fen or 0
    return {
        "capacity": capacity_of(application.programme.pool, asked_fen=wanted_fen),
        "two_from": money(application.policy.two_person_guarantee_from_fen),
        "proposed": list(_proposed(proposal)) if proposal else [],
    }


def _proposed(proposal: GuaranteeProposal) -> Iterator[Fact]:
    yield Fact(_("提的人"), str(proposal.decision.proposed_by))
    yield Fact(_("担保金额"), money(proposal.amount_fen))
    yield Fact(_("担保函号"), proposal.letter_no)
    yield Fact(_("意见"), proposal.opinion)
    for given in proposal.counter_guarantees:
        label = CounterGuaranteeKind(given["kind"]).label
        yield Fact(_("反担保"), f"{label}：{given['description']}")


def second_form(application: Application, sent: Any, _today: date) -> SecondForm:
    return SecondForm(sent, initial=seen(application))


def early_form(application: Application, sent: Any, _today: date) -> EarlyOpinionForm:
    return EarlyOpinionForm(sent, initial=seen(application))


def _cover_form(application: Application, sent: Any, _today: date) -> CoverForm:
    return CoverForm(sent, application=application, initial=seen(application))


def _guarantee(application: Application, form: Any, by: User, at: datetime) -> object:
    """Large ones are put forward for a second officer, the others made at once."""
    terms = form.terms()
    if terms.amount_fen >= application.policy.two_person_guarantee_from_fen:
        return guarantee.propose(application, terms=terms, by=by, at=at)
    return guarantee.guarantee(application, terms=terms, by=by, at=at, version=form.cleaned_data["version"])


def _check_guarantee(application: Application, form: Any, by: User, at: datetime) -> object:
    proposal = open_proposal_of(application)
    if proposal is None:
        raise MoveNotOpen("check_guarantee", application.state)
    given = form.cleaned_data
    return guarantee.decide(proposal, outcome=Outcome(given["outcome"]), by=by, at=at, version=given["version"])


def _record_preliminary(application: Application, form: Any, by: User, at: datetime) -> object:
    given = form.cleaned_data
    return guarantee.record_preliminary(application, outcome=given["outcome"], note=given["note"], by=by, at=at)


ACTS = (
    Act(
        "guarantee",
        MOVES["guarantee"],
        _cover_form,
        _guarantee,
        done=gettext_lazy("担保意见交上了。"),
        template="workflows/case/acts/cover.html",
        beside=capacity_beside,
    ),
    Act(
        "check_guarantee",
        gettext_lazy("复核担保意见"),
        second_form,
        _check_guarantee,
        done=gettext_lazy("复核完了。"),
        template="workflows/case/acts/check_guarantee.html",
        beside=capacity_beside,
    ),
    Act(
        "refuse_guarantee",
        MOVES["refuse_guarantee"],
        reasons_form,
        with_reasons(guarantee.refuse_guarantee),
        is_no=True,
        done=gettext_lazy("不同意担保，她会看到原因和能怎么办。"),
        template=REASONS_TEMPLATE,
        preview=reasons_preview,
    ),
    Act(
        "record_preliminary",
        gettext_lazy("先写担保初步意见"),
        early_form,
        _record_preliminary,
        done=gettext_lazy("初步意见记下了。"),
        hint=gettext_lazy("一起走访过，可以先写。到了担保环节还要正式出意见。"),
    ),
)
