import sys
from collections.abc import Iterator

import pytest

from tests.processes.checkout import Checkout


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout whose first start has been, with the demo and a table for the tests' own rows."""
    checkout = Checkout.copy(tmp_path_factory.mktemp("checkout"))
    with checkout.started(sys.executable, "manage.py", "serve", "--demo") as server:
        checkout.sql("CREATE TABLE kept (name text)")
        server.stop()
    return checkout


@pytest.fixture
def checkout(prepared: Checkout) -> Iterator[Checkout]:
    """Nothing of it runs before the test, and nothing after."""
    assert prepared.processes() == []
    yield prepared
    prepared.kill_everything()
