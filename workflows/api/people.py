"""The people of a draft over HTTP: household, partners, those who vouch. Each agrees by the link to their own phone."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from applicants import parties
from applicants.identity import read_full_name, read_id_no, read_mobile
from applicants.models.applicant import SuretyWay
from applicants.models.household import Occupation, Relation
from applicants.models.party import Liability, PartyRole, SuretyKind, Tie
from applicants.parties import Partner, Surety
from applicants.party_consents import covers, live_consents
from loans.api.fields import YesNoUnknown
from records import outbox
from records.edge import carry_out
from records.refusals import NotPermitted
from workflows import loan_request, people
from workflows.api.fields import IdentityField
from workflows.models import Application

Given = dict[str, Any]


def _read_id_no(text: str) -> Any:
    return read_id_no(text, on=timezone.localdate())


class MemberInput(serializers.Serializer[Any]):
    """Somebody of the household, without a name."""

    relation = serializers.ChoiceField(choices=[one for one in Relation.choices if one[0] != Relation.SPOUSE])
    occupation = serializers.ChoiceField(choices=Occupation.choices)


class PartyInput(serializers.Serializer[Any]):
    full_name = IdentityField(read_full_name)
    id_no = IdentityField(_read_id_no)
    mobile = IdentityField(read_mobile, required=False)


class PartnerInput(PartyInput):
    share_percent = serializers.IntegerField(min_value=1, max_value=parties.SHARES_MAX)
    liability = serializers.ChoiceField(choices=Liability.choices)
    public_payroll = YesNoUnknown()


class SuretyInput(PartyInput):
    kind = serializers.ChoiceField(choices=SuretyKind.choices)
    tie = serializers.ChoiceField(choices=Tie.choices)


class PeopleInput(serializers.Serializer[Any]):
    """The keys of a draft that name people; each list that is given replaces the one that was kept."""

    household = MemberInput(many=True, required=False)
    has_partners = serializers.BooleanField(required=False)
    partners = PartnerInput(many=True, required=False)
    surety_way = serializers.ChoiceField(choices=SuretyWay.choices, required=False)
    guarantors = SuretyInput(many=True, required=False)


def save_people(draft: Application, given: Given, *, at: datetime) -> None:
    """Keep what was given. Raises NamedAlready, TooManyOfThem, SharesTooLarge."""
    her = draft.applicant
    if "household" in given:
        parties.save_household(her, [(one["relation"], one["occupation"]) for one in given["household"]])
    if "has_partners" in given:
        parties.save_has_partners(her, has_partners=given["has_partners"] and draft.policy.partners_max > 0)
    if "partners" in given:
        people.keep_partners(draft, [_partner(one) for one in given["partners"]], at=at)
    if "surety_way" in given:
        parties.save_surety_way(her, way=SuretyWay(given["surety_way"]))
    if "guarantors" in given:
        people.keep_sureties(draft, [_surety(one) for one in given["guarantors"]], at=at)


class NamedOutput(serializers.Serializer[Any]):
    """Somebody named, masked; `key` is what asks them."""

    key = serializers.CharField()
    role = serializers.ChoiceField(choices=PartyRole.choices)
    full_name = serializers.CharField()
    id_no = serializers.CharField(source="masked_id_no")
    mobile = serializers.CharField(source="masked_mobile")
    has_agreed = serializers.BooleanField()


class AskInput(serializers.Serializer[Any]):
    mobile = IdentityField(read_mobile)


class People(APIView):
    @extend_schema(responses={200: NamedOutput(many=True)})
    def get(self, request: Request, number: str) -> Response:
        """Whom her application names, and who of them has agreed. For herself alone."""
        case = _her_case(request, number)
        given = live_consents(case.applicant)
        rows = [
            {
                "key": one.key,
                "role": one.role,
                "full_name": one.full_name,
                "masked_id_no": one.masked_id_no,
                "masked_mobile": one.masked_mobile,
                "has_agreed": covers(given.get((one.role, one.id_index)), case.amount_fen),
            }
            for one in parties.named_in(case.applicant)
        ]
        return Response(NamedOutput(rows, many=True).data)


class PeopleAsk(APIView):
    @extend_schema(request=AskInput, responses={204: None})
    def post(self, request: Request, number: str, key: str) -> Response:
        """Send somebody a link to their own phone, on which they say yes themselves."""
        case = _her_case(request, number)
        body = AskInput(data=request.data)
        body.is_valid(raise_exception=True)

        def link_of(token: str) -> str:
            return request.build_absolute_uri(reverse("party", args=[token]))

        def act(by: User, at: datetime) -> str:
            draft = loan_request.draft_of(case)
            whom = people.find_named(draft.applicant, key)
            if whom is None:
                raise NotPermitted
            return people.ask(draft, whom, mobile=body.validated_data["mobile"], link_of=link_of, at=at)

        outbox.send_now(carry_out(request, act, action="ask_party", about=number), at=timezone.now())
        return Response(status=204)


def _her_case(request: Request, number: str) -> Application:
    cases = Application.objects.visible_to(request.user).with_places()
    case: Application = get_object_or_404(cases, number=number)
    if case.applicant.user_id != request.user.pk:
        raise NotPermitted
    return case


def _partner(one: Given) -> Partner:
    return Partner(
        full_name=one["full_name"],
        id_no=one["id_no"],
        mobile=one.get("mobile", ""),
        share_percent=one["share_percent"],
        liability=Liability(one["liability"]),
        on_public_payroll=one["public_payroll"],
    )


def _surety(one: Given) -> Surety:
    return Surety(
        full_name=one["full_name"],
        id_no=one["id_no"],
        mobile=one.get("mobile", ""),
        kind=SuretyKind(one["kind"]),
        tie=Tie(one["tie"]),
    )
