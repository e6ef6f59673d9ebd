"""A step that asks one question a page."""

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from workflows.models import Application
from workflows.web.apply import questions, steps
from workflows.web.apply.chosen import cases_of
from workflows.web.apply.page import StepPage
from workflows.web.apply.questions import Question


class QuestionPage(StepPage):
    """The form of the whole step, of which the page shows, reads and keeps the fields of one question.

    The step's own address leads to the first question that is open. `templates` are those of questions that are
    more than one field under its own words.
    """

    step: ClassVar[steps.Step]
    template_name = "workflows/apply/question.html"
    templates: ClassVar[dict[str, str]] = {}
    question: Question

    def whole_form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        """The form of all the step's questions."""
        raise NotImplementedError

    def get(self, request: HttpRequest, question: str = "") -> HttpResponse:
        if not question:
            return self._first()
        self.question = self._asked(question)
        return super().get(request)

    def post(self, request: HttpRequest, question: str = "") -> HttpResponse:
        if not question:
            return self._first()
        self.question = self._asked(question)
        return super().post(request)

    def form(self, data: Any = None, *, typed: Any = None) -> forms.Form:
        form = self.whole_form(data, typed=typed)
        for name in form.fields.keys() - set(self.question.fields):
            del form.fields[name]
        return form

    def page(self, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        asked = self._questions
        place = {
            "question": self.question,
            "title": form[self.question.fields[0]].label,
            "question_number": asked.index(self.question) + 1,
            "question_count": len(asked),
        }
        return super().page(form, status=status, **place, **more)

    def template(self) -> str:
        return self.templates.get(self.question.name, self.template_name)

    def frame(self) -> dict[str, Any]:
        return super().frame() | {"back_url": self._back_url()}

    def onward(self) -> HttpResponse:
        fresh: Application = cases_of(self.user).get(pk=self.case.pk)
        if self.comes_from_review:
            return redirect(questions.review_url(fresh, self.step))
        return redirect(
            questions.onward_url(fresh, after=self.step, question=self.question, is_by_helper=self.is_by_helper)
        )

    @property
    def _questions(self) -> list[Question]:
        return questions.questions_of(self.step, self.case)

    def _asked(self, name: str) -> Question:
        found = next((one for one in self._questions if one.name == name), None)
        if found is None:
            raise Http404
        return found

    def _first(self) -> HttpResponse:
        query = self.request.GET.urlencode()
        address = questions.url_of(self.step, self.case)
        return redirect(f"{address}?{query}" if query else address)

    def _back_url(self) -> str:
        """Where she came from: her answers, the question before, or the list."""
        if self.comes_from_review:
            return reverse(steps.REVIEW)
        before = self._questions[: self._questions.index(self.question)]
        return before[-1].url if before else reverse("apply")
