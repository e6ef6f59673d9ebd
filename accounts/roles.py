"""Who may do what: one table. Nothing else in the code grants anything.

A permission is the name of a move or of a sight. A role holds it within what its membership covers: a federation's
region and everything below, or one partner organisation. What an applicant may do with her own case, and what the
clock may do by itself, stand in the same table.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    HELPER = "helper", _("村妇联主席（代办）")
    TOWN_REVIEWER = "town_reviewer", _("镇妇联")
    CITY_REVIEWER = "city_reviewer", _("市妇联")
    GUARANTOR_OFFICER = "guarantor_officer", _("担保公司")
    BANK_OFFICER = "bank_officer", _("农信")
    FINANCE_OFFICER = "finance_officer", _("财政局")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDITOR = "auditor", _("审计员")


# Three administrators who watch each other: none of them holds another role, so none sees loan cases.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})

_TOWN = frozenset(
    {
        "view_case",
        "waitlist",
        "call_up",
        "accept",
        "send_back",
        "record_survey",
        "decline",
        "request_supplement",
        "pause",
        "explain_delay",
        "contest_charge",
        "assign",
        "freeze",
        "say",
        "follow_up",
        "collect",
        "keep_survey",
        "view_registers",
        "answer_calls",
    }
)

# To fill in for a woman who lets her; an officer of the town does it face to face.
_HELPING = frozenset({"view_helped_case", "fill_for_her", "request_consent", "supply"})

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.HELPER: _HELPING | {"view_registers"},
    Role.TOWN_REVIEWER: _TOWN | _HELPING,
    # The city acts for a town that has one person or none, and has moves of its own.
    Role.CITY_REVIEWER: _TOWN
    | {
        "recommend",
        "end_publicity",
        "return_for_rework",
        "unfreeze",
        "overturn",
        "answer_her",
        "settle_finding",
        "view_pool",
        "view_reports",
        "supervise",
        "decide_contest",
        "manage_calendar",
        "view_policy",
        "set_targets",
        "manage_policy",
        "manage_recordings",
        "keep_mutual_help",
    },
    Role.GUARANTOR_OFFICER: frozenset(
        {
            "view_case",
            "guarantee",
            "check_guarantee",
            "refuse_guarantee",
            "second_extension",
            "request_supplement",
            "return_for_rework",
            "pause",
            "explain_delay",
            "contest_charge",
            "assign",
            "view_pool",
            "view_recoveries",
            "view_claims",
            "opine_on_claim",
        }
    ),
    Role.BANK_OFFICER: frozenset(
        {
            "view_case",
            "approve_loan",
            "refuse_loan",
            "sign",
            "disburse",
            "payout_failed",
            "request_supplement",
            "return_for_rework",
            "pause",
            "explain_delay",
            "contest_charge",
            "assign",
            "answer_her",
            "record_repayment",
            "collect",
            "activate",
            "cancel",
            "settle",
            "reopen",
            "extend",
            "recall",
            "compensate",
            "close",
            "view_pool",
            "view_recoveries",
            "view_claims",
            "make_claim",
            "submit_claim",
            "refund_subsidy",
        }
    ),
    Role.FINANCE_OFFICER: frozenset(
        {
            "view_pool",
            "move_fund",
            "check_fund",
            "view_reports",
            "view_recoveries",
            "view_policy",
            "view_claims",
            "check_claim",
            "pay_claim",
            "stop_subsidy",
        }
    ),
    Role.SYSTEM_ADMIN: frozenset({"manage_people"}),
    Role.SECURITY_ADMIN: frozenset({"manage_security"}),
    Role.AUDITOR: frozenset({"view_audit"}),
}

# Only the head of an office: what would otherwise be asked of her twice.
HEAD_ONLY = frozenset({"overturn", "request_second_supplement", "send_back_again"})
for _role in (Role.TOWN_REVIEWER, Role.CITY_REVIEWER, Role.GUARANTOR_OFFICER, Role.BANK_OFFICER):
    PERMISSIONS[_role] |= {"request_second_supplement", "send_back_again"}

OWN_CASE = frozenset(
    {"submit", "confirm", "send_back", "supply", "accept_terms", "decline_terms", "withdraw", "freeze", "say"}
)

# A machine acts for one organisation: the bank's core system tells of payouts, the office's own clock lets time pass.
MACHINE_PERMISSIONS: dict[str, frozenset[str]] = {
    "bank": frozenset(
        {
            "view_case",
            "disburse",
            "payout_failed",
            "record_repayment",
            "activate",
            "settle",
            "reopen",
            "view_pool",
            "make_claim",
        }
    ),
    "guarantor": frozenset({"view_case", "view_pool"}),
    "federation": frozenset({"view_case", "expire", "call_up", "end_publicity"}),
    "finance": frozenset({"view_pool"}),
}
