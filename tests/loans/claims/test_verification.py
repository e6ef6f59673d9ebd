from loans.claims.verification import findings
from tests.makers.claims import made, paid


def test_a_true_claim_has_nothing_to_say(pool, loan, offices):
    paid(pool, offices)
    assert list(findings()) == []


def test_a_line_that_differs_from_its_days_is_found(pool, loan, offices):
    claim = made(pool, offices)
    claim.lines.update(ours_fen=57_499, bank_fen=57_499)
    assert list(findings()) == [f"claim {claim}: {loan} is computed as 57499 fen, its days sum to 57500"]
