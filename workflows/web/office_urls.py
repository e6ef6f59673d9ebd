"""Where the offices work: their lists, and the cases on them."""

from django.urls import path

from workflows.web.calendar.notice import calendar_notice
from workflows.web.calendar.year import work_calendar
from workflows.web.case.charging import case_charges
from workflows.web.case.delaying import case_delay
from workflows.web.case.handing import case_assign
from workflows.web.case.neighbours import case_next, case_previous
from workflows.web.case.notes_writing import case_note
from workflows.web.case.pausing import case_pause
from workflows.web.case.people_reveal import case_party_reveal, case_party_withdraws
from workflows.web.case.pictures import case_turn
from workflows.web.case.referring import case_referrals
from workflows.web.case.settling import case_finding
from workflows.web.case.stepping_back import case_step_back
from workflows.web.case.views import case, case_reveal
from workflows.web.follow_ups.listing import follow_ups
from workflows.web.follow_ups.recording import follow_up, follow_up_photo, follow_up_question, follow_up_ready
from workflows.web.loan.changing import case_loan_change, case_loan_extend, case_loan_recall
from workflows.web.loan.statement import case_loan, finance_loan
from workflows.web.matters.answering import case_matter
from workflows.web.matters.queue import matters
from workflows.web.moves.views import case_move, case_visit
from workflows.web.people.leaving import person_leaves
from workflows.web.people.tree import people
from workflows.web.policies.checking import policy_draft_check
from workflows.web.policies.drafting import policy_draft, policy_draft_drop
from workflows.web.policies.listing import policies, policy, policy_draft_new
from workflows.web.survey.ledger import survey, survey_export, survey_import
from workflows.web.work.day import work_day
from workflows.web.work.files import work_export
from workflows.web.work.saved import work_view, work_views
from workflows.web.work.together import work_together
from workflows.web.work.views import partner, work

urlpatterns = [
    path("work", work, name="work"),
    path("work/day", work_day, name="work_day"),
    path("work/follow-ups", follow_ups, name="follow_ups"),
    path("follow-ups/<str:number>", follow_up, name="follow_up"),
    path("follow-ups/<str:number>/ask/<slug:asked>", follow_up_question, name="follow_up_question"),
    path("follow-ups/<str:number>/ready", follow_up_ready, name="follow_up_ready"),
    path("follow-ups/<str:number>/photos/<int:visit>", follow_up_photo, name="follow_up_photo"),
    path("work/together/<slug:deed>", work_together, name="work_together"),
    path("work/views", work_views, name="work_views"),
    path("work/views/<int:view_id>", work_view, name="work_view"),
    path("work/calendar", work_calendar, name="work_calendar"),
    path("work/calendar/<int:notice_id>", calendar_notice, name="calendar_notice"),
    path("work/export", work_export, name="work_export"),
    path("work/survey", survey, name="survey"),
    path("work/survey/export", survey_export, name="survey_export"),
    path("work/survey/import", survey_import, name="survey_import"),
    path("people", people, name="people"),
    path("people/<int:membership_id>/leave", person_leaves, name="person_leaves"),
    path("policies", policies, name="policies"),
    path("policies/<int:policy_id>", policy, name="policy"),
    path("policies/programmes/<int:programme_id>/draft", policy_draft_new, name="policy_draft_new"),
    path("policies/drafts/<int:draft_id>", policy_draft, name="policy_draft"),
    path("policies/drafts/<int:draft_id>/check", policy_draft_check, name="policy_draft_check"),
    path("policies/drafts/<int:draft_id>/drop", policy_draft_drop, name="policy_draft_drop"),
    path("partner", partner, name="partner"),
    path("matters", matters, name="matters"),
    path("case/<str:number>", case, name="case"),
    path("case/<str:number>/next", case_next, name="case_next"),
    path("case/<str:number>/previous", case_previous, name="case_previous"),
    path("case/<str:number>/visit", case_visit, name="case_visit"),
    path("case/<str:number>/moves/<slug:move>", case_move, name="case_move"),
    path("case/<str:number>/documents/<int:document_id>/turn", case_turn, name="case_turn"),
    path("case/<str:number>/reveal/<slug:what>", case_reveal, name="case_reveal"),
    path("case/<str:number>/people/<str:key>/withdraws", case_party_withdraws, name="case_party_withdraws"),
    path("case/<str:number>/people/<int:party>/<slug:what>", case_party_reveal, name="case_party_reveal"),
    path("case/<str:number>/referrals", case_referrals, name="case_referrals"),
    path("case/<str:number>/assign", case_assign, name="case_assign"),
    path("case/<str:number>/step-back", case_step_back, name="case_step_back"),
    path("case/<str:number>/notes", case_note, name="case_note"),
    path("case/<str:number>/charges", case_charges, name="case_charges"),
    path("case/<str:number>/delay", case_delay, name="case_delay"),
    path("case/<str:number>/pause", case_pause, name="case_pause"),
    path("case/<str:number>/findings/<int:finding>", case_finding, name="case_finding"),
    path("finance/loans/<str:loan_number>", finance_loan, name="finance_loan"),
    path("case/<str:number>/loan", case_loan, name="case_loan"),
    path("case/<str:number>/loan/extend", case_loan_extend, name="case_loan_extend"),
    path("case/<str:number>/loan/recall", case_loan_recall, name="case_loan_recall"),
    path("case/<str:number>/loan/changes/<int:change_id>", case_loan_change, name="case_loan_change"),
    path("case/<str:number>/matters/<int:matter>", case_matter, name="case_matter"),
]
