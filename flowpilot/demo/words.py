"""What engineers and FlowPilot say in the demo's past."""

import re

_GERMAN = re.compile(
    r"[äöüß]|\b(?:nicht|ist|und|der|die|das|ein|eine|kein|keine|nach|beim|fehlt|geht|fehler|läuft|von|im)\b", re.I
)


def is_english(text: str) -> bool:
    """Return whether a playbook's phrase is none of its German ones: the demo's engineers write English."""
    return not _GERMAN.search(text)


def is_short(text: str) -> bool:
    """Return whether an engineer would write it: English, and not a whole error message."""
    return is_english(text) and len(text) <= 80


CONTEXTS = (
    "one user, started this morning",
    "came back to me twice this week",
    "user works from home today",
    "rebooted once already, no change",
    "nothing was changed that I know of",
    "she is at the front desk, so it hurts",
    "user is on the phone with me",
    "the colleague next to him is fine",
    "on a laptop that was reinstalled last month",
    "since yesterday afternoon",
)

APPLYING = ("ok, doing that", "on it", "makes sense, running it now", "will do", "done, all steps")

WORKED = (
    "that did it",
    "works again, thanks",
    "user confirmed, all good now",
    "fixed",
    "yep, problem gone",
    "working now, tested with the user",
)
WORKED_NOTES = (
    "",
    "",
    "User tried it twice while I was on the phone.",
    "No error since.",
    "Tested with the user.",
    "Checked as the hint says.",
)
FAILED = ("no luck", "still the same error", "didn't help", "no change for the user")
FAILED_NOTES = (
    "Same error after all steps.",
    "No change for the user, also after a restart.",
    "Came straight back.",
    "The cause was another one.",
)
PARTLY = ("better, but not fully there", "works for one of the two users", "partly, it still happens now and then")
PARTLY_NOTES = (
    "Fixed on the laptop, the desktop still shows it.",
    "Much rarer, but it still happens now and then.",
    "Works for one of the two users.",
)
WAITING = {
    "outlook-broker-no-prt": ("have to wait for the reboot", "Registered again. Waiting for the user to restart."),
    "vpn-error-809": ("have to wait for the reboot", "Waiting for the user to restart the PC and try the VPN."),
    "licence-direct-no-mailbox": (
        "waiting for the mailbox",
        "Licence assigned again. Waiting for the mailbox to be made.",
    ),
    "password-hash-sync-stopped": ("waiting for the sync", "Waiting for the next password sync."),
    "sync-one-user-missing": ("waiting for the sync", "Delta sync started. Waiting for the user to appear in Entra."),
    "disk-full": ("will see tomorrow whether it stays free", "Space freed. Tomorrow shows whether it fills up again."),
    "lockout-known-caller": ("have to see whether it locks again", "Unlocked. Waiting to see whether it locks again."),
    "shared-mailbox-automapping": ("takes a while to show up", "Access granted. Waiting for Outlook to pick it up."),
    "onedrive-reset": ("waiting for it to sync", "Client reset. Waiting for it to get through all files."),
}
WAITING_ELSE = ("can't tell yet, user tests later", "Applied. The user tests later.")

CLIENTS = {
    "northwind": (
        "Castlebrae Insurance Brokers",
        "Dunholme Legal LLP",
        "Fennimore Timber Supplies",
        "Hollowcombe Mills",
        "Marlowe Street Primary School",
        "Ormsgill Shipping Agency",
        "Pemberlow Architects",
        "Sandlark Garden Centres",
        "Wagtail & Thorne Surveyors",
    ),
    "fabrikam": ("Brightleaf Grocers", "Larkspur Mall", "Tidewater Optical"),
}

PEOPLE = {"northwind": ("engineer", "senior", "engineer", "admin"), "fabrikam": ("engineer",)}
"""Account → the first parts of the e-mail addresses of those who work, as often as they do."""
