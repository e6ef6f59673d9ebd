"""Claims that can't be true: edited after they were handed in, paid by one person, a day subsidised twice."""

from datetime import date

from django.db import transaction

from loans.claims import making
from loans.models import ClaimLine, ClaimSegment, ClaimTransition, SubsidyClaim, SubsidyRefund
from tests.loans.triggers.attacks.scene import AT, Scene, attack, sql
from tests.makers.claims import SPRING, SUMMER, handed_in, made, opined, paid
from tests.makers.loans import make_active_loan, moment


def log_of(claim: SubsidyClaim, **changes: object) -> ClaimTransition:
    columns = {"version": claim.version + 1, "move": "submit", "source": "DRAFT", "target": "SUBMITTED"}
    return ClaimTransition(subject=claim, at=AT, before_sha256="0" * 64, **{**columns, **changes})


@attack("claim_is_handed_in")
def an_edited_figure_of_a_claim_that_was_handed_in(scene: Scene) -> None:
    handed_in(made(scene.pool, scene.offices), scene.offices)
    sql("UPDATE loans_claimline SET ours_fen = 1")


@attack("claim_is_handed_in")
def a_line_taken_out_of_it(scene: Scene) -> None:
    handed_in(made(scene.pool, scene.offices), scene.offices)
    sql("DELETE FROM loans_claimsegment")


@attack("claim_segment_is_written")
def an_edited_segment(scene: Scene) -> None:
    made(scene.pool, scene.offices)
    sql("UPDATE loans_claimsegment SET days = 1")


@attack("paid_claim_is_never_edited")
def another_agreed_figure_after_the_money(scene: Scene) -> None:
    paid(scene.pool, scene.offices)
    sql("UPDATE loans_claimline SET agreed_fen = bank_fen, answer = 'x'")


@attack("paid_claim_is_never_edited")
def another_voucher_of_a_paid_claim(scene: Scene) -> None:
    paid(scene.pool, scene.offices)
    sql("UPDATE loans_subsidyclaim SET voucher_no = 'x'")


@attack("claim_is_for_its_quarter")
def a_claim_for_another_quarter(scene: Scene) -> None:
    made(scene.pool, scene.offices)
    sql("UPDATE loans_subsidyclaim SET to_on = '2026-12-21'")


@attack("only_a_paid_line_is_adjusted")
def an_adjustment_of_what_was_not_paid(scene: Scene) -> None:
    claim = made(scene.pool, scene.offices)
    line = claim.lines.get()
    copy = {name: getattr(line, name) for name in ("loan_id", "claim_id", "payment")}
    numbers = dict.fromkeys(("days", "opening_fen", "closing_fen", "interest_fen", "ours_fen", "bank_fen"), 0)
    ClaimLine.objects.create(adjusts=line, **copy, **numbers)


@attack("day_is_subsidised_twice")
def a_day_that_two_claims_subsidise(scene: Scene) -> None:
    made(scene.pool, scene.offices)
    summer = made(scene.pool, scene.offices, SUMMER)
    segment_row(summer.lines.get(), SPRING.from_on, date(2026, 4, 1))


@attack("day_is_subsidised_twice")
def a_day_of_two_loans_of_one_person(scene: Scene) -> None:
    other = make_active_loan(scene.pool, scene.offices)
    claim = made(scene.pool, scene.offices)
    for loan in (other, scene.active):
        loan.applicant.id_no, loan.applicant.id_index = "encrypted", "the same woman"
        loan.applicant.save()
    ClaimSegment.objects.filter(loan=other).delete()
    segment_row(claim.lines.get(loan=other), SPRING.from_on, SPRING.to_on)


@attack("day_is_subsidised_twice")
def a_day_twice_in_one_statement(scene: Scene) -> None:
    line = made(scene.pool, scene.offices).lines.get()
    sql("DELETE FROM loans_claimsegment")
    row = f"({line.pk}, {line.loan_id}, '2026-04-01', '2026-04-02', 1, 100, 100, 0, 0, '')"
    sql(
        "INSERT INTO loans_claimsegment (line_id, loan_id, from_on, to_on, days, balance_fen, subsidised_fen, "
        f"interest_fen, subsidy_fen, why) VALUES {row}, {row}"
    )


@attack("claim_is_handed_in")
def days_of_another_loan_under_a_line(scene: Scene) -> None:
    other = make_active_loan(scene.pool, scene.offices)
    line = made(scene.pool, scene.offices).lines.get(loan=scene.active)
    line.loan = other
    segment_row(line, date(2027, 1, 1), date(2027, 2, 1))


@attack("claim_is_not_computed")
def half_a_claim_handed_in(scene: Scene) -> None:
    claim = making.open_claim(scene.pool, SPRING, by=scene.offices.bank_officer, at=moment(SPRING.to_on))
    log_of(claim, by=scene.offices.bank_officer2).save()


@attack("claim_takes_two_people")
def a_claim_handed_in_by_its_maker(scene: Scene) -> None:
    log_of(made(scene.pool, scene.offices), by=scene.offices.bank_officer).save()


@attack("claim_takes_two_people")
def a_review_by_one_person(scene: Scene) -> None:
    claim = opined(handed_in(made(scene.pool, scene.offices), scene.offices), scene.offices)
    log_of(claim, by=scene.offices.finance_officer, move="review", source="OPINED", target="REVIEWED").save()


@attack("claim_has_open_rows")
def a_review_with_an_open_row(scene: Scene) -> None:
    claim = opined(handed_in(made(scene.pool, scene.offices), scene.offices), scene.offices)
    with transaction.atomic():
        sql("UPDATE loans_claimline SET agreed_fen = NULL")
        decision = "(SELECT id FROM records_decision WHERE outcome = 'approved' ORDER BY id LIMIT 1)"
        sql(f"UPDATE loans_subsidyclaim SET decision_id = {decision}")
        log_of(claim, by=scene.offices.finance_officer, move="review", source="OPINED", target="REVIEWED").save()


@attack("row_is_permanent")
def a_stop_that_is_taken_back(scene: Scene) -> None:
    sql(
        "INSERT INTO loans_subsidystop (loan_id, stopped_on, reason, stopped_by_id, stopped_at) "
        f"VALUES ({scene.active.pk}, '2026-05-01', 'x', {scene.offices.finance_officer.pk}, '2026-05-02 00:00:00+00')"
    )
    sql("DELETE FROM loans_subsidystop")


@attack("nothing_to_refund")
def a_refund_of_what_was_not_paid(scene: Scene) -> None:
    line = made(scene.pool, scene.offices).lines.get()
    SubsidyRefund.objects.create(
        line=line, refunded_on=AT.date(), bank_serial="x", recorded_by=scene.offices.bank_officer, recorded_at=AT
    )


def segment_row(line: ClaimLine, from_on: date, to_on: date) -> None:
    ClaimSegment.objects.create(
        line=line,
        loan_id=line.loan_id,
        from_on=from_on,
        to_on=to_on,
        days=1,
        balance_fen=100,
        subsidised_fen=100,
        interest_fen=0,
        subsidy_fen=0,
    )
