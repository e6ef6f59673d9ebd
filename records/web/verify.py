"""Whether a paper is ours, for whoever holds it: by its QR code, or by typing its code. Nobody has to sign in."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.templatetags.page import zh_date_year
from accounts.web.parts import Fact, Tone
from records import papers
from records.models import IssuedPaper


class CodeForm(forms.Form):
    """The twelve letters and figures beside the QR code."""

    use_required_attribute = False

    code = forms.CharField(
        label=gettext_lazy("查验码"),
        help_text=gettext_lazy("印在二维码旁边，一共 12 位，横线不用输"),
        max_length=40,
        error_messages={"required": gettext_lazy("写上查验码，一共 12 位")},
    )


@dataclass(frozen=True)
class Standing:
    """Whether a paper holds today, in words."""

    title: str
    tag: str
    tone: Tone
    icon: str
    words: str


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Asks for the code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if not form.is_valid():
        return _page(request, {"form": form}, status=422 if form.is_bound else 200)
    code: str = form.cleaned_data["code"]
    paper = papers.find(code)
    return redirect("verify_paper", code=paper.verify_code) if paper else _unknown(request, code)


@login_not_required
@never_cache
@require_safe
def verify_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Says what the paper with this code is, or that we issued none."""
    paper = papers.find(code)
    if paper is None:
        return _unknown(request, code)
    return _page(request, {"paper": paper, "standing": _standing(paper), "facts": _facts(paper)})


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, {"unknown": code, "form": CodeForm()}, status=404)


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, "records/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _standing(paper: IssuedPaper) -> Standing:
    voided = getattr(paper, "voided", None)
    if voided is not None:
        words = {"day": zh_date_year(voided.voided_at), "reason": voided.reason}
        return Standing(
            title=_("是我们发的，现在作废了"),
            tag=_("已作废"),
            tone="late",
            icon="cross",
            words=_("%(day)s作废，因为：%(reason)s。") % words,
        )
    later = papers.replaced_by(paper)
    if later is not None:
        words = {"day": zh_date_year(later.issued_at), "number": later.number}
        return Standing(
            title=_("是我们发的，后来又发了新的"),
            tag=_("有新的"),
            tone="soon",
            icon="info",
            words=_("以 %(day)s发的 %(number)s为准。") % words,
        )
    return Standing(title=_("是我们发的，现在有效"), tag=_("有效"), tone="ok", icon="tick", words="")


def _facts(paper: IssuedPaper) -> list[Fact]:
    return [
        Fact(_("文书"), paper.title),
        Fact(_("文号"), paper.number),
        Fact(_("签发单位"), paper.issuer.name),
        Fact(_("签发日期"), zh_date_year(timezone.localdate(paper.issued_at))),
        *(Fact(_(label), value) for label, value in paper.confirms),
    ]
