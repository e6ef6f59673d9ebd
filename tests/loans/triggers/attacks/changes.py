"""A plan that is changed past the two people of the bank who have to agree on it."""

from datetime import date

from loans.models import Instalment, PlanChange
from loans.models.plan_change import RecallGround
from loans.plan_changes import propose_recall
from tests.loans.triggers.attacks.scene import Scene, attack, sql
from tests.makers.loans import moment

RECALLED_ON = date(2026, 8, 1)


def a_waiting_recall(scene: Scene) -> PlanChange:
    return propose_recall(
        scene.active,
        on=RECALLED_ON,
        ground=RecallGround.MISUSE,
        words="钱拿去还了别人的债",
        by=scene.offices.bank_officer,
        at=moment(RECALLED_ON),
    )


@attack("plan_change_takes_two_people")
def a_recall_carried_out_by_one(scene: Scene) -> None:
    a_waiting_recall(scene)
    sql("UPDATE loans_planchange SET is_open = FALSE, edition = 2")


@attack("plan_change_takes_two_people")
def a_recall_born_carried_out(scene: Scene) -> None:
    waiting = a_waiting_recall(scene)
    waiting.pk, waiting.edition, waiting.is_open = None, 2, False
    waiting.save(force_insert=True)


@attack("plan_change_is_written")
def a_proposal_that_reads_otherwise_later(scene: Scene) -> None:
    a_waiting_recall(scene)
    sql("UPDATE loans_planchange SET from_on = '2026-09-01'")


@attack("plan_change_is_written")
def a_proposal_that_is_gone(scene: Scene) -> None:
    a_waiting_recall(scene)
    sql("DELETE FROM loans_planchange")


@attack("plan_is_agreed")
def a_second_edition_of_ones_own(scene: Scene) -> None:
    Instalment(
        loan=scene.active,
        edition=2,
        number=1,
        due_on=RECALLED_ON,
        principal_fen=1,
        interest_fen=0,
        subsidy_fen=0,
        due_from_her_fen=1,
    ).save(force_insert=True)


@attack("maturity_is_agreed")
def a_later_maturity(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET matures_on = '2028-03-10' WHERE id = {scene.active.pk}")
