"""What holds of every model: it says what a row is, holds money whole, and its rules are sentences."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from records.models import Permanent
from records.models.machine import Machine
from tests.project.sources import APPS

OURS = [model for model in apps.get_models() if model._meta.app_label in APPS]
NAMED = [model for model in OURS if not model.__name__.startswith("Historical")]
# Of an applicant, which she takes with her when she is erased.
PARTS = {"Business", "HouseholdMember", "Party"}
NUMBERS = re.compile(r"(_fen|_ppm)$")


@pytest.mark.parametrize("model", NAMED, ids=lambda model: model.__name__)
def test_it_says_in_a_sentence_what_one_row_is(model):
    said = (model.__doc__ or "").strip()
    assert not said.startswith(f"{model.__name__}("), "Django's own list of fields"
    assert said.splitlines()[0].endswith((".", ":", ";")) or said.count("\n") > 0
    assert said[0].isupper()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_money_and_rates_are_whole_numbers(model):
    for field in model._meta.concrete_fields:
        assert not isinstance(field, models.FloatField | models.DecimalField), field
        if NUMBERS.search(field.name):
            assert isinstance(field, models.IntegerField), field


@pytest.mark.parametrize("model", NAMED, ids=lambda model: model.__name__)
def test_its_rules_are_sentences_that_both_databases_keep_whole(model):
    for rule in model._meta.constraints:
        assert len(rule.name) <= 63, rule.name
        assert len(rule.name.split("_")) >= 3, f"{rule.name} is no sentence"
        assert rule.name == rule.name.lower()


def test_no_two_rules_have_the_same_name():
    names = [rule.name for model in NAMED for rule in model._meta.constraints]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_deleting_one_thing_deletes_nothing_else(model):
    """What happened stays; rows that hang on each other are protected. Only parts of one thing go with it."""
    if model.__name__.startswith("Historical"):
        return
    for field in model._meta.concrete_fields:
        if field.remote_field is not None and model.__name__ not in PARTS:
            assert field.remote_field.on_delete is models.PROTECT, field


def test_every_machine_has_a_log_that_is_permanent():
    machines = [model for model in OURS if issubclass(model, Machine)]
    assert machines
    for machine in machines:
        options: Any = machine._meta
        log = options.get_field("log").related_model
        assert isinstance(log, type)
        assert issubclass(log, Permanent)
