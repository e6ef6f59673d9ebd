"""What the API tells of a case: masked, and to partners only their part."""

from typing import Any

from rest_framework import serializers

from accounts.models import User
from accounts.models.organisation import OrganisationKind
from accounts.permissions import live_memberships
from loans.api.fields import PercentField, YuanField
from workflows.models import Application


class UseOutput(serializers.Serializer[Any]):
    use = serializers.CharField()
    amount = YuanField(source="amount_fen")


class OfferOutput(serializers.Serializer[Any]):
    """The bank's terms, once it has decided."""

    loan = serializers.CharField(source="number")
    state = serializers.CharField()
    amount = YuanField(source="amount_fen")
    annual_rate = PercentField(source="annual_rate_ppm")
    term_months = serializers.IntegerField()
    method = serializers.CharField()
    contract_no = serializers.CharField(allow_null=True)
    disbursed_on = serializers.DateField(allow_null=True)


class ApplicationOutput(serializers.Serializer[Any]):
    number = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    version = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment] # a field of ours, not of DRF's
    full_name = serializers.CharField(source="applicant.full_name")
    id_no = serializers.CharField(source="applicant.masked_id_no")
    mobile = serializers.CharField(source="applicant.masked_mobile")
    account_no = serializers.SerializerMethodField()
    village = serializers.CharField(source="applicant.village_id", allow_null=True)
    project_type = serializers.CharField(source="applicant.business.project_type")
    site = serializers.CharField(source="applicant.business.site")
    amount = YuanField(source="amount_fen", allow_null=True)
    term_months = serializers.IntegerField(allow_null=True)
    method = serializers.CharField()
    use_rows = UseOutput(many=True)
    policy = serializers.CharField(source="policy.version")
    submitted_at = serializers.DateTimeField(allow_null=True)
    promise_started_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    offer = OfferOutput(source="loan", allow_null=True)

    def get_account_no(self, case: Application) -> str | None:
        """The guarantor has no use for it and isn't told."""
        user: User = self.context["for"]
        return None if _is_guarantors(user) else case.applicant.masked_account


def _is_guarantors(user: User) -> bool:
    if user.acts_for is not None:
        return user.acts_for.kind == OrganisationKind.GUARANTOR
    memberships = live_memberships(user)
    return bool(memberships) and all(one.organisation.kind == OrganisationKind.GUARANTOR for one in memberships)
