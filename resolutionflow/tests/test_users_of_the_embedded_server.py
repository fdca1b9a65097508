from pathlib import Path

import pytest

from resolutionflow.embedded.users import ProcessEnds, Users, is_unused


def test_a_thread_that_outlives_its_process_does_not_start_the_server_again(tmp_path: Path) -> None:
    users = Users(tmp_path / "users")
    assert users.join()
    users.end()
    with users.leaving() as last:
        assert last
    with pytest.raises(ProcessEnds):
        users.join()
    assert is_unused(tmp_path / "users")
