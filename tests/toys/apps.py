from django.apps import AppConfig


class ToysConfig(AppConfig):
    """Models that exist only while tests run: what the engine does is shown on something that fits on a page."""

    name = "tests.toys"
    default_auto_field = "django.db.models.BigAutoField"
