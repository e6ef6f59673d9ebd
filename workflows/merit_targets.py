"""What the city expects of its towns and villages in a year. Written down by whom; closed once the year is over."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Region, User
from accounts.permissions import may
from records.models import AuditEntry
from records.refusals import FieldError, Invalid, NotPermitted, Refusal
from workflows.models import Target
from workflows.models.merit import TargetFigure

SET = "set_target"
# More than all women of a city: a slip of the finger.
MOST = 99_999


class YearOver(Refusal):
    """The year of the target has ended: what was asked of it stays."""

    code = "year_over"
    status = 409
    message = _("这一年过完了，目标不能再改。")


def year_end(year: int) -> date:
    return date(year, 12, 31)


@transaction.atomic
def set_target(region: Region, figure: TargetFigure, *, year: int, number: int, by: User, at: datetime) -> Target:
    """Set it, or set it anew; the old number stays in the audit. The same number again changes nothing.

    Raises NotPermitted for whoever isn't of the city, YearOver, Invalid.
    """
    if not may(by, "set_targets", region):
        raise NotPermitted
    today = timezone.localdate(at)
    if today.year > year:
        raise YearOver
    if not 0 <= number <= MOST:
        raise Invalid(FieldError("number", "target_number", _("目标填 0 到 99999 的整数")))
    before = (
        Target.objects.select_for_update().filter(region=region, year_ends_on=year_end(year), figure=figure).first()
    )
    if before is not None and before.number == number:
        return before
    target, _is_new = Target.objects.update_or_create(
        region=region,
        year_ends_on=year_end(year),
        figure=figure,
        defaults={"number": number, "set_by": by, "set_on": today},
    )
    about = f"{region.code} {year} {figure}"
    outcome = f"{before.number if before else '—'} → {number}"
    AuditEntry.objects.create(at=at, by=by, action=SET, about=about, outcome=outcome)
    return target
