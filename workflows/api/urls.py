from django.urls import path

from workflows.api.applications import ApplicationDetail, Applications
from workflows.api.clock import Clock
from workflows.api.judgements import (
    EarlyOpinions,
    Findings,
    FindingSettlement,
    PayoutInstructions,
    PayoutRelease,
)
from workflows.api.move_views import Move, Moves
from workflows.api.papers import Paper, Papers
from workflows.api.parts import Assignments, Documents, PauseEnd, Pauses, Timeline
from workflows.api.people import People, PeopleAsk
from workflows.api.tasks import Tasks

CASE = "applications/<str:number>"

urlpatterns = [
    path("applications", Applications.as_view()),
    path(CASE, ApplicationDetail.as_view()),
    path(f"{CASE}/moves", Moves.as_view()),
    path(f"{CASE}/moves/<str:move>", Move.as_view()),
    path(f"{CASE}/clock", Clock.as_view()),
    path(f"{CASE}/timeline", Timeline.as_view()),
    path(f"{CASE}/documents", Documents.as_view()),
    path(f"{CASE}/people", People.as_view()),
    path(f"{CASE}/people/<str:key>/ask", PeopleAsk.as_view()),
    path(f"{CASE}/papers", Papers.as_view()),
    path(f"{CASE}/papers/<str:kind>", Paper.as_view()),
    path(f"{CASE}/assignments", Assignments.as_view()),
    path(f"{CASE}/pauses", Pauses.as_view()),
    path(f"{CASE}/pauses/<int:pk>/end", PauseEnd.as_view()),
    path(f"{CASE}/findings", Findings.as_view()),
    path(f"{CASE}/findings/<str:rule>", FindingSettlement.as_view()),
    path(f"{CASE}/early-opinions", EarlyOpinions.as_view()),
    path(f"{CASE}/payout-instructions", PayoutInstructions.as_view()),
    path(f"{CASE}/payout-instructions/<int:pk>", PayoutRelease.as_view()),
    path("tasks", Tasks.as_view()),
]
