"""资格自查: seven questions before anybody registers, and one of three outcomes. Nothing is stored."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from loans.models import Policy
from loans.web.answers import NAMES, RESULT, Answers
from loans.web.check_result import result_of
from loans.web.forms.check import QUESTIONS, Question
from loans.web.offered import under_the_policy


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@under_the_policy
def check(request: HttpRequest, policy: Policy, today: date, step: str = NAMES[0]) -> HttpResponse:
    """One question, or the result once all of them are answered."""
    answers = Answers(request.GET, policy, today)
    if step == RESULT:
        return _result(request, answers)
    question = next((one for one in QUESTIONS if one.name == step), None)
    if question is None:
        raise Http404
    if request.method == "POST":
        return _answered(request, question, answers)
    if _is_ahead(step, answers):
        return redirect(answers.url_of(answers.first_open))
    form = question(policy=policy, on=today, initial=request.GET.getlist(step))
    return _page(request, form, answers)


def _answered(request: HttpRequest, question: type[Question], answers: Answers) -> HttpResponse:
    form = question(request.POST, policy=answers.policy, on=answers.on)
    if not form.is_valid():
        return _page(request, form, answers, status=422)
    onward = answers.with_answer(form.name, form.written())
    return redirect(onward.url_of(onward.first_open))


def _page(request: HttpRequest, form: Question, answers: Answers, *, status: int = 200) -> HttpResponse:
    place = NAMES.index(form.name)
    context = {
        "form": form,
        "question": form[form.name],
        "unit": form.unit,
        "number": place + 1,
        "listened_as": f"check-{form.name}",
        "count": len(NAMES),
        "back_url": answers.url_of(NAMES[place - 1]) if place else reverse("home"),
    }
    return render(request, "loans/check.html", context, status=status)


def _result(request: HttpRequest, answers: Answers) -> HttpResponse:
    if answers.first_open != RESULT:
        return redirect(answers.url_of(answers.first_open))
    return render(request, "loans/check_result.html", {"result": result_of(answers)})


def _is_ahead(step: str, answers: Answers) -> bool:
    """A question is shown once those before it are answered: their answers decide what the result can say."""
    open_step = answers.first_open
    return open_step != RESULT and NAMES.index(step) > NAMES.index(open_step)
