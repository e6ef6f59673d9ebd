import pytest

from tests.makers import cases
from tests.makers.cases import MONDAY
from workflows import timeline
from workflows.models import Application
from workflows.stages import intake
from workflows.states import State
from workflows.wording import HER_TIMELINE, MOVES

ALL_MOVES = {one.name for one in Application._meta.get_field("state").get_all_transitions(Application)}


def test_every_move_has_words_for_both_sides():
    assert set(MOVES) == set(HER_TIMELINE) == ALL_MOVES


def test_newest_first_it_says_who_did_what_for_which_office(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    entries = timeline.for_staff(case)
    assert [(one.what, one.who, one.office) for one in entries] == [
        ("推荐", "纪荷香", "市妇联"),
        ("记走访", "孟春草", "石榴镇妇联"),
        ("受理", "孟春草", "石榴镇妇联"),
        ("提交申请", "本人", ""),
    ]
    assert entries[0].reason == "项目真实，同意推荐。"
    assert entries[0].at == MONDAY


def test_she_reads_it_in_her_words_without_what_colleagues_wrote(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    assert [(one.what, one.reason) for one in timeline.for_her(case)] == [
        ("妇联推荐了", ""),
        ("走访过了", ""),
        ("材料齐了，已受理", ""),
        ("已交申请", ""),
    ]


def test_she_reads_why_papers_are_asked_for(offices, programme):
    newest = timeline.for_her(cases.a_case_in(State.SUPPLEMENT, offices))[0]
    assert (newest.what, newest.reason) == ("请您补材料，时间先停下来", "户口本本人页拍糊了，重拍一张。")


def test_what_a_helper_filled_in_and_she_confirmed_says_both(offices, programme):
    asked = intake.request_consent(cases.a_helped_draft(offices), by=offices.helper, at=MONDAY, version=None)
    newest = timeline.for_her(cases.confirm(asked))[0]
    assert (newest.what, newest.who) == ("由 白杏花 代填，本人确认", "本人")


def test_what_time_did_is_told_as_such(offices, programme):
    newest = timeline.for_staff(cases.a_case_in(State.EXPIRED, offices))[0]
    assert (newest.who, newest.office) == ("系统", "市妇联")


@pytest.mark.parametrize("state", [State.DISBURSED, State.DECLINED, State.FROZEN])
def test_both_sides_read_the_same_number_of_things(offices, programme, state):
    case = cases.a_case_in(state, offices)
    assert len(timeline.for_her(case)) == len(timeline.for_staff(case)) == case.version
