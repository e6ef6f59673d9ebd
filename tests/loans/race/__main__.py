import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from tests.loans.race import payments, pool  # noqa: E402 - models need the set-up

{"pool": pool, "payments": payments}[sys.argv[1]].main()
