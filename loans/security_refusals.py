"""What can't be done with a counter-guarantee, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from records.refusals import Refusal


class SecurityInUse(Refusal):
    """A counter-guarantee is held while the promise lasts or something is claimed."""

    code = "security_in_use"
    message = _("贷款还没还清，反担保还不能解除。")


class SecurityReleased(Refusal):
    """The counter-guarantee is free already."""

    code = "security_released"
    message = _("这项反担保已经解除了。")
