"""She puts something to an office in her own words: asks for a review of a no, or complains."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from workflows import loan_requests, matters
from workflows.deadlines import office_of
from workflows.matter_kinds import RULES, MatterKind
from workflows.models import Application, Matter
from workflows.web.forms.matter import SayForm, WantedForm
from workflows.web.my.hers import CasePage
from workflows.web.refused import UNPROCESSABLE, Refused, attempt


@dataclass(frozen=True)
class Saying:
    """The page of one kind: its question, what follows, the button, when it is open, and what it calls."""

    title: Promise | str
    text: Promise | str
    hint: Promise | str
    label: Promise | str
    done: Promise | str
    is_open: Callable[[Application, date], bool]
    act: Callable[[Application, dict[str, Any], User, datetime], Matter]
    form: type[SayForm] = SayForm


def _appeal(case: Application, given: dict[str, Any], by: User, at: datetime) -> Matter:
    return matters.appeal(case, words=given["words"], by=by, at=at, version=given["version"])


def _complain(case: Application, given: dict[str, Any], by: User, at: datetime) -> Matter:
    return matters.complain(case, words=given["words"], by=by, at=at, version=given["version"])


def _ask(kind: MatterKind) -> Callable[[Application, dict[str, Any], User, datetime], Matter]:
    return lambda case, given, by, at: loan_requests.ask(
        case, kind, wanted_on=given["wanted_on"], words=given["words"], by=by, at=at, version=given["version"]
    )


SAYINGS: Final[Mapping[str, Saying]] = {
    MatterKind.APPEAL: Saying(
        gettext_lazy("哪里觉得不对？"),
        gettext_lazy("%(office)s换一位没办过这件的领导，从头再看一遍，%(days)s 个工作日内答复您。不影响以后再申请。"),
        gettext_lazy("比如：我做的是农家乐，不是棋牌室。有新的材料，写上是什么。"),
        gettext_lazy("申请复核"),
        gettext_lazy("收到了，等答复就行。"),
        lambda case, today: matters.may_appeal(case, on=today),
        _appeal,
    ),
    MatterKind.COMPLAINT: Saying(
        gettext_lazy("什么事没办好？"),
        gettext_lazy("%(office)s没办过这件的人来看，%(days)s 个工作日内答复您。办事的人看不到您写的话。"),
        gettext_lazy("谁、哪天、说了什么或做了什么，都可以写。有人要钱、要卡，一定要说。"),
        gettext_lazy("投诉"),
        gettext_lazy("收到了，会给您一个答复。"),
        lambda case, today: matters.may_complain(case),
        _complain,
    ),
    MatterKind.EARLY_REPAYMENT: Saying(
        gettext_lazy("想哪天提前还？"),
        gettext_lazy("%(office)s %(days)s 个工作日内答复您那天要还多少。没还以前，还款计划不变。"),
        gettext_lazy("写上全还还是还一部分。日子选今天以后、到期以前的。"),
        gettext_lazy("请农信答复"),
        gettext_lazy("告诉农信了，等答复。"),
        lambda case, today: loan_requests.may_ask(case, MatterKind.EARLY_REPAYMENT, on=today),
        _ask(MatterKind.EARLY_REPAYMENT),
        WantedForm,
    ),
    MatterKind.EXTENSION: Saying(
        gettext_lazy("想延到哪天？"),
        gettext_lazy("先问担保公司，再由%(office)s定，%(days)s 个工作日内答复您。同意了也要签协议才算数。"),
        gettext_lazy("写上为什么还不上、什么时候能还。延期的天数，政府不补利息。日子选到期以后一年内的。"),
        gettext_lazy("申请展期"),
        gettext_lazy("告诉担保公司和农信了，等答复。"),
        lambda case, today: loan_requests.may_ask(case, MatterKind.EXTENSION, on=today),
        _ask(MatterKind.EXTENSION),
        WantedForm,
    ),
}


class MySay(CasePage):
    def get(self, request: HttpRequest, number: str, kind: str) -> HttpResponse:
        saying = _saying(kind)
        if not saying.is_open(self.case, self.today):
            messages.info(request, _("现在不用写了，看看走到哪里。"))
            return redirect("my_case", number)
        return self._page(kind, saying.form(initial={"version": self.case.version}))

    def post(self, request: HttpRequest, number: str, kind: str) -> HttpResponse:
        saying = _saying(kind)
        form = saying.form(request.POST)
        if not form.is_valid():
            return self._page(kind, form, Refused(UNPROCESSABLE))
        given = form.cleaned_data
        refused = attempt(
            lambda: saying.act(self.case, given, self.user, self.now),
            form=form,
            application=self.case,
            seen_version=given["version"],
            by=self.user,
            at=self.now,
            action=kind,
        )
        if refused is not None:
            self.case = self.fresh_case(number)
            return self._page(kind, form, refused)
        messages.success(request, str(saying.done))
        return redirect("my_case", number)

    def _page(self, kind: str, form: SayForm, refused: Refused | None = None) -> HttpResponse:
        saying = SAYINGS[kind]
        office = office_of(self.case.city) if "city" in RULES[kind].offices else self.case.bank
        context = {
            "case": self.case,
            "saying": saying,
            "text": str(saying.text) % {"office": office.short_name, "days": RULES[kind].days},
            "phone": office.phone,
            # An appeal can be taken down for her at the phone; the others she sends herself.
            "is_taken_down": kind == MatterKind.APPEAL,
            "form": form,
            "refused": refused,
            "has_errors": refused is not None,
        }
        status = refused.status if refused else 200
        return render(self.request, "workflows/my/say.html", context, status=status)


def _saying(kind: str) -> Saying:
    saying = SAYINGS.get(kind)
    if saying is None:
        raise Http404
    return saying
