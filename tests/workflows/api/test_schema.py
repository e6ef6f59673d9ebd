"""The OpenAPI document says what the API does."""

import re
from typing import Any

import pytest
import yaml
from openapi_spec_validator import validate

from loans.api import urls as loans_urls
from workflows.api import urls as workflows_urls

pytestmark = pytest.mark.django_db


def schema(client) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(client.get("/api/v1/schema/").content)
    return document


def test_the_schema_is_valid_and_open_to_everybody(client):
    validate(schema(client))


def test_every_address_of_the_api_is_described(client):
    described = set(schema(client)["paths"])
    routes = [pattern for part in (loans_urls, workflows_urls) for pattern in part.urlpatterns]
    wanted = {"/api/v1/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(route.pattern)) for route in routes}
    assert {path.replace("{id}", "{pk}") for path in described} == wanted


def test_the_pages_of_the_schema_open(client):
    assert client.get("/api/v1/docs/").status_code == 200
