import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from tests.loans.race.pool import main  # noqa: E402 - models need the set-up

main()
