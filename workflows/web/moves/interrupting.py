"""What holds a case up or sends it back a step."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workflows.deadlines import STAGE_OF
from workflows.models import Application
from workflows.stages import interruptions
from workflows.web.forms.moves import ReworkForm
from workflows.web.moves.acts import Act, seen
from workflows.web.moves.intake import MISSING_TEMPLATE, head_who_allows, missing_form
from workflows.web.moves.judging import with_reason, words_form
from workflows.wording import MOVES


def _rework_form(application: Application, sent: Any, _today: date) -> ReworkForm:
    return ReworkForm(sent, initial=seen(application))


def _request_supplement(application: Application, form: Any, by: User, at: datetime) -> object:
    stage = STAGE_OF.get(application.state, "")
    return interruptions.request_supplement(
        application,
        items=form.items(),
        by=by,
        at=at,
        version=form.cleaned_data["version"],
        allowed_by=head_who_allows(application, stage=stage, by=by),
    )


ACTS = (
    Act(
        "request_supplement",
        MOVES["request_supplement"],
        missing_form,
        _request_supplement,
        done=_("告诉她了，时间先停下来，补齐接着算。"),
        template=MISSING_TEMPLATE,
    ),
    Act(
        "return_for_rework",
        MOVES["return_for_rework"],
        _rework_form,
        with_reason(interruptions.return_for_rework),
        done=_("退回上一环节了。"),
    ),
    Act(
        "freeze",
        MOVES["freeze"],
        words_form,
        with_reason(interruptions.freeze),
        is_no=True,
        done=_("冻结了，谁也不能往下办，等市妇联核实。"),
        hint=_("她说“不是我办的”，或怀疑有人冒名，先冻结。写明她什么时候、怎么说的。"),
    ),
    Act(
        "unfreeze",
        MOVES["unfreeze"],
        words_form,
        with_reason(interruptions.unfreeze),
        done=_("解除冻结了，接着往下办。"),
        hint=_("打电话或当面问过她本人，写明她怎么说。"),
    ),
)
