"""石榴市 with a woman in every state, for whoever wants to see each page at least once."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Min
from django.test import Client

from applicants import call_backs, mandates, party_consents, reminder_consents, survey_ledger
from applicants.models import Mandate
from applicants.models.mandate import Route
from applicants.survey_ledger import Told
from applicants.web.recognised import KEY
from loans import funds, policy_drafts, write_offs
from loans.claims.making import BankFigure, say_bank_figures
from loans.claims.quarter import quarter_of
from loans.models import GuaranteePool, Loan, Programme
from records.models import IssuedPaper
from tests.loans.repayment_files.files import csv_of, row_of, taken
from tests.makers import claims, mutual_help
from tests.makers.cases import MONDAY, a_case_in, a_helped_draft, accept, ask_for_papers, confirm
from tests.makers.loans import compensated, make_active_loan, moment
from tests.makers.parties import a_partner, a_surety
from tests.makers.people import Offices, office_tree
from tests.makers.programme import a_programme, policies_say
from tests.workflows.web.filling import phone
from workflows import confirming, follow_up_drafts, matters, people
from workflows.models import Application
from workflows.stages import intake
from workflows.states import State

# The states that the demo policy, with its full pool and without publicity, can't come to.
WITHOUT_WAY = {State.WAITLISTED, State.PUBLICITY}


@dataclass(frozen=True)
class Viewer:
    """Somebody with a browser. `case` is hers where she has one."""

    name: str
    client: Client
    case: Application | None = None

    @property
    def cookies(self) -> dict[str, str]:
        return {name: morsel.value for name, morsel in self.client.cookies.items()}


@dataclass(frozen=True)
class Town:
    """Everybody who looks at pages, and what the addresses of pages are made of."""

    offices: Offices
    nobody: Viewer
    half_signed_in: Viewer  # has asked for a code
    newcomer: Viewer  # has a phone and no case
    on_a_new_device: Viewer  # has a case, and is asked who she is
    women: tuple[Viewer, ...]
    staff: tuple[Viewer, ...]
    link: str
    answered_link: str
    party_link: str  # of somebody whom a form names
    answered_party_link: str
    paper_code: str


def a_town(states: Iterable[State] = tuple(set(State) - WITHOUT_WAY)) -> Town:
    """With a woman in each of the states, the furthest one last."""
    offices = office_tree()
    a_programme(offices)
    women = tuple(_with_a_case(state, offices) for state in State if state in states)
    _asked_of_offices(offices)
    _claimed(offices)
    _rewritten(offices)
    _repaid(offices)
    _visited(women, offices)
    _gone_wrong(offices)
    _helped_mothers(offices)
    stranger = women[-1].case
    assert stranger is not None
    nobody, asked = Client(), Client()
    asked.post("/login", {"mobile": "13800000009"})
    new_phone = Client()
    new_phone.force_login(phone())
    new_device = Client()
    new_device.force_login(stranger.applicant.user)
    return Town(
        offices=offices,
        nobody=Viewer("nobody", nobody),
        half_signed_in=Viewer("half signed in", asked),
        newcomer=Viewer("newcomer", new_phone),
        on_a_new_device=Viewer("on a new device", new_device, stranger),
        women=women,
        staff=tuple(_at_work(part, offices) for part in STAFF),
        link=_a_link(offices, is_answered=False),
        answered_link=_a_link(offices, is_answered=True),
        party_link=_a_party_link(women[0], is_answered=False),
        answered_party_link=_a_party_link(women[0], is_answered=True),
        paper_code=IssuedPaper.objects.latest("pk").verify_code,
    )


STAFF = (
    "helper",
    "town_reviewer",
    "city_reviewer",
    "leader",
    "guarantor_officer",
    "bank_officer",
    "bank_officer2",
    "finance_officer",
    "finance_officer2",
    "auditor",
    "secadmin",
    "sysadmin",
)


def _with_a_case(state: State, offices: Offices) -> Viewer:
    case = a_case_in(state, offices)
    return Viewer(f"her in {state}", signed_in(case), case)


def signed_in(case: Application) -> Client:
    """Her browser, on a device that knows her."""
    client = Client()
    client.force_login(case.applicant.user)
    session = client.session
    session[KEY] = [case.applicant_id]
    session.save()
    return client


def _asked_of_offices(offices: Offices) -> None:
    """A number to call, a row of the survey, an appeal, and a woman whose helper has to hand something in."""
    call_backs.ask("13800000008", address="127.0.0.1", at=MONDAY)
    told = Told(full_name="申请人癸", wants="养奶羊", willing="yes")
    survey_ledger.keep(
        told, key=uuid.UUID(int=7), village=offices.villages[0], is_whole=True, by=offices.helper, at=MONDAY
    )
    declined = a_case_in(State.DECLINED, offices)
    matters.appeal(declined, words="我不是开棋牌室，是农家乐。", by=declined.applicant.user, at=MONDAY)
    helped = a_helped_draft(offices)
    asked = intake.request_consent(helped, by=offices.helper, at=MONDAY, version=helped.version)
    ask_for_papers(accept(confirm(asked), offices), offices)


def _visited(women: Iterable[Viewer], offices: Offices) -> None:
    """The helper of the village has begun to ask whoever got the money how it goes."""
    for case in (her.case for her in women):
        if case is not None and case.state == State.DISBURSED:
            reminder_consents.give(case.applicant, at=MONDAY)
            follow_up_drafts.keep(case, {"business": "normal"}, by=offices.helper, at=MONDAY)


def _rewritten(offices: Offices) -> None:
    """The next policy, which would keep some women out, is being written."""
    draft = policy_drafts.start(Programme.objects.all()[0], by=offices.city_reviewer, at=MONDAY)
    terms = {"version": "石榴市 2027-1", "amount_max_fen": 4_000_000}
    policy_drafts.change(draft, terms=terms, version=draft.version, by=offices.city_reviewer)


def _claimed(offices: Offices) -> None:
    """The quarter's subsidy lies with the treasury, with a row on which the bank and we differ."""
    for pool in GuaranteePool.objects.all():
        paid_on = Loan.objects.paid_out().aggregate(first=Min("disbursed_on"))["first"]
        if paid_on is None:
            continue
        claim = claims.made(pool, offices, quarter_of(paid_on))
        line = claim.lines.select_related("loan").latest("pk")
        figures = {line.loan.number: BankFigure(line.ours_fen + 100, "多算了一天")}
        claim = say_bank_figures(claim, figures, by=offices.bank_officer, at=moment(claim.to_on))
        claims.opined(claims.handed_in(claim, offices), offices)


