"""The answers of the pre-check as they travel in the address: nothing is stored, and the back button goes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from loans import eligibility
from loans.findings import Finding
from loans.models import Policy
from loans.policy_terms import terms_of
from loans.pre_check import PRE_CHECK_RULES, facts_of_answers
from loans.web.forms.check import QUESTIONS, Question

RESULT = "result"
NAMES = tuple(question.name for question in QUESTIONS)


@dataclass(frozen=True)
class Answers:
    """What an address carries; whatever isn't an answer to its question counts as not answered."""

    query: QueryDict
    policy: Policy
    on: date

    @property
    def given(self) -> dict[str, Question]:
        """The questions that are answered, by name, in their order."""
        asked = (one(self.query, policy=self.policy, on=self.on) for one in QUESTIONS if one.name in self.query)
        return {form.name: form for form in asked if form.is_valid()}

    @property
    def first_open(self) -> str:
        """The first question without an answer; the result where there is none."""
        given = self.given
        return next((name for name in NAMES if name not in given), RESULT)

    def findings(self) -> tuple[Finding, ...]:
        """What the rules make of the seven answers."""
        answer: dict[str, Any] = {name: form.answer for name, form in self.given.items()}
        facts = facts_of_answers(
            resides_in_city=answer["home"],
            birth_month=answer["born"],
            public_payroll=answer["payroll"],
            other_loans=answer["loans"],
            project_type=answer["project"],
            has_overdue_debt=answer["overdue"],
            amount_fen=answer["amount"],
        )
        return eligibility.assess(facts, terms_of(self.policy), on=self.on, rules=PRE_CHECK_RULES)

    def with_answer(self, name: str, values: Sequence[str]) -> "Answers":
        query = self.query.copy()
        query.setlist(name, list(values))
        return Answers(query, self.policy, self.on)

    def url_of(self, page: str) -> str:
        """The address of a question, or of the result, that carries what was answered so far."""
        carried = QueryDict(mutable=True)
        for name in NAMES:
            if name in self.query:
                carried.setlist(name, self.query.getlist(name))
        address = reverse("check") if page == NAMES[0] else reverse("check_step", args=[page])
        return f"{address}?{carried.urlencode()}" if carried else address
