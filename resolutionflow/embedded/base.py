"""Django looks for a backend's DatabaseWrapper here."""

from typing import Any

from django.db.backends.postgresql import base

from resolutionflow.embedded import server
from resolutionflow.embedded.client import DatabaseClient


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Django asks before every new connection, so a killed server is started again then."""
        address = server.at(self.settings_dict["DATA_DIRECTORY"]).ready()
        return {**super().get_connection_params(), **address}