def _gone_wrong(offices: Offices) -> None:
    """A loan that may be compensated, one that was, and one of which the bank gives up the rest."""
    pool = GuaranteePool.objects.earliest("pk")
    given_up, _late, claimed = (make_active_loan(pool, offices) for _number in range(3))
    at = moment(claimed.created_at.date() + timedelta(days=130))
    write_offs.propose_write_off(compensated(given_up, offices, at=at), reason="失联", by=offices.bank_officer, at=at)
    compensated(claimed, offices, at=at)
    funds.propose_leverage(pool, leverage=8, grounds="上年到期还款率 98%", by=offices.finance_officer, at=at)


def _repaid(offices: Offices) -> None:
    """The bank has handed in a file of repayments, of which one row is nobody's."""
    loan = Loan.objects.filter(state="ACTIVE").first()
    if loan is not None and loan.disbursed_on is not None:
        paid = row_of(loan, "1.00", "R1", on=loan.disbursed_on.isoformat())
        taken(csv_of(paid, ("JJ0", "2026-10-20", "100", "R2")), offices, at=moment(loan.disbursed_on, 16))


def _helped_mothers(offices: Offices) -> None:
    """One mother who repays, and one whose help waits for a second person."""
    mutual_help.proposed(mutual_help.paid(offices).fund, offices)


def _at_work(part: str, offices: Offices) -> Viewer:
    client = Client()
    client.force_login(getattr(offices, part))
    return Viewer(part, client)


def _a_link(offices: Offices, *, is_answered: bool) -> str:
    """The token behind /c/, of a form that the helper filled in."""
    draft = a_helped_draft(offices)
    mandate = Mandate.objects.get(applicant=draft.applicant)
    Mandate.objects.filter(pk=mandate.pk).update(route=Route.LINK)
    intake.request_consent(draft, by=offices.helper, at=MONDAY, version=draft.version)
    mandate.refresh_from_db()
    token = mandates.issue_token(mandate, lifetime=timedelta(hours=72), at=MONDAY)
    if is_answered:
        confirming.say_yes(Mandate.objects.get(pk=mandate.pk), at=MONDAY)
    return token


def _a_party_link(her: Viewer, *, is_answered: bool) -> str:
    """The token behind /p/: of a partner who was just asked, or of a relative who vouches and said yes."""
    assert her.case is not None
    applicant = her.case.applicant
    # Only now: whoever handed in before wasn't asked about partners.
    policies_say(partners_max=2)
    row = a_surety(applicant) if is_answered else a_partner(applicant)
    whom = people.find_named(applicant, str(row.pk))
    assert whom is not None
    token = party_consents.issue_link(applicant, whom, mobile=whom.mobile, lifetime=timedelta(hours=72), at=MONDAY)
    if is_answered:
        people.say_yes(*party_consents.find_by_token(token, at=MONDAY), at=MONDAY)
    return token
