"""Every page, made from the URLconf, so that none is missed: each address as the first one sees it who may.

A new address needs a line here only if it names something that no address named before (VALUES), or is no page.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

from django.db import transaction
from django.template.loader import render_to_string

from accounts.invitations import invitation_path
from accounts.models import Membership
from applicants.models import Party
from applicants.models.consent import Recipient
from applicants.models.survey_ledger import SurveyedWoman
from loans.models import (
    ClaimLine,
    CounterGuarantee,
    GuaranteePool,
    LeverageChange,
    Loan,
    MutualHelp,
    PlanChange,
    Policy,
    PolicyDraft,
    RepaymentFile,
    SubsidyClaim,
    WriteOff,
)
from loans.web.answers import NAMES
from tests.project.test_addresses import addresses, is_open
from tests.project.town import Town, Viewer
from workflows.matter_kinds import MatterKind
from workflows.models import Application, CalendarNotice, Matter
from workflows.web.apply.questions import QUESTIONS
from workflows.web.forms.follow_up import QUESTIONS as FOLLOW_UP_QUESTIONS
from workflows.web.my.moves import CHOICES

NO_PAGES = {
    "report/equity.xlsx": "a file for Excel",
    "report/merit.xlsx": "a file for Excel",
    "logout": "takes a press of a button only",
    "preferences": "takes a press of a button only",
    "staff/second-factor": "the demo and the tests go without",
    "apply/<str:number>/due.ics": "a file for her calendar",
    "apply/<str:number>/receipt.png": "a picture",
    "my/<str:number>/days.ics": "a file for her calendar",
    "case/<str:number>/documents/<int:document_id>": "a picture",
    "recordings/<int:recording_id>": "takes a press of a button only",
    "listen/<int:recording_id>": "a sound",
    "follow-ups/<str:number>/photos/<int:visit>": "a picture",
    "work/survey/export": "a table for Excel",
    "policies/programmes/<int:programme_id>/draft": "takes a press of a button only",
    "policies/drafts/<int:draft_id>/drop": "takes a press of a button only",
    "admin-office/export": "takes a press of a button only",
    "pool": "leads on to the pool where there is one",
    "partner/repayments/sample.xlsx": "a table for Excel",
    "mutual-help.xlsx": "a file for Excel",
    "subsidy/new": "takes a press of a button only",
    "securities.xlsx": "a file for Excel",
    "pool/<int:pool_id>/accounts.xlsx": "a file for Excel",
    "pool/<int:pool_id>/fund.xlsx": "a file for Excel",
    "subsidy/forecast.xlsx": "a file for Excel",
    "subsidy/years/<int:year>.xlsx": "a file for Excel",
    "subsidy/<int:claim_id>.xlsx": "a file for Excel",
    "subsidy/<int:claim_id>/order": "paper, looked at in tests/loans/web/claims",
    "apply/person": "leads on to a question",
    "apply/situation": "leads on to a question",
    "apply/project": "leads on to a question",
    "apply/amount": "leads on to a question",
    "work/together/<slug:deed>": "takes a press of a button only",
    "work/views/<int:view_id>": "takes a press of a button only",
    "work/time-limits.xlsx": "a file for Excel",
    "work/export": "takes a press of a button only",
    "case/<str:number>/thumbnails": "a picture",
    "work/calls/<int:call_id>/<slug:move>": "takes a press of a button only",
    "case/<str:number>/documents/<int:document_id>/turn": "takes a press of a button only",
    "case/<str:number>/next": "leads on to another case",
    "case/<str:number>/previous": "leads on to another case",
    "case/<str:number>/notes": "takes a press of a button only",
    "case/<str:number>/reveal/<slug:what>": "takes a press of a button only",
    "case/<str:number>/people/<int:party>/<slug:what>": "takes a press of a button only",
    "case/<str:number>/people/<str:key>/withdraws": "takes a press of a button only",
    "case/<str:number>/findings/<int:finding>": "takes a press of a button only",
    "helper/verify/<int:mandate_id>/papers/<int:document_id>": "a picture",
    "helper/verify/<int:mandate_id>/slip": "takes a press of a button only",
    "case/<str:number>/papers/<slug:kind>": "paper, looked at in tests/workflows/papers",
    "my/<str:number>/papers/<slug:kind>": "paper, looked at in tests/workflows/papers",
}
# Looked at in every state of her case.
IN_EVERY_STATE = "my/<str:number>"
# What makes another page of the same address.
EACH = {"question", "asked", "kind", "move", "recipient", "deed"}
# All answers of the pre-check: may apply, has to ask, not yet.
YES = "home=yes&born=1985-03&payroll=no&loans=none&project=farm_stay&overdue=no&amount=5万"
OUTCOMES = (YES, YES.replace("overdue=no", "overdue=unknown"), YES.replace("payroll=no", "payroll=yes"))
ERROR_PAGES = ("400.html", "403.html", "403_csrf.html", "404.html", "409.html", "500.html", "503.html")


@dataclass(frozen=True)
class Shown:
    """One page as somebody sees it; `error` holds the page that answers a form sent empty."""

    address: str
    path: str
    viewer: Viewer
    error: str = ""

    def __str__(self) -> str:
        return f"{self.path} ({self.viewer.name}{', error' if self.error else ''})"


def named_parts(address: str) -> list[tuple[str, str]]:
    return re.findall(r"<(\w+):(\w+)>", address)


def pages(town: Town) -> list[Shown]:
    """What anybody may see, and what she and her helper see."""
    shown = [page for address in all_addresses() if not is_staffs(address) for page in _shown(town, address)]
    shown += [Shown("check/<slug:step>", f"/check/result?{answers}", town.nobody) for answers in OUTCOMES]
    shown += [
        Shown("calc", "/calc?count=yes&amount=5万&term_months=12&method=interest_only", town.nobody),
        Shown("apply", "/apply", town.newcomer),
    ]
    shown += [Shown("c/<str:token>", f"/c/{town.answered_link}", town.nobody)]
    errors = _errors(shown)
    drawn = [Shown(name, f"/{name}", town.nobody, render_to_string(name)) for name in ERROR_PAGES]
    return shown + errors + drawn


def staff_pages(town: Town) -> list[Shown]:
    shown = [page for address in all_addresses() if is_staffs(address) for page in _shown(town, address)]
    return shown + _errors(shown)


def _errors(shown: list[Shown]) -> list[Shown]:
    """One for each address that has a form."""
    by_address = {error.address: error for page in shown for error in answers_to_nothing(page)}
    return list(by_address.values())


def all_addresses() -> list[str]:
    return [address for address, _view in addresses() if not address.startswith("api/") and address not in NO_PAGES]


def is_staffs(address: str) -> bool:
    return address.startswith("staff/") or not (address in OPENED or address.startswith(HERS))


HERS = ("apply", "my", "login", "helper")
OPENED = {address for address, view in addresses() if is_open(view)}


def _viewers(town: Town, address: str) -> Sequence[Viewer]:
    """Who may see it, whoever comes first."""
    if address in OPENED:
        return town.nobody, town.half_signed_in
    if address.startswith("login"):
        return (town.on_a_new_device,)
    if address.startswith(("apply", "my")):
        return *town.women, town.newcomer, *town.staff[:1]
    return town.staff


def _shown(town: Town, address: str) -> Iterator[Shown]:
    """As the first one sees it who may; where the address names a question or a matter, each of them."""
    seen = set()
    for viewer in _viewers(town, address):
        for path, key in _paths(town, address, viewer):
            if key not in seen and is_page(viewer.client.get(path)):
                seen.add(key)
                yield Shown(address, path, viewer)
        if seen and not address.startswith("my/"):
            return


def is_page(response: Any) -> bool:
    return bool(response.status_code == 200 and response["Content-Type"].startswith("text/html"))


def _paths(town: Town, address: str, viewer: Viewer) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each path, and what of it makes another page."""
    if address == "staff/password/<str:user_code>/<str:token>":
        yield invitation_path(town.offices.helper), ()
        return
    parts = named_parts(address)
    for values in product(*(values_of(name, town, viewer) for _kind, name in parts)):
        path = address
        for (kind, name), value in zip(parts, values, strict=True):
            path = path.replace(f"<{kind}:{name}>", value)
        key = tuple(value for (_kind, name), value in zip(parts, values, strict=True) if name in EACH)
        yield f"/{path}", (viewer.name,) if address == IN_EVERY_STATE else key


