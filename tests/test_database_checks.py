import os

import pytest
from django.core.management import call_command
from django.db import connection

from resolutionflow.checks import flaws


@pytest.mark.django_db
def test_the_roles_of_the_product_pass() -> None:
    call_command("check", databases=["default"])


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="needs a superuser, and that login is perhaps none")
def test_a_superuser_is_refused(transactional_db: None) -> None:
    superuser = connection.copy()
    superuser.settings_dict = {**connection.settings_dict, "USER": "postgres"}
    try:
        assert [flaw.id for flaw in flaws(superuser)] == ["resolutionflow.E002"]
    finally:
        superuser.close()
