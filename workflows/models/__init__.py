from workflows.models.after_payout import PayoutReply, Rating
from workflows.models.application import Application, ApplicationTransition
from workflows.models.assignment import Assignment
from workflows.models.calendar_notice import CalendarNotice
from workflows.models.charge_contest import ChargeContest, ContestedDay
from workflows.models.delay import DelayAccount, Nudge
from workflows.models.early_opinion import EarlyOpinion
from workflows.models.escalation import Escalation
from workflows.models.finding import AssessedFinding
from workflows.models.follow_up import FollowUp, FollowUpDraft
from workflows.models.look import CaseLook
from workflows.models.matter import Matter, MatterTransition
from workflows.models.merit import ScoringPolicy, Target
from workflows.models.note import CaseNote
from workflows.models.paper import CasePaper
from workflows.models.pause import CasePause
from workflows.models.proposal import GuaranteeProposal
from workflows.models.recusal import Recusal
from workflows.models.refusal import DeclineReason
from workflows.models.reminder import ReminderChoice
from workflows.models.saved_view import SavedView
from workflows.models.signing_appointment import SigningAppointment
from workflows.models.supplement import SupplementRequest
from workflows.models.survey import SurveyReport, SurveyVisitor
from workflows.models.village_reminder import VillageReminder
from workflows.models.visit_appointment import VisitAppointment

__all__ = [
    "Application",
    "ApplicationTransition",
    "AssessedFinding",
    "Assignment",
    "CalendarNotice",
    "CaseLook",
    "CaseNote",
    "CasePaper",
    "CasePause",
    "ChargeContest",
    "ContestedDay",
    "DeclineReason",
    "DelayAccount",
    "EarlyOpinion",
    "Escalation",
    "FollowUp",
    "FollowUpDraft",
    "GuaranteeProposal",
    "Matter",
    "MatterTransition",
    "Nudge",
    "PayoutReply",
    "Rating",
    "Recusal",
    "ReminderChoice",
    "SavedView",
    "ScoringPolicy",
    "SigningAppointment",
    "SupplementRequest",
    "SurveyReport",
    "SurveyVisitor",
    "Target",
    "VillageReminder",
    "VisitAppointment",
]
