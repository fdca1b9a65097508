"""`manage.py dbshell` with the wheel's own psql."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from resolutionflow.embedded import server
from resolutionflow.embedded.cluster import PROGRAMS


class DatabaseClient(PostgresClient):
    executable_name = str(PROGRAMS / "psql")

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        address = server.at(settings_dict["DATA_DIRECTORY"]).ready()
        found = {**settings_dict, "HOST": address["host"], "PORT": address["port"]}
        return super().settings_to_cmd_args_env(found, parameters)
