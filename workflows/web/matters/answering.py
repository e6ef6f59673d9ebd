"""An office answers what she said, beside her case."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from workflows import answering, loan_requests
from workflows.matter_kinds import AMONG_OFFICES, MatterKind
from workflows.models import Matter
from workflows.models.matter import UNSETTLED
from workflows.web.case.found import Found, found_case
from workflows.web.case.page import case_page
from workflows.web.case.panel import Panel
from workflows.web.forms.matter import AnswerForm
from workflows.web.matters.told import told
from workflows.web.moves.acts import seen
from workflows.web.refused import UNPROCESSABLE, Refused, attempt

Answer = Callable[..., Matter]
GRANT, REFUSE, REPLY, AGREE, OBJECT = "grant", "refuse", "reply", "agree", "object"
ANSWERS: Final[Mapping[str, Answer]] = {GRANT: answering.grant, REFUSE: answering.refuse, REPLY: answering.reply}

# What a yes and a no are called, and what is read before either is given.
OUTCOMES: Final[Mapping[str, list[tuple[str, Promise | str]]]] = {
    MatterKind.APPEAL: [
        (GRANT, gettext_lazy("改判：退回资格审查，重新起算")),
        (REFUSE, gettext_lazy("维持：还是不予通过")),
    ],
    MatterKind.DOUBT: [(REPLY, "")],
    MatterKind.COMPLAINT: [(REPLY, "")],
    MatterKind.EARLY_REPAYMENT: [(GRANT, gettext_lazy("可以，到时扣款")), (REFUSE, gettext_lazy("那天不行"))],
    MatterKind.EXTENSION: [(GRANT, gettext_lazy("同意展期，请她来签协议")), (REFUSE, gettext_lazy("不同意展期"))],
    MatterKind.MISUSE: [(REPLY, "")],
}
_SECONDED: Final[list[tuple[str, Promise | str]]] = [
    (AGREE, gettext_lazy("同意，继续担保")),
    (OBJECT, gettext_lazy("不同意")),
]
HINTS: Final[Mapping[str, Promise | str]] = {
    MatterKind.APPEAL: gettext_lazy("从头看一遍材料、走访和每条原因。没经手过的领导才能定，一次复核只定一次。"),
    MatterKind.DOUBT: gettext_lazy("先打电话给她本人，再和农信对账。写清查到什么、接着怎么办。"),
    MatterKind.COMPLAINT: gettext_lazy("没经手过的人来看。问过她，也问过办事的人，写清查到什么、怎么改。"),
    MatterKind.EARLY_REPAYMENT: gettext_lazy("写清那天要还多少、从哪张卡扣。还款计划不变，钱到了再记还款。"),
    MatterKind.EXTENSION: gettext_lazy("先要担保公司同意。这里只是答复，协议签好以后再办展期；展期的天数不贴息。"),
    MatterKind.MISUSE: gettext_lazy("先问她本人，再看流水和货。写清钱去了哪里，贴息停不停。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def case_matter(request: HttpRequest, number: str, matter: int) -> HttpResponse:
    """The form beside the case; POST answers."""
    found = found_case(request, number)
    said = found.application.matters.answered_by_office_of(found.user).select_related(*Matter.locked_with)
    asked = get_object_or_404(said, pk=matter)
    form = _form(request, found, asked)
    if request.method != "POST":
        if asked.state not in UNSETTLED:
            messages.info(request, _("这一条答复过了。"))
            return redirect("case", number)
        return case_page(request, found, panel=_panel(found, asked, form, None))
    refused = _attempt(found, asked, form) if form.is_valid() else Refused(UNPROCESSABLE)
    if refused is not None:
        found = found_case(request, number)
        return case_page(request, found, panel=_panel(found, asked, form, refused), status=refused.status)
    is_among_offices = asked.kind in AMONG_OFFICES
    if asked.kind == MatterKind.EXTENSION and form.cleaned_data.get("outcome") == GRANT:
        messages.success(request, _("答复好了，她会收到短信。协议签好以后，在这里办展期。"))
        return redirect("case_loan", number)
    messages.success(request, _("记下了。") if is_among_offices else _("答复好了，她会收到短信。"))
    return redirect("case", number)


def _form(request: HttpRequest, found: Found, asked: Matter) -> AnswerForm:
    form = AnswerForm(request.POST or None, outcomes=_outcomes(asked, found.user), initial=seen(found.application))
    if asked.kind in AMONG_OFFICES:
        form.fields["answer"].label, form.fields["answer"].help_text = _("查到了什么"), _("这里写的她看不到。")
    return form


def _outcomes(asked: Matter, user: User) -> list[tuple[str, Promise | str]]:
    """The guarantor's two words where it is asked first, else the office's own."""
    return OUTCOMES[asked.kind] if asked.authority_of(user, "answer_her") else _SECONDED


def _attempt(found: Found, asked: Matter, form: AnswerForm) -> Refused | None:
    given, now = form.cleaned_data, timezone.now()
    return attempt(
        lambda: _do(asked, given, by=found.user, at=now),
        form=form,
        application=found.application,
        seen_version=given["version"],
        by=found.user,
        at=now,
        action=f"answer_{asked.kind}",
        matter=asked,
    )


def _do(asked: Matter, given: dict[str, Any], *, by: User, at: datetime) -> Matter:
    outcome = given.get("outcome", REPLY)
    if outcome in (AGREE, OBJECT):
        return loan_requests.second(asked, agrees=outcome == AGREE, words=given["answer"], by=by, at=at)
    return ANSWERS[outcome](asked, answer=given["answer"], by=by, at=at)


def _panel(found: Found, asked: Matter, form: AnswerForm, refused: Refused | None) -> Panel:
    return Panel(
        title=asked.get_kind_display(),
        url=reverse("case_matter", args=[found.application.number, asked.pk]),
        form=form,
        label=_("记下查清的结果") if asked.kind in AMONG_OFFICES else _("这样答复她"),
        hint=HINTS[asked.kind],
        template="workflows/case/acts/matter.html",
        refused=refused,
        words={"told": told(asked, user=found.user, today=timezone.localdate())},
    )
