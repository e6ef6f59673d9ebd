from datetime import date

from loans.models import MutualHelp, MutualHelpFund, MutualHelpMove
from tests.loans.triggers.attacks.scene import Scene, attack, sql
from tests.makers import mutual_help
from tests.makers.people import OPENED_AT

DAY = date(2026, 3, 10)


def a_row(scene: Scene, helped: MutualHelp, **columns: object) -> MutualHelpMove:
    """A movement past our code."""
    about = {"fund": helped.fund, "help": helped, "kind": "repayment", "amount_fen": 1, "voucher_no": "凭 X"}
    posted = {"value_on": DAY, "posted_by": scene.offices.city_reviewer, "posted_at": OPENED_AT}
    return MutualHelpMove(**{**about, **posted, **columns})


@attack("mutual_help_exhausted")
def more_help_than_was_given(scene: Scene) -> None:
    fund = mutual_help.a_fund(scene.offices, given_fen=200_000)
    two = [mutual_help.proposed(fund, scene.offices, amount_fen=150_000) for _number in range(2)]
    mutual_help.agreed(two[0], scene.offices)
    mutual_help.decide(two[1], scene.offices)
    mother = mutual_help.a_mother(two[1])
    a_row(scene, two[1], kind="help", amount_fen=-150_000, mother=mother).save(force_insert=True)


@attack("mutual_help_balance_differs_from_its_rows")
def gifts_that_nobody_gave(scene: Scene) -> None:
    mutual_help.a_fund(scene.offices)
    sql("UPDATE loans_mutualhelpfund SET balance_fen = balance_fen + 1")


@attack("mutual_help_repaid_too_much")
def more_back_than_went_out(scene: Scene) -> None:
    helped = mutual_help.paid(scene.offices)
    a_row(scene, helped, amount_fen=helped.amount_fen + 1).save(force_insert=True)


@attack("mutual_help_repaid_too_much")
def back_before_it_went_out(scene: Scene) -> None:
    a_row(scene, mutual_help.proposed(mutual_help.a_fund(scene.offices), scene.offices)).save(force_insert=True)


@attack("mutual_help_fund_starts_empty")
def a_fund_that_begins_full(scene: Scene) -> None:
    programme = mutual_help.a_programme()
    MutualHelpFund.objects.create(programme=programme, keeper=scene.offices.city_federation, balance_fen=1)


@attack("mutual_help_of_another_fund")
def help_out_of_another_fund(scene: Scene) -> None:
    helped, other = mutual_help.paid(scene.offices), mutual_help.a_fund(scene.offices, code="other")
    a_row(scene, helped, fund=other).save(force_insert=True)


@attack("mutual_help_takes_two_people")
def help_by_one(scene: Scene) -> None:
    helped = mutual_help.proposed(mutual_help.a_fund(scene.offices), scene.offices)
    mother = mutual_help.a_mother(helped)
    a_row(scene, helped, kind="help", amount_fen=-helped.amount_fen, mother=mother).save(force_insert=True)


@attack("row_is_permanent")
def a_gift_made_smaller(scene: Scene) -> None:
    mutual_help.a_fund(scene.offices)
    sql("UPDATE loans_mutualhelpmove SET amount_fen = 1")
