from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import override

from records import papers, printing
from records.encryption import CannotDecrypt
from records.models import IssuedPaper, PrintedPaper, VoidedPaper
from tests.makers.people import SHANGHAI, Offices
from tests.records.issued import MONDAY, WORDS, a_draft, a_paper
from tests.records.pdfs import text_of


def test_papers_are_numbered_through_the_year_and_begin_again_in_the_next(offices: Offices) -> None:
    new_year = datetime(2027, 1, 1, 0, 0, tzinfo=SHANGHAI)
    numbers = [a_paper(offices, at=at).number for at in (MONDAY, MONDAY, new_year - timedelta(seconds=1), new_year)]
    assert numbers == ["石妇贷〔2026〕00001", "石妇贷〔2026〕00002", "石妇贷〔2026〕00003", "石妇贷〔2027〕00001"]


def test_a_paper_that_was_not_issued_after_all_leaves_no_gap(offices: Offices) -> None:
    with transaction.atomic():
        a_paper(offices)
        transaction.set_rollback(True)
    assert a_paper(offices).number == "石妇贷〔2026〕00001"


def test_a_sheet_bears_its_number_its_code_and_where_to_check_it(offices: Offices) -> None:
    paper = a_paper(offices)
    sheet = papers.sheet_of(paper)
    assert f"{paper.number}号" in sheet
    assert f"查验码 {paper.verify_code}" in sheet
    assert settings.OFFICE_URL.partition("://")[2] + "/verify" in sheet
    assert "<svg" in sheet


def test_words_stay_what_they_were_when_the_paper_was_issued(offices: Offices) -> None:
    paper = a_paper(offices)
    before = papers.sheet_of(paper)
    offices.city_federation.name = "石榴市妇联"
    offices.city_federation.save()
    assert papers.sheet_of(IssuedPaper.objects.get(pk=paper.pk)) == before
    assert "石榴市妇女联合会" in text_of(papers.pdf(paper, by=offices.leader, at=MONDAY))


def test_a_paper_is_chinese_whatever_language_its_officer_reads(offices: Offices) -> None:
    with override("en"):
        paper = papers.issue(a_draft(offices), by=offices.city_reviewer, at=MONDAY)
        pdf = papers.pdf(paper, by=offices.city_reviewer, at=MONDAY)
    assert "2026年9月28日" in text_of(pdf)


def test_what_people_wrote_is_text_and_not_markup(offices: Offices) -> None:
    draft = a_draft(offices, words={**WORDS, "name": "<img src=x>&小满"})
    sheet = papers.sheet_of(papers.issue(draft, by=offices.city_reviewer, at=MONDAY))
    assert "&lt;img src=x&gt;&amp;小满" in sheet


def test_a_paper_is_printed_once_and_handed_out_again(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = a_paper(offices)
    first = papers.pdf(paper, by=offices.city_reviewer, at=MONDAY)
    monkeypatch.setattr(printing, "render", lambda *_args: pytest.fail("it was printed already"))
    assert papers.pdf(paper, by=offices.leader, at=MONDAY + timedelta(days=700)) == first
    assert PrintedPaper.objects.get().printed_at == MONDAY


def test_two_who_print_at_the_same_moment_get_the_same_paper(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = a_paper(offices)
    render = printing.render

    def somebody_is_quicker(template: str, context: dict[str, object]) -> bytes:
        monkeypatch.setattr(printing, "render", render)
        return papers.pdf(paper, by=offices.leader, at=MONDAY)

    monkeypatch.setattr(printing, "render", somebody_is_quicker)
    mine = papers.pdf(paper, by=offices.city_reviewer, at=MONDAY)
    assert papers.pdf(paper, by=offices.city_reviewer, at=MONDAY) == mine
    assert PrintedPaper.objects.count() == 1


def test_a_sheet_that_somebody_changed_on_disk_is_not_shown(offices: Offices) -> None:
    paper = a_paper(offices)
    on_disk = Path(settings.MEDIA_ROOT) / paper.sheet.storage_name
    on_disk.write_bytes(on_disk.read_bytes()[:-1] + b"?")
    with pytest.raises(CannotDecrypt):
        papers.sheet_of(paper)


def test_an_issued_paper_is_never_changed(offices: Offices) -> None:
    paper = a_paper(offices)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedPaper.objects.filter(pk=paper.pk).update(number="石妇贷〔2026〕00099")
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedPaper.objects.filter(pk=paper.pk).delete()


def test_a_code_is_found_however_it_was_typed(offices: Offices) -> None:
    paper = a_paper(offices)
    typed = [
        paper.verify_code,
        paper.verify_code.lower(),
        paper.verify_code.replace("-", ""),
        f" {paper.verify_code.replace('-', ' ')} ",
    ]
    assert {papers.find(code) for code in typed} == {paper}


@pytest.mark.parametrize("code", ["", "7K3M", "2222-2222-2222", "X" * 90, "二二二二", "7K3M-Q2XD-9H4T-AAAA"])
def test_a_code_that_is_nobodys_finds_nothing(code: str, offices: Offices) -> None:
    a_paper(offices)
    assert papers.find(code) is None


def test_codes_have_no_letters_that_are_read_for_each_other() -> None:
    codes = [papers.new_code() for _turn in range(50)]
    assert len(set(codes)) == 50
    assert not set("01OIL") & set("".join(codes))


def test_a_void_paper_says_why_and_since_when(offices: Offices) -> None:
    paper = a_paper(offices)
    papers.void(paper, reason="撤回申请", by=offices.city_reviewer, at=MONDAY)
    papers.void(paper, reason="又一次", by=offices.leader, at=MONDAY + timedelta(days=1))
    voided = VoidedPaper.objects.get()
    assert (voided.reason, voided.voided_at) == ("撤回申请", MONDAY)


def test_voiding_takes_a_reason(offices: Offices) -> None:
    paper = a_paper(offices)
    with pytest.raises(IntegrityError), transaction.atomic():
        papers.void(paper, reason="", by=offices.city_reviewer, at=MONDAY)


def test_a_later_paper_of_the_kind_takes_the_place_of_the_earlier_one(offices: Offices) -> None:
    first, other, second, third = (
        a_paper(offices),
        a_paper(offices, about="W2026-0102"),
        a_paper(offices),
        a_paper(offices),
    )
    assert [papers.replaced_by(paper) for paper in (first, second, third, other)] == [third, third, None, None]
