from accounts.models.membership import Membership
from accounts.models.organisation import Organisation
from accounts.models.region import Region
from accounts.models.second_factor import SecondFactor
from accounts.models.user import User
from accounts.models.working_day import WorkingDay

__all__ = ["Membership", "Organisation", "Region", "SecondFactor", "User", "WorkingDay"]
