"""石榴市 and everybody who works there. All of it is made up; area code 990000 is assigned to no place."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from accounts.appointments import appoint
from accounts.models import Organisation, Region, User
from accounts.models.organisation import OrganisationKind
from accounts.models.region import RegionLevel
from accounts.models.user import UserKind
from accounts.roles import Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=SHANGHAI)
PASSWORD = "sunflower-2026"


@dataclass(frozen=True)
class Offices:
    """Regions, organisations and people, by the part they play. `towns[0]` is where `town_reviewer` works."""

    city: Region
    towns: tuple[Region, ...]  # 石榴镇 樱桃镇 柿子镇
    villages: tuple[Region, ...]  # two of each town, in the order of the towns

    city_federation: Organisation
    town_federations: tuple[Organisation, ...]
    village_federation: Organisation  # of villages[0]
    guarantor: Organisation
    bank: Organisation
    finance: Organisation

    helper: User  # of villages[0]
    town_reviewer: User
    town_reviewer2: User
    other_town_reviewer: User  # of towns[1]
    city_reviewer: User
    city_reviewer2: User
    leader: User  # head of the city federation
    guarantor_officer: User
    guarantor_officer2: User
    bank_officer: User
    bank_officer2: User
    finance_officer: User
    finance_officer2: User
    sysadmin: User
    secadmin: User
    auditor: User
    clock: User  # the city federation's own machine: time passes by it
    bank_system: User  # the bank's core system


def office_tree() -> Offices:
    """Make all of it. Every member of staff signs in with PASSWORD."""
    city = region("990000000000", "石榴市")
    towns = tuple(
        region(f"99000010{n}000", name, parent=city) for n, name in enumerate(("石榴镇", "樱桃镇", "柿子镇"), start=1)
    )
    names = (("河湾村", "南坡村"), ("桃林村", "井头村"), ("柿园村", "岭上村"))
    villages = tuple(
        region(f"{town.prefix}{200 + n}", name, parent=town)
        for town, pair in zip(towns, names, strict=True)
        for n, name in enumerate(pair, start=1)
    )
    federation = OrganisationKind.FEDERATION
    city_federation = organisation("石榴市妇女联合会", "市妇联", kind=federation, region=city)
    town_federations = tuple(
        organisation(f"{town.name}妇女联合会", f"{town.name}妇联", kind=federation, region=town) for town in towns
    )
    village_federation = organisation("河湾村妇女联合会", "河湾村妇联", kind=federation, region=villages[0])
    guarantor = organisation("石榴市融资担保有限公司", "担保公司", kind=OrganisationKind.GUARANTOR, region=city)
    bank = organisation("石榴市农村信用合作联社", "农信", kind=OrganisationKind.BANK, region=city)
    finance = organisation("石榴市财政局", "财政局", kind=OrganisationKind.FINANCE, region=city)
    return Offices(
        city=city,
        towns=towns,
        villages=villages,
        city_federation=city_federation,
        town_federations=town_federations,
        village_federation=village_federation,
        guarantor=guarantor,
        bank=bank,
        finance=finance,
        helper=officer("helper", "白杏花", organisation=village_federation, role=Role.HELPER),
        town_reviewer=officer("town", "孟春草", organisation=town_federations[0], role=Role.TOWN_REVIEWER),
        town_reviewer2=officer("town2", "乔麦穗", organisation=town_federations[0], role=Role.TOWN_REVIEWER),
        other_town_reviewer=officer("town3", "苗小满", organisation=town_federations[1], role=Role.TOWN_REVIEWER),
        city_reviewer=officer("city", "纪荷香", organisation=city_federation, role=Role.CITY_REVIEWER),
        city_reviewer2=officer("city2", "骆晚秋", organisation=city_federation, role=Role.CITY_REVIEWER),
        leader=head("leader", "温若兰", organisation=city_federation, role=Role.CITY_REVIEWER),
        guarantor_officer=officer("guarantor", "葛立新", organisation=guarantor, role=Role.GUARANTOR_OFFICER),
        guarantor_officer2=officer("guarantor2", "薄海宁", organisation=guarantor, role=Role.GUARANTOR_OFFICER),
        bank_officer=officer("bank", "成雅静", organisation=bank, role=Role.BANK_OFFICER),
        bank_officer2=officer("bank2", "闻一舟", organisation=bank, role=Role.BANK_OFFICER),
        finance_officer=officer("finance", "尚明义", organisation=finance, role=Role.FINANCE_OFFICER),
        finance_officer2=officer("finance2", "宁知远", organisation=finance, role=Role.FINANCE_OFFICER),
        sysadmin=officer("sysadmin", "简一平", organisation=city_federation, role=Role.SYSTEM_ADMIN),
        secadmin=officer("secadmin", "卫长安", organisation=city_federation, role=Role.SECURITY_ADMIN),
        auditor=officer("auditor", "明鉴秋", organisation=city_federation, role=Role.AUDITOR),
        clock=machine("clock", acts_for=city_federation),
        bank_system=machine("bank-core", acts_for=bank),
    )


def region(code: str, name: str, *, parent: Region | None = None) -> Region:
    below = {"": RegionLevel.CITY, "city": RegionLevel.TOWN, "town": RegionLevel.VILLAGE}
    level = below[parent.level if parent else ""]
    return Region.objects.create(code=code, name=name, level=level, parent=parent, valid_from=date(2020, 1, 1))


def organisation(name: str, short_name: str, *, kind: OrganisationKind, region: Region) -> Organisation:
    return Organisation.objects.create(name=name, short_name=short_name, kind=kind, region=region, phone="0999-0123456")


def officer(username: str, name: str, *, organisation: Organisation, role: Role) -> User:
    """Somebody who works there in one role, not as its head."""
    user = staff(username, name)
    appoint(user, organisation=organisation, role=role, at=OPENED_AT, is_head=False)
    return user


def head(username: str, name: str, *, organisation: Organisation, role: Role) -> User:
    user = staff(username, name)
    appoint(user, organisation=organisation, role=role, at=OPENED_AT, is_head=True)
    return user


def staff(username: str, name: str) -> User:
    """Somebody with a password and no role yet."""
    return User.objects.create(
        username=username, name=name, phone="0999-0123456", kind=UserKind.STAFF, password=_hashed()
    )


def machine(username: str, *, acts_for: Organisation) -> User:
    return User.objects.create(username=username, name=username, kind=UserKind.MACHINE, acts_for=acts_for)


def phone_user(username: str) -> User:
    """Whoever signs in by phone; who she is stands in `Applicant`."""
    return User.objects.create(username=username, kind=UserKind.APPLICANT)


@lru_cache(maxsize=1)
def _hashed() -> str:
    return make_password(PASSWORD)
