"""The one list of everything that is missing, and how often an office may ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from applicants.models.document import DocumentKind
from records.refusals import FieldError, Invalid
from workflows.models import Application, SupplementRequest
from workflows.refusals import AskedTwice, HeadNeeded, StillMissing
from workflows.sight import place_of

WHY_LONGEST = 200


@dataclass(frozen=True)
class MissingItem:
    """One thing that is missing or wrong: a kind of document, or "" for anything else, and why it is needed."""

    kind: DocumentKind | str
    why: str


def ask(
    application: Application,
    *,
    stage: str,
    items: Sequence[MissingItem],
    due_on: date,
    allowed_by: User | None,
    second_takes: str,
    by: User,
    at: datetime,
) -> SupplementRequest:
    """Keep the list. The second of a stage needs a head, `allowed_by`, who holds `second_takes` there.

    Raises Invalid where the list is empty or says no why, HeadNeeded, AskedTwice.
    """
    _check(items)
    asked = application.supplements.filter(stage=stage).count()
    if asked >= 2:
        raise AskedTwice
    if asked and (allowed_by is None or not may(allowed_by, second_takes, place_of(application, second_takes))):
        raise HeadNeeded
    return SupplementRequest.objects.create(
        application=application,
        stage=stage,
        sequence=asked + 1,
        items=[{"kind": str(item.kind), "why": item.why.strip()} for item in items],
        due_on=due_on,
        requested_by=by,
        requested_at=at,
        allowed_by=allowed_by if asked else None,
    )


def open_request(application: Application) -> SupplementRequest | None:
    """What she has been asked for and not handed in yet."""
    return application.supplements.filter(supplied_at__isnull=True).order_by("pk").last()


def close(application: Application, *, at: datetime) -> None:
    application.supplements.filter(supplied_at__isnull=True).update(supplied_at=at)


def check_supplied(application: Application, request: SupplementRequest) -> None:
    """Every document that was asked for has been handed in since. Raises StillMissing."""
    since = application.applicant.documents.kept().filter(added_at__gte=request.requested_at)
    there = set(since.values_list("kind", flat=True))
    missing = [item["kind"] for item in request.items if item["kind"] and item["kind"] not in there]
    if missing:
        raise StillMissing(missing)


def reasons_in_words(items: Sequence[MissingItem]) -> str:
    """The list as one line for the log."""
    return "；".join(item.why.strip() for item in items)


def _check(items: Sequence[MissingItem]) -> None:
    if not items:
        raise Invalid(FieldError("items", "items_missing", _("选出全部缺的材料，只能告知一次")))
    errors = []
    for position, item in enumerate(items):
        if item.kind and item.kind not in DocumentKind.values:
            errors.append(FieldError(f"items.{position}.kind", "unknown_kind", _("选一样材料")))
        if not 1 <= len(item.why.strip()) <= WHY_LONGEST:
            errors.append(FieldError(f"items.{position}.why", "why_missing", _("写一下为什么要补，她会看到")))
    if errors:
        raise Invalid(*errors)