def values_of(name: str, town: Town, viewer: Viewer) -> list[str]:
    """What may stand in this place of an address, for this viewer."""
    if name in ("number", "applicant_id") and viewer.case is not None:
        return [viewer.case.number if name == "number" else str(viewer.case.applicant_id)]
    return [str(value) for value in VALUES[name](town)]


# Moves of the offices; hers are in CHOICES.
MOVES: Final = ("accept", "recommend", "guarantee", "approve_loan", "sign", "instruct_payout", "decline", "send_back")
VALUES: dict[str, Callable[[Town], Iterable[object]]] = {
    "number": lambda town: Application.objects.order_by("-pk").values_list("number", flat=True),
    "applicant_id": lambda town: [],
    "step": lambda town: NAMES[:1],
    "token": lambda town: [town.link, town.answered_link, town.party_link, town.answered_party_link],
    "code": lambda town: [town.paper_code],
    "move": lambda town: [*CHOICES, *MOVES],
    "recipient": lambda town: Recipient.values,
    "question": lambda town: [question.name for question in QUESTIONS],
    "kind": lambda town: MatterKind.values,
    "row_id": lambda town: SurveyedWoman.objects.values_list("pk", flat=True),
    "party": lambda town: Party.objects.values_list("pk", flat=True),
    "key": lambda town: ["spouse", *Party.objects.values_list("pk", flat=True)],
    "what": lambda town: ["id_no", "mobile"],
    "matter": lambda town: Matter.objects.values_list("pk", flat=True),
    "mandate_id": lambda town: range(1, 10),
    "pool_id": lambda town: GuaranteePool.objects.values_list("pk", flat=True),
    "notice_id": lambda town: CalendarNotice.objects.values_list("pk", flat=True),
    "proposal_id": lambda town: range(1, 4),
    "membership_id": lambda town: Membership.objects.filter(user__username="town").values_list("pk", flat=True),
    "policy_id": lambda town: Policy.objects.values_list("pk", flat=True),
    "draft_id": lambda town: PolicyDraft.objects.values_list("pk", flat=True),
    "claim_id": lambda town: SubsidyClaim.objects.values_list("pk", flat=True),
    "line_id": lambda town: ClaimLine.objects.values_list("pk", flat=True)[:4],
    "file_id": lambda town: RepaymentFile.objects.values_list("pk", flat=True),
    "year": lambda town: [2026],
    "change_id": lambda town: PlanChange.objects.values_list("pk", flat=True),
    "loan_number": lambda town: Loan.objects.order_by("-pk").values_list("number", flat=True)[:2],
    "deed": lambda town: ["compensate", "recover", "write-off"],
    "leverage_id": lambda town: LeverageChange.objects.values_list("pk", flat=True),
    "counter_id": lambda town: CounterGuarantee.objects.values_list("pk", flat=True)[:1],
    "write_off_id": lambda town: WriteOff.objects.values_list("pk", flat=True),
    "help_id": lambda town: MutualHelp.objects.values_list("pk", flat=True),
    "finding": lambda town: range(1, 30),
    "asked": lambda town: list(FOLLOW_UP_QUESTIONS),
    "visit": lambda town: [],
    "figure": lambda town: ["submitted", "paid"],
    "reached": lambda town: ["surveyed", "trained"],
}


def answers_to_nothing(page: Shown) -> Iterator[Shown]:
    """What each form of the page says when it is sent as empty as it can be. Nothing of it is kept."""
    content = page.viewer.client.get(page.path).content.decode()
    main = content[content.find("<main") : content.find("</main>")]
    for form in re.findall(r'<form[^>]*method="post".*?</form>', main, flags=re.DOTALL):
        if not re.search(r'<(?:select|textarea|input(?![^>]*type="hidden"))', form):
            continue
        target = re.search(r'^<form[^>]*\saction="([^"]+)"', form)
        response = _sent(page, target[1] if target else page.path, _hidden(form))
        if response.status_code in (409, 422):
            yield replace(page, error=response.content.decode())


def _hidden(form: str) -> dict[str, str]:
    inputs = re.findall(r'<input[^>]*type="hidden"[^>]*>', form)
    named = ((re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs)
    return {name[1]: value[1] if value else "" for name, value in named if name}


def _sent(page: Shown, path: str, fields: dict[str, str]) -> Any:
    undone = transaction.atomic()
    undone._from_testcase = True  # type: ignore[attr-defined]  # durable blocks inside are ours to undo
    with undone:
        response = page.viewer.client.post(path, fields)
        transaction.set_rollback(True)
    return response
