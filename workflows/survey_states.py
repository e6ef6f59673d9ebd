"""摸底台账: how far each surveyed woman has come, computed from her row and her application; and who is invited."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, Count, Exists, OuterRef, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import Membership, Region, User
from accounts.permissions import live_memberships, may
from accounts.roles import Role
from applicants.models import SurveyedWoman
from applicants.models.survey_ledger import SurveyedWomanQuerySet, Willing
from applicants.survey_ledger import AlreadyBegun
from records import outbox
from records.refusals import NotPermitted, Refusal
from workflows.models import Application
from workflows.states import HERS_ALONE, State


class Come(TextChoices):
    """In the order of the way."""

    UNFINISHED = "unfinished", gettext_lazy("没填完")
    YES = "yes", gettext_lazy("愿意")
    THINKS = "thinks", gettext_lazy("再想想")
    NO = "no", gettext_lazy("不贷")
    INVITED = "invited", gettext_lazy("已发邀请")
    APPLIED = "applied", gettext_lazy("已申请")
    PAID = "paid", gettext_lazy("已放款")


@dataclass(frozen=True)
class VillageRow:
    """One village of the matrix: how many women stand at each, in the order of `Come`."""

    village: Region
    counts: list[tuple[Come, int]]
    total: int


class NoHelperThere(Refusal):
    """Nobody of the village could take the invitation to her."""

    code = "no_helper_there"
    message = gettext_lazy("这个村还没有代办人，先请管理员添加。")


class NotToInvite(Refusal):
    """She said no, or the row isn't whole."""

    code = "not_to_invite"
    message = gettext_lazy("她没说愿意，或者还没填完，先不发邀请。")


def kept_for(user: User) -> QuerySet[Any]:
    """The rows of the villages that she keeps the ledger of, each with `come`."""
    regions = [one.organisation.region for one in live_memberships(user) if one.grants("keep_survey")]
    rows = SurveyedWoman.objects.none()
    for region in regions:
        rows = rows | SurveyedWoman.objects.filter(village__code__startswith=region.prefix)
    return with_come(rows)


def with_come(rows: SurveyedWomanQuerySet) -> QuerySet[Any]:
    hers = Application.objects.filter(applicant=OuterRef("applicant"))
    handed_in = hers.exclude(state__in=[str(state) for state in HERS_ALONE])
    annotated: QuerySet[Any] = rows.annotate(
        come=Case(
            When(sent_at__isnull=True, then=Value(Come.UNFINISHED)),
            When(Exists(hers.filter(state=State.DISBURSED)), then=Value(Come.PAID)),
            When(Exists(handed_in), then=Value(Come.APPLIED)),
            When(invited_at__isnull=False, then=Value(Come.INVITED)),
            When(applicant__isnull=False, then=Value(Come.INVITED)),
            When(willing=Willing.YES, then=Value(Come.YES)),
            When(willing=Willing.THINKS, then=Value(Come.THINKS)),
            default=Value(Come.NO),
            output_field=CharField(),
        )
    )
    return annotated


def matrix(rows: QuerySet[Any], villages: Sequence[Region]) -> list[VillageRow]:
    """A row for each village, also where nobody was asked yet; one query."""
    counted = rows.order_by().values_list("village", "come").annotate(number=Count("pk"))
    numbers = Counter({(village, come): number for village, come, number in counted})
    return [_village_row(village, numbers) for village in villages]


def _village_row(village: Region, numbers: Counter[tuple[str, str]]) -> VillageRow:
    counts = [(come, numbers[village.pk, come.value]) for come in Come]
    return VillageRow(village, counts, sum(number for _come, number in counts))


@transaction.atomic
def invite(row: SurveyedWoman, *, by: User, at: datetime) -> SurveyedWoman:
    """Ask the helper of her village to begin her application; what she told stands in the form already.

    Raises NotPermitted, NotToInvite, AlreadyBegun, NoHelperThere. Twice is once.
    """
    locked = SurveyedWoman.objects.select_for_update().get(pk=row.pk)
    if not may(by, "keep_survey", locked.village):
        raise NotPermitted
    if locked.applicant_id is not None:
        raise AlreadyBegun
    if locked.sent_at is None or locked.willing == Willing.NO:
        raise NotToInvite
    if locked.invited_at is not None:
        return locked
    members = Membership.objects.live().filter(role=Role.HELPER, organisation__region=locked.village)
    helpers = [member.user for member in members.select_related("user")]
    if not helpers:
        raise NoHelperThere
    locked.invited_at, locked.invited_by = at, by
    locked.save()
    with override("zh-hans"):
        text = _("%(name)s 想申请贷款，请您上门帮她填。她说过的已经写在里面。") % {"name": locked.full_name}
    for helper in helpers:
        once = f"survey_invited:{locked.pk}:{helper.pk}"
        outbox.inbox_message(helper, kind="survey_invited", text=text, about="", once=once, at=at)
    return locked
