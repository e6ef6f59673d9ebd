from datetime import timedelta

import pytest
from django.template.loader import get_template
from django.utils.translation import override

from loans.models import Programme
from records import papers
from records.models import IssuedPaper, VoidedPaper
from records.refusals import NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import Offices
from tests.makers.programme import a_programme
from tests.records.pdfs import fonts_of, pages_of
from tests.workflows.papers.words import kinds_of, paper_of, words_of
from workflows.models import Application
from workflows.papers import issuing
from workflows.papers.kinds import ISSUED_BY, PaperKind
from workflows.stages import eligibility, guarantee, intake, interruptions
from workflows.states import State


def test_every_paper_has_a_template_and_words() -> None:
    for kind in PaperKind:
        get_template(f"papers/{kind}.html")
        assert kind in issuing._WORDS


def test_moves_that_bring_papers_are_moves_of_the_machine() -> None:
    for move in ISSUED_BY:
        assert callable(getattr(Application, move))


def test_a_case_that_is_paid_out_has_its_five_papers_in_order(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.DISBURSED, offices)
    assert kinds_of(case) == ["acceptance", "recommendation", "guarantee", "approval", "disbursement"]
    numbers = list(case.papers.order_by("pk").values_list("paper__number", flat=True))
    assert numbers == [f"石妇贷〔2026〕{number:05d}" for number in range(1, 6)]
    issuers = list(case.papers.order_by("pk").values_list("paper__issuer__short_name", flat=True))
    assert issuers == ["市妇联", "市妇联", "担保公司", "市妇联", "农信"]
    assert not VoidedPaper.objects.exists()


def test_every_paper_prints_on_our_pages_in_our_typefaces_and_tells_no_id_number(
    offices: Offices, programme: Programme
) -> None:
    ended = (State.DISBURSED, State.DECLINED, State.SUPPLEMENT)
    expected = dict.fromkeys(PaperKind, 1) | {"recommendation": 2, "approval": 2, "disbursement": 2}
    for case in [a_case_in(state, offices) for state in ended]:
        for paper in IssuedPaper.objects.filter(case__application=case):
            pdf = papers.pdf(paper, by=offices.leader, at=MONDAY)
            pages = pages_of(pdf)
            assert len(pages) == expected[paper.kind], paper.kind
            assert [page[-5:] for page in pages] == [f"—{n}/{len(pages)}—" for n in range(1, len(pages) + 1)]
            whole = "".join(pages)
            assert "".join(paper.number.split()) in whole
            assert f"查验码{paper.verify_code}" in whole
            assert "盖章" in whole or "加盖公章" in whole
            assert case.applicant.id_no not in whole
            assert case.applicant.mobile not in whole
            assert case.applicant.account_no not in whole
            assert "〓" not in whole
            assert all(name.startswith("Paper-") for name in fonts_of(pdf))


def test_an_officer_who_reads_english_issues_chinese_papers(offices: Offices, programme: Programme) -> None:
    with override("en"):
        case = a_case_in(State.GUARANTEE, offices)
    assert paper_of(case, "recommendation").title == "推荐表"
    words = words_of(case, "recommendation")
    for said in ("农家乐·渔家乐", "年龄符合满足", "村委会证明", "按季付息"):
        assert said in words


def test_a_move_that_fails_issues_nothing(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.SUBMITTED, offices)
    with pytest.raises(NotPermitted):
        intake.accept(case, by=offices.bank_officer, at=MONDAY, version=case.version)
    assert not IssuedPaper.objects.exists()


def test_what_she_changes_herself_before_handing_in_needs_no_paper(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.AWAITING_CONSENT, offices)
    back = intake.send_back(case, items=(), by=case.applicant.user, at=MONDAY, version=case.version)
    assert back.state == State.DRAFT
    assert kinds_of(back) == []


def test_what_the_town_sends_back_is_told_in_writing(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.SUBMITTED, offices)
    back = intake.send_back(case, items=cases.MISSING, by=offices.town_reviewer, at=MONDAY, version=case.version)
    assert kinds_of(back) == ["supplement"]
    assert paper_of(back, "supplement").issuer == offices.town_federations[0]


def test_a_case_that_ends_takes_the_ground_from_what_was_promised(offices: Offices, programme: Programme) -> None:
    case = cases.withdraw(a_case_in(State.SIGNING, offices), offices)
    assert case.state == State.WITHDRAWN
    void = set(VoidedPaper.objects.values_list("paper__kind", "reason"))
    assert void == {("recommendation", "撤回申请"), ("guarantee", "撤回申请"), ("approval", "撤回申请")}


def test_a_case_that_goes_back_to_the_guarantor_gets_another_letter(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.DISBURSEMENT, offices)
    first = paper_of(case, "guarantee")
    case = interruptions.return_for_rework(
        case, reason="担保金额要改", by=offices.bank_officer, at=MONDAY, version=case.version
    )
    assert hasattr(IssuedPaper.objects.get(pk=first.pk), "voided")
    case = cases.give_guarantee(case, offices)
    second = paper_of(case, "guarantee")
    assert second != first
    assert not hasattr(second, "voided")


def test_a_reversed_no_is_void(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.DECLINED, offices)
    cases.appeal(case)
    eligibility.overturn(
        case, reason="补交了新的项目材料。", by=offices.leader, at=MONDAY + timedelta(days=2), version=case.version
    )
    assert VoidedPaper.objects.get().paper == paper_of(case, "refusal")


def test_a_partners_no_is_its_own_letter(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.GUARANTEE, offices)
    case = guarantee.refuse_guarantee(
        case, reasons=cases.REASONS, by=offices.guarantor_officer, at=MONDAY, version=case.version
    )
    assert paper_of(case, "refusal").issuer == offices.guarantor
    assert paper_of(case, "refusal").confirms[1] == ["姓名", case.applicant.full_name[0] + "••"]


def test_without_a_guarantor_there_is_no_letter(offices: Offices) -> None:
    a_programme(offices, changes={"has_guarantor_stage": False})
    case = a_case_in(State.SUBMITTED, offices)
    for step in (cases.accept, cases.record_survey, cases.recommend, cases.approve):
        case = step(case, offices)
    assert kinds_of(case) == ["acceptance", "recommendation", "approval"]
