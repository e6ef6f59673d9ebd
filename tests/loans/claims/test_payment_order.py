"""The payment order as it comes out of the printer."""

import io
from datetime import date

import pypdfium2
import pytest

from records import papers
from records.printing import missing_packages
from tests.makers.claims import opined, reviewed, submitted
from tests.makers.loans import moment

A4 = (595, 842)

pytestmark = pytest.mark.skipif(bool(missing_packages()), reason="this machine can't print")


def test_it_is_one_sheet_of_a4_that_says_who_is_paid_what(pool, loan, offices):
    claim = reviewed(opined(submitted(pool, offices), offices), offices)
    assert claim.payment_order is not None
    content = papers.pdf(claim.payment_order, by=offices.finance_officer, at=moment(date(2026, 6, 24)))
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    assert len(document) == 1
    page = document[0]
    assert tuple(round(side) for side in page.get_size()) == A4
    text = page.get_textpage().get_text_range().replace("\r\n", "").replace(" ", "")
    for words in ("贴息资金拨付单", claim.number, claim.payment_order.number, "人民币伍佰柒拾伍元整", "575.00元"):
        assert words.replace(" ", "") in text, words
    assert offices.bank.name in text
    assert str(offices.finance_officer) in text
    assert str(offices.finance_officer2) in text
