"""Runs PostgreSQL as a system user when we are root, because PostgreSQL refuses to run as root."""

import os
import pwd
import stat
import subprocess
from pathlib import Path
from typing import Any

SYSTEM_USER = "pgserver"
READABLE = stat.S_IRGRP | stat.S_IROTH
PASSABLE = stat.S_IXGRP | stat.S_IXOTH


def system_user() -> pwd.struct_passwd | None:
    """Return the user to run PostgreSQL as, created if missing; None if it runs as the present user."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            capture_output=True,  # it fails if another process has just created the user
        )
    return pwd.getpwnam(SYSTEM_USER)


def identity() -> dict[str, Any]:
    """Return arguments for subprocess that drop root's user and groups."""
    user = system_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def foreign_owner(folder: Path) -> str | None:
    """Return the name of the folder's owner if that is another user."""
    owner = folder.stat().st_uid
    if owner == os.geteuid():
        return None
    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return str(owner)


def own(folder: Path) -> None:
    """Create a folder that only PostgreSQL (and root) may enter."""
    user = system_user()
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), user.pw_uid if user else None}:
        raise PermissionError(f"{folder} belongs to another user")
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
        _let_pass(folder.parent)


def open_programs(programs: Path) -> None:
    """Let the system user run the wheel's programs, wherever root installed them."""
    if not system_user():
        return
    _let_pass(programs)
    if not (programs / "postgres").stat().st_mode & stat.S_IROTH:  # installed under a strict umask
        for each in (programs.parent, *programs.parent.rglob("*")):
            each.chmod(each.stat().st_mode | READABLE | PASSABLE)


def _let_pass(folder: Path) -> None:
    for each in (folder, *folder.parents):
        mode = each.stat().st_mode
        if mode & PASSABLE != PASSABLE:
            each.chmod(mode | PASSABLE)
