from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from loans import policies, policy_drafts
from loans.models import Policy, PolicyDraft
from loans.refusals import DraftIsWritten, DraftSettled, NoPolicyInForce
from records.models.decision import Outcome
from records.refusals import Invalid, NotPermitted, SamePerson, Stale
from tests.makers.loans import make_policy, make_programme, moment

TODAY = date(2026, 3, 10)
AT = moment(TODAY)
NAMED = {"version": "石榴市 2026-2", "document_no": "石妇字〔2026〕9 号", "valid_from": date(2026, 7, 1)}


@pytest.fixture
def policy(offices):
    return make_policy(offices)


def a_draft(policy, offices, **terms):
    draft = policy_drafts.start(policy.programme, by=offices.city_reviewer, at=AT)
    return policy_drafts.change(draft, terms=NAMED | terms, version=draft.version, by=offices.city_reviewer)


def proposed(policy, offices, **terms):
    draft = a_draft(policy, offices, **terms)
    return policy_drafts.propose(draft, version=draft.version, by=offices.city_reviewer, at=AT)


def decided(draft, by, *, outcome=Outcome.APPROVED):
    return policy_drafts.decide(draft, outcome=outcome, reason="", by=by, at=AT)


def test_a_draft_begins_with_what_the_newest_version_says(policy, offices):
    draft = policy_drafts.start(policy.programme, by=offices.city_reviewer, at=AT)
    assert (draft.terms["amount_max_fen"], draft.terms["lpr_on"]) == (10_000_000, "2025-12-22")
    assert (draft.terms["version"], draft.terms["valid_from"]) == ("", None)


def test_two_officers_publish_it_for_a_day_to_come(policy, offices):
    draft = proposed(policy, offices, amount_max_fen=15_000_000)
    assert Policy.objects.count() == 1
    new = decided(draft, offices.leader)
    assert (new.version, new.amount_max_fen, new.valid_from) == ("石榴市 2026-2", 15_000_000, date(2026, 7, 1))
    assert policies.policy_in_force(policy.programme, on=date(2026, 6, 30)) == policy
    assert policies.policy_in_force(policy.programme, on=date(2026, 7, 1)) == new


def test_whoever_proposed_it_does_not_publish_it(policy, offices):
    draft = proposed(policy, offices)
    with pytest.raises(SamePerson):
        decided(draft, offices.city_reviewer)
    assert Policy.objects.count() == 1


def test_a_refused_draft_is_kept_and_another_one_begun(policy, offices):
    draft = proposed(policy, offices)
    assert decided(draft, offices.leader, outcome=Outcome.REFUSED) is None
    assert policy_drafts.start(policy.programme, by=offices.city_reviewer, at=AT).pk != draft.pk
    assert PolicyDraft.objects.count() == 2
    assert Policy.objects.count() == 1


@pytest.mark.parametrize("who", ["finance_officer", "town_reviewer", "sysadmin", "bank_officer"])
def test_only_the_city_writes_policies(policy, offices, who):
    with pytest.raises(NotPermitted):
        policy_drafts.start(policy.programme, by=getattr(offices, who), at=AT)
    draft = proposed(policy, offices)
    with pytest.raises(NotPermitted):
        decided(draft, getattr(offices, who))


def test_one_draft_is_written_at_a_time(policy, offices):
    draft = a_draft(policy, offices)
    with pytest.raises(DraftIsWritten):
        policy_drafts.start(policy.programme, by=offices.leader, at=AT)
    policy_drafts.drop(draft, by=offices.leader, at=AT)
    policy_drafts.start(policy.programme, by=offices.leader, at=AT)


def test_a_draft_needs_something_to_begin_with(offices):
    with pytest.raises(NoPolicyInForce):
        policy_drafts.start(make_programme("other"), by=offices.city_reviewer, at=AT)


def test_whoever_saw_an_older_text_does_not_overwrite_the_newer(policy, offices):
    draft = a_draft(policy, offices)
    with pytest.raises(Stale):
        policy_drafts.change(draft, terms={"age_max": 65}, version=0, by=offices.leader)
    with pytest.raises(Stale):
        policy_drafts.propose(draft, version=0, by=offices.leader, at=AT)
    draft.refresh_from_db()
    assert draft.terms["age_max"] == 60


def test_what_was_proposed_is_not_written_any_more(policy, offices):
    draft = proposed(policy, offices)
    with pytest.raises(DraftSettled):
        policy_drafts.change(draft, terms={"age_max": 65}, version=draft.version, by=offices.city_reviewer)
    with pytest.raises(DraftSettled):
        policy_drafts.drop(draft, by=offices.city_reviewer, at=AT)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"version": ""}, "version"),
        ({"valid_from": None}, "valid_from"),
        ({"valid_from": TODAY}, "valid_from"),
        ({"funding_shares": {"city": 900_000}}, "funding_shares"),
        ({"term_options": []}, "term_options"),
        ({"term_options": [13]}, "term_options"),
    ],
)
def test_a_draft_that_cannot_be_a_policy_is_not_proposed(policy, offices, terms, field):
    draft = a_draft(policy, offices, **terms)
    with pytest.raises(Invalid) as refused:
        policy_drafts.propose(draft, version=draft.version, by=offices.city_reviewer, at=AT)
    assert next(error.field for error in refused.value.errors) == field
    draft.refresh_from_db()
    assert draft.is_written


def test_what_the_table_refuses_is_said_before_it_is_proposed(policy, offices):
    draft = a_draft(policy, offices, age_min=70)
    with pytest.raises(Invalid) as refused:
        policy_drafts.propose(draft, version=draft.version, by=offices.city_reviewer, at=AT)
    assert [error.field for error in refused.value.errors] == ["age_max"]


def test_a_decision_that_comes_after_its_first_day_publishes_nothing(policy, offices):
    draft = proposed(policy, offices)
    with pytest.raises(Invalid):
        policy_drafts.decide(draft, outcome=Outcome.APPROVED, reason="", by=offices.leader, at=moment(date(2026, 7, 1)))
    assert Policy.objects.count() == 1
    draft.decision.refresh_from_db()
    assert draft.decision.is_open


def test_a_published_policy_is_not_edited_by_anybody(policy):
    policy.age_max = 99
    with pytest.raises(IntegrityError, match="published_policy_is_never_edited"), transaction.atomic():
        policy.save()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE loans_policy SET valid_to = '2026-12-31'")
