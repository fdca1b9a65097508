"""What came of which playbook in the demo's past."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Mix:
    """How many sessions ended how. In the first `awaited` verdicts the outcome was waited for, about `wait` long."""

    worked: int = 0
    partly: int = 0
    failed: int = 0
    waiting: int = 0
    awaited: int = 0
    wait: timedelta = timedelta(0)

    @property
    def sessions(self) -> int:
        return self.worked + self.partly + self.failed + self.waiting


MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)

MIXES: dict[str, dict[str, Mix]] = {
    "northwind": {
        "outlook-broker-no-prt": Mix(worked=6, failed=1, waiting=1, awaited=6, wait=32 * MINUTES),
        "vpn-error-809": Mix(worked=5, partly=1, failed=2, awaited=3, wait=25 * MINUTES),
        "outlook-saved-credentials": Mix(worked=7, partly=1, failed=1, awaited=3, wait=15 * MINUTES),
        "spooler-stops": Mix(worked=6, partly=1),
        "licence-direct-no-mailbox": Mix(worked=4, failed=1, waiting=1, awaited=5, wait=70 * MINUTES),
        "onedrive-reset": Mix(worked=3, partly=2, failed=1, awaited=4, wait=2 * HOURS),
        "teams-client-cache": Mix(worked=4, failed=2),
        "lockout-known-caller": Mix(worked=5, partly=1, awaited=3, wait=50 * MINUTES),
        "password-hash-sync-stopped": Mix(worked=3, awaited=3, wait=30 * MINUTES),
        "printer-has-a-new-address": Mix(worked=4),
        "disk-full": Mix(worked=3, partly=1, awaited=4, wait=22 * HOURS),
        "shared-mailbox-automapping": Mix(worked=3, failed=1, waiting=1, awaited=4, wait=55 * MINUTES),
        "update-reset-components": Mix(worked=2, failed=3, awaited=3, wait=1 * HOURS),
        "vpn-names-dont-resolve": Mix(worked=3, partly=1),
    },
    "fabrikam": {
        "scan-to-folder": Mix(worked=4, failed=1),
        "dhcp-scope-exhausted": Mix(worked=3),
        "sync-one-user-missing": Mix(worked=2, waiting=1, awaited=2, wait=35 * MINUTES),
        "spooler-stops": Mix(worked=1, failed=2),
        "quickbooks-h202": Mix(worked=3, partly=1),
    },
}
"""Account → playbook → what came of it. One of the stories adds another success to the sign-in broker's: 7 of 8."""

ONCE: dict[str, tuple[str, ...]] = {
    "northwind": (
        *("account-refused-everywhere", "autodiscover-one-pc", "bitlocker-once", "calendar-phone-behind"),
        *("conditional-access-device", "dns-one-client", "dotnet-user-config", "error-0x0000011b"),
        *("gpo-not-for-one", "large-transfers-hang-mtu", "mailbox-full", "mfa-second-method-left"),
        *("ndr-stale-autocomplete", "offline-wsd-port", "outbox-one-message", "rdp-black-explorer"),
        *("start-menu-user", "temporary-profile-bak", "trust-local-admin", "wifi-computer-certificate"),
    ),
    "fabrikam": ("disk-full", "sql-server-not-found", "teams-microphone-blocked", "time-skew-one-pc"),
}
"""Account → playbooks that were tried once there."""

ONCE_ENDED = ("worked", "worked", "partly", "worked", "failed")
"""How these ended, in turn."""
