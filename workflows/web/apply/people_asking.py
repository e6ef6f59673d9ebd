"""请他同意: a link to somebody's own phone, or a paper that they sign and she photographs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from applicants.models.document import DocumentKind
from applicants.parties import Named
from applicants.party_texts import PARTY_TEXTS
from records import outbox
from records.refusals import MoveNotOpen, Refusal
from workflows import people
from workflows.web.apply import steps
from workflows.web.apply.page import DraftPage
from workflows.web.forms.people import AskForm
from workflows.web.forms.photo import PhotoForm
from workflows.wording import money


class AskPage(DraftPage):
    step = steps.OTHERS
    template_name = "workflows/apply/people_ask.html"
    whom: Named

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key: str = kwargs.pop("key")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        self.whom = self._whom()
        return self._show(AskForm(initial={"mobile": self.whom.mobile}), PhotoForm(DocumentKind.PARTY_CONSENT))

    def post(self, request: HttpRequest) -> HttpResponse:
        self.whom = self._whom()
        if "photo" in request.FILES or "on_paper" in request.POST:
            return self._on_paper(PhotoForm(DocumentKind.PARTY_CONSENT, request.POST, request.FILES))
        return self._by_link(AskForm(request.POST))

    def _by_link(self, form: AskForm) -> HttpResponse:
        photo = PhotoForm(DocumentKind.PARTY_CONSENT)
        if not form.is_valid():
            return self._show(form, photo, status=422)
        mobile, build = form.cleaned_data["mobile"], self.request.build_absolute_uri

        def link_of(token: str) -> str:
            return build(reverse("party", args=[token]))

        try:
            once = self.keep(lambda draft, at: people.ask(draft, self.whom, mobile=mobile, link_of=link_of, at=at))
        except MoveNotOpen:
            return self.too_late()
        except Refusal as refusal:
            form.add_error("mobile", str(refusal))
            return self._show(form, photo, status=refusal.status)
        outbox.send_now(once, at=timezone.now())
        messages.success(self.request, _("链接发到%(name)s的手机了，他点了同意就行。") % {"name": self.whom.full_name})
        return redirect("apply_people")

    def _on_paper(self, photo: PhotoForm) -> HttpResponse:
        form = AskForm(initial={"mobile": self.whom.mobile})
        if not photo.is_valid():
            return self._show(form, photo, status=422)
        content = photo.content()
        try:
            self.keep(lambda draft, at: people.agree_on_paper(draft, self.whom, content=content, by=self.user, at=at))
        except MoveNotOpen:
            return self.too_late()
        except Refusal as refusal:
            photo.add_error("photo", str(refusal))
            return self._show(form, photo, status=refusal.status)
        messages.success(self.request, _("同意书收到了，镇妇联会看。"))
        return redirect("apply_people")

    def _show(self, form: AskForm, photo: PhotoForm, *, status: int = 200) -> HttpResponse:
        refused = photo if photo.is_bound and photo.errors else form
        return self.page(
            refused,
            status=status,
            whom=self.whom,
            ask=form,
            photo=photo,
            text=PARTY_TEXTS[self.whom.role],
            back_url=reverse("apply_people"),
            hub_url=reverse("apply_people"),
        )

    def _whom(self) -> Named:
        whom = people.find_named(self.case.applicant, self.key)
        if whom is None:
            raise Http404
        return whom


class ConsentPaper(AskPage):
    """The text to be printed and signed."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        whom = self._whom()
        answers_for_it = whom.role in people.ROLES_THAT_ANSWER_FOR_IT
        context = {
            "case": self.case,
            "whom": whom,
            "amount": money(self.case.amount_fen or 0) if answers_for_it else "",
            "text": PARTY_TEXTS[whom.role],
            "today": timezone.now(),
            "back_url": reverse("apply_people_ask", args=[whom.key]),
        }
        return render(request, "workflows/apply/people_paper.html", context)
