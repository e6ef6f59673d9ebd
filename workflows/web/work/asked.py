"""Which part of the list an address asks for: whose, which tab, under what conditions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone

from accounts.models import Region, User
from accounts.models.organisation import OrganisationKind
from accounts.models.region import RegionLevel
from accounts.permissions import holds, live_memberships
from records.edge import caller
from workflows.inbox import FEDERATION_TABS, PARTNER_TABS, Inbox, Tab
from workflows.models.application import ApplicationQuerySet
from workflows.web.forms.inbox import InboxFilter, kept

WORK, PARTNER = "work", "partner"


@dataclass(frozen=True)
class Asked:
    """`home` is the page of the list: the federation's, or that of guarantor and bank."""

    user: User
    home: str
    inbox: Inbox
    tabs: Sequence[Tab]
    tab: Tab
    conditions: InboxFilter
    narrowed: Q

    @property
    def cases(self) -> ApplicationQuerySet:
        return self.inbox.within(self.tab, narrowed=self.narrowed)

    @property
    def keepable(self) -> dict[str, str]:
        """What of the address can be kept as a view."""
        return {"tab": self.tab.value, **kept(self.conditions)}

    @property
    def offices(self) -> set[int]:
        return {one.organisation_id for one in live_memberships(self.user)}


def asked_of(request: HttpRequest, *, home: str = "") -> Asked:
    """Raises Http404 for whoever has no such list; without `home` it is the one that she has."""
    user = caller(request)
    home = home or home_of(user)
    if not home or not _has_list(user, home):
        raise Http404
    return _read(request.GET, user, home)


def home_of(user: User) -> str:
    """The list of her office; "" where it has none."""
    return next((home for home in (WORK, PARTNER) if _has_list(user, home)), "")


def _read(sent: QueryDict, user: User, home: str) -> Asked:
    inbox = Inbox(user, at=timezone.now())
    tabs = FEDERATION_TABS if home == WORK else PARTNER_TABS
    conditions = InboxFilter(sent, towns=_towns(user) if home == WORK else ())
    return Asked(
        user=user,
        home=home,
        inbox=inbox,
        tabs=tabs,
        tab=next((one for one in tabs if one.value == sent.get("tab")), tabs[0]),
        conditions=conditions,
        narrowed=conditions.condition(today=inbox.today, soon_on=inbox.soon_on()),
    )


def _has_list(user: User, home: str) -> bool:
    if home == WORK:
        return holds(user, "accept")
    kinds = {one.organisation.kind for one in live_memberships(user)}
    return holds(user, "view_case") and not kinds.isdisjoint({OrganisationKind.GUARANTOR, OrganisationKind.BANK})


def _towns(user: User) -> list[Region]:
    """To choose from, for whoever works for the whole city."""
    regions = [one.organisation.region for one in live_memberships(user) if one.grants("accept")]
    city = next((region for region in regions if region.level == RegionLevel.CITY), None)
    return list(Region.objects.filter(parent=city)) if city else []
