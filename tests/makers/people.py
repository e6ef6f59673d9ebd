"""石榴市 and everybody who works there. All of it is made up; area code 990000 is assigned to no place."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from accounts.appointments import appoint
from accounts.models import Membership, Organisation, Region, User
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


# attribute of Offices: (log-in, name, office, role, is head)
STAFF = {
    "helper": ("helper", "白杏花", "village", Role.HELPER, False),
    "town_reviewer": ("town", "孟春草", "town 0", Role.TOWN_REVIEWER, False),
    "town_reviewer2": ("town2", "乔麦穗", "town 0", Role.TOWN_REVIEWER, False),
    "other_town_reviewer": ("town3", "苗小满", "town 1", Role.TOWN_REVIEWER, False),
    "city_reviewer": ("city", "纪荷香", "city", Role.CITY_REVIEWER, False),
    "city_reviewer2": ("city2", "骆晚秋", "city", Role.CITY_REVIEWER, False),
    "leader": ("leader", "温若兰", "city", Role.CITY_REVIEWER, True),
    "guarantor_officer": ("guarantor", "葛立新", "guarantor", Role.GUARANTOR_OFFICER, False),
    "guarantor_officer2": ("guarantor2", "薄海宁", "guarantor", Role.GUARANTOR_OFFICER, False),
    "bank_officer": ("bank", "成雅静", "bank", Role.BANK_OFFICER, False),
    "bank_officer2": ("bank2", "闻一舟", "bank", Role.BANK_OFFICER, False),
    "finance_officer": ("finance", "尚明义", "finance", Role.FINANCE_OFFICER, False),
    "finance_officer2": ("finance2", "宁知远", "finance", Role.FINANCE_OFFICER, False),
    "sysadmin": ("sysadmin", "简一平", "city", Role.SYSTEM_ADMIN, False),
    "secadmin": ("secadmin", "卫长安", "city", Role.SECURITY_ADMIN, False),
    "auditor": ("auditor", "明鉴秋", "city", Role.AUDITOR, False),
}
MACHINES = {"clock": ("clock", "city"), "bank_system": ("bank-core", "bank")}
VILLAGES = (("河湾村", "南坡村"), ("桃林村", "井头村"), ("柿园村", "岭上村"))


def office_tree() -> Offices:
    """Make all of it. Every member of staff signs in with PASSWORD.

    Written in bulk, without row history: most tests begin with it.
    """
    city, towns, villages = _regions()
    offices = _organisations(city, towns, villages[0])
    people = _people(offices)
    return Offices(
        city=city,
        towns=towns,
        villages=villages,
        city_federation=offices["city"],
        town_federations=tuple(offices[f"town {n}"] for n in range(len(towns))),
        village_federation=offices["village"],
        guarantor=offices["guarantor"],
        bank=offices["bank"],
        finance=offices["finance"],
        **people,
    )


def _regions() -> tuple[Region, tuple[Region, ...], tuple[Region, ...]]:
    city = _region("990000000000", "石榴市", None)
    names = ("石榴镇", "樱桃镇", "柿子镇")
    towns = tuple(_region(f"99000010{n}000", name, city) for n, name in enumerate(names, start=1))
    villages = tuple(
        _region(f"{town.prefix}{200 + n}", name, town)
        for town, pair in zip(towns, VILLAGES, strict=True)
        for n, name in enumerate(pair, start=1)
    )
    Region.objects.bulk_create([city, *towns, *villages])
    return city, towns, villages


def _organisations(city: Region, towns: tuple[Region, ...], village: Region) -> dict[str, Organisation]:
    kind = OrganisationKind
    offices = {
        "city": _organisation("石榴市妇女联合会", "市妇联", kind.FEDERATION, city),
        "village": _organisation("河湾村妇女联合会", "河湾村妇联", kind.FEDERATION, village),
        "guarantor": _organisation("石榴市融资担保有限公司", "担保公司", kind.GUARANTOR, city),
        "bank": _organisation("石榴市农村信用合作联社", "农信", kind.BANK, city),
        "finance": _organisation("石榴市财政局", "财政局", kind.FINANCE, city),
    }
    for n, town in enumerate(towns):
        offices[f"town {n}"] = _organisation(f"{town}妇女联合会", f"{town}妇联", kind.FEDERATION, town)
    Organisation.objects.bulk_create(offices.values())
    return offices


def _people(offices: dict[str, Organisation]) -> dict[str, User]:
    people = {part: _staff(login, name) for part, (login, name, *_job) in STAFF.items()}
    people |= {part: _machine(login, offices[office]) for part, (login, office) in MACHINES.items()}
    User.objects.bulk_create(people.values())
    Membership.objects.bulk_create(
        Membership(user=people[part], organisation=offices[office], role=role, is_head=is_head, started_at=OPENED_AT)
        for part, (_login, _name, office, role, is_head) in STAFF.items()
    )
    return people


def region(code: str, name: str, *, parent: Region | None = None) -> Region:
    made = _region(code, name, parent)
    made.save(force_insert=True)
    return made


def organisation(name: str, short_name: str, *, kind: OrganisationKind, region: Region) -> Organisation:
    made = _organisation(name, short_name, kind, region)
    made.save()
    return made


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
    made = _staff(username, name)
    made.save()
    return made


def machine(username: str, *, acts_for: Organisation) -> User:
    made = _machine(username, acts_for)
    made.save()
    return made


def phone_user(username: str) -> User:
    """Whoever signs in by phone; who she is stands in `Applicant`."""
    return User.objects.create(username=username, kind=UserKind.APPLICANT)


def _region(code: str, name: str, parent: Region | None) -> Region:
    below = {"": RegionLevel.CITY, "city": RegionLevel.TOWN, "town": RegionLevel.VILLAGE}
    level = below[parent.level if parent else ""]
    return Region(code=code, name=name, level=level, parent=parent, valid_from=date(2020, 1, 1))


def _organisation(name: str, short_name: str, kind: OrganisationKind, region: Region) -> Organisation:
    return Organisation(name=name, short_name=short_name, kind=kind, region=region, phone="0999-0123456")


def _staff(username: str, name: str) -> User:
    return User(username=username, name=name, phone="0999-0123456", kind=UserKind.STAFF, password=_hashed())


def _machine(username: str, acts_for: Organisation) -> User:
    return User(username=username, name=username, kind=UserKind.MACHINE, acts_for=acts_for)


@lru_cache(maxsize=1)
def _hashed() -> str:
    return make_password(PASSWORD)
