"""Django looks for a backend's DatabaseWrapper here."""

from typing import Any

from django.db.backends.postgresql import base

from resolutionflow.embedded import server
from resolutionflow.embedded.client import DatabaseClient


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Return the address, for each new connection. This starts a server that isn't running, or was killed."""
        address = server.at(self.settings_dict["DATA_DIRECTORY"]).ready()
        return {**super().get_connection_params(), **address}
