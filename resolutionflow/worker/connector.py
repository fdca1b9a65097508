"""The worker's own connections: a small pool for jobs and heartbeats, and one that listens for new jobs."""

import asyncio
from typing import Any

from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from resolutionflow.worker.limits import PATIENCE


def worker_connector() -> PsycopgConnector:
    return PsycopgConnector(
        kwargs=_parameters, min_size=1, max_size=2, timeout=PATIENCE, reconnect_timeout=PATIENCE, max_idle=60
    )


async def _parameters() -> dict[str, Any]:
    """Return the database's address for each new connection. This starts an embedded server that was killed."""
    return await asyncio.to_thread(connector_params)
