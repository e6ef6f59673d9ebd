"""The findings of a case: made by the rules each time it enters eligibility, kept as they were on the day."""

from datetime import datetime

from django.db.models import Max, QuerySet
from django.utils import timezone

from loans import eligibility
from loans.policy_terms import terms_of
from workflows.facts import facts_of
from workflows.models import Application, AssessedFinding
from workflows.models.finding import FindingOutcome


def assess(application: Application, *, at: datetime) -> list[AssessedFinding]:
    """Run every rule of the policy as of the day of application, and keep what they find as a new round."""
    assert application.submitted_at is not None, "only what was handed in is assessed"
    found = eligibility.assess(
        facts_of(application), terms_of(application.policy), on=timezone.localdate(application.submitted_at)
    )
    this_round = _last_round(application) + 1
    return AssessedFinding.objects.bulk_create(
        AssessedFinding(
            application=application,
            round=this_round,
            position=position,
            rule=finding.rule,
            outcome=FindingOutcome(finding.outcome),
            found=finding.found.as_json(),
            required=finding.required.as_json(),
            clause=finding.clause,
            policy_version=finding.policy_version,
            assessed_at=at,
        )
        for position, finding in enumerate(found, start=1)
    )


def current(application: Application) -> QuerySet[AssessedFinding]:
    """The latest round: what holds today."""
    return application.findings.filter(round=_last_round(application))


def in_the_way(application: Application) -> list[str]:
    """The rules that keep the city from recommending: not settled yet, or not met."""
    return [finding.rule for finding in current(application) if finding.conclusion != FindingOutcome.MET]


def _last_round(application: Application) -> int:
    last: int | None = application.findings.aggregate(last=Max("round"))["last"]
    return last or 0
