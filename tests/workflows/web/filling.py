"""What a browser sends, step by step, when somebody fills in an application."""

import io
from functools import lru_cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw

from accounts.models import User
from accounts.models.user import UserKind
from applicants.models import Phone
from applicants.sign_in import mobile_index
from records.models import Notice
from tests.makers.people import Offices
from tests.makers.women import an_id_no
from workflows.models import Application
from workflows.web.apply.questions import QUESTIONS

MOBILE = "13800000001"
HER_ID_NO = an_id_no(1)
CARD = "6223190000000081234"

SITUATION = {
    "registered_in_city": "yes",
    "resides_in_city": "yes",
    "on_public_payroll": "no",
    "marital_status": "single",
    "other_loans": ["none"],
    "has_overdue_debt": "no",
}
PROJECT = {
    "project_type": "farm_stay",
    "site": "河湾村村口",
    "started": "1_to_3",
    "income_band": "unknown",
    "jobs": "2",
    "proof": "village_certificate",
    "licence_no": "",
}
AMOUNT = {"amount": "5", "term_months": "12", "method": "interest_only"}
USES = [("修灶台、买桌椅", "3万"), ("进货", "2万")]
CONSENTS = {"federation": "on", "guarantor": "on", "bank": "on", "finance": "on"}
ASKED_OF_SOME = ("spouse", "licence")
KINDS = ("id_front", "id_back", "household_first", "household_self", "site", "village_certificate")


HER_MOBILE = "13900000002"
WOMAN = {
    "full_name": "申请人甲",
    "id_no": HER_ID_NO,
    "mobile": HER_MOBILE,
    "route": "link",
    "may": ["follow", "supply"],
}


def phone(mobile: str = MOBILE) -> User:
    """Somebody who signs in by this phone."""
    user = User.objects.create(username=f"phone-{mobile}", kind=UserKind.APPLICANT)
    Phone.objects.create(user=user, mobile=mobile, mobile_index=mobile_index(mobile))
    return user


def person(offices: Offices, **changed: str) -> dict[str, str]:
    village = offices.villages[0]
    return {
        "full_name": "申请人甲",
        "id_no": HER_ID_NO,
        "town": str(village.parent_id),
        "village": village.code,
        "address": "三组 12 号",
    } | changed


def tell(client: Client, step: str, sent: dict[str, Any]) -> Any:
    """Every question that a step asks, page after page; the first answer that was refused, or the last."""
    response: Any = None
    for question in [one for one in QUESTIONS if one.step.name == step]:
        fields = {name: sent[name] for name in (*question.fields, "case") if name in sent}
        asked = client.post(question.url, fields)
        if asked.status_code == 404 and question.name in ASKED_OF_SOME:
            continue
        response = asked
        if response.status_code != 302:
            return response
    return response


def uses(rows: list[tuple[str, str]]) -> dict[str, str]:
    sent = {"rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": "0"}
    for number, (use, amount) in enumerate(rows):
        sent |= {f"rows-{number}-use": use, f"rows-{number}-amount": amount}
    return sent


def photograph(words: str = "") -> SimpleUploadedFile:
    """A sheet with lines on it, sharp and bright; other words make another picture."""
    return SimpleUploadedFile("photo.jpg", _sheet(words), "image/jpeg")


def upload(client: Client, kind: str, file: Any = None) -> Any:
    return client.post("/apply/documents", {"kind": kind, "photo": file or photograph(kind)})


def fill_in(client: Client, offices: Offices, *, with_consents: bool = True) -> Application:
    """Every step of the form, each of which goes on to the next."""
    client.get("/apply")
    if with_consents:
        assert client.post("/apply/consent", CONSENTS).status_code == 302
    steps: dict[str, Any] = {"person": person(offices), "situation": SITUATION, "project": PROJECT, "amount": AMOUNT}
    for step, sent in steps.items():
        response = tell(client, step, sent)
        assert response.status_code == 302, (step, response.context["form"].errors)
    pages = {"use": uses(USES), "account": {"account_no": CARD}, "people/surety": {"surety_way": "talk"}}
    for page, rows in pages.items():
        response = client.post(f"/apply/{page}", rows)
        assert response.status_code == 302, (page, response.context["form"].errors)
    for kind in KINDS:
        assert upload(client, kind).status_code == 302, kind
    return Application.objects.latest("pk")


def submit(client: Client, case: Application, **changed: str) -> Any:
    sent = {"case": case.number, "version": str(case.version), "declared": "on"} | changed
    return client.post("/apply/review", sent)


def said_thrice(response: Any, words: str) -> None:
    """The title says that there is an error, and box and field say which in the same words."""
    page = response.content.decode()
    assert response.status_code == 422, page
    assert "<title>错误：" in page
    assert page.count(words) == 2, words


def begin_for_her(helper: Client, **changed: Any) -> Any:
    """A helper begins for a woman."""
    return helper.post("/helper/new", WOMAN | changed)


def words_to(mobile: str) -> list[str]:
    """The messages to a phone, oldest first."""
    return [notice.text for notice in Notice.objects.order_by("pk") if notice.mobile == mobile]


@lru_cache
def _sheet(words: str) -> bytes:
    sheet = Image.new("RGB", (400, 300), (235, 230, 220))
    drawn = ImageDraw.Draw(sheet)
    for line in range(14):
        drawn.text((20, 10 + line * 20), f"Shiliu {words} 990000 {line:02d} " * 3, fill=(30, 30, 30))
    content = io.BytesIO()
    sheet.save(content, "JPEG")
    return content.getvalue()
