"""Creates `.venv` and installs requirements there: `python3 install.py requirements.txt`.

It runs before anything is installed, and it must run under an old Python to print that this is too old. So it uses
only the standard library and old syntax.
"""

import fcntl
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
UNFINISHED = os.path.join(VENV, "unfinished")


def main(requirements: str) -> None:
    refuse_old_python()
    with open(os.path.join(HERE, requirements)) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # if two first starts run at once, one waits for the other
        if not is_installed(requirements):
            install(requirements)


def refuse_old_python() -> None:
    if sys.version_info < OLDEST:
        sys.exit(
            "ResolutionFlow needs Python {}.{} or newer, and this is {}.{}. Install a newer one and name it: "
            "make PYTHON=python3.12 run".format(*OLDEST, *sys.version_info[:2])
        )


def is_installed(requirements: str) -> bool:
    """Compare the files' content, because git doesn't keep their dates."""
    return os.path.exists(PYTHON) and read(stamp(requirements)) == wanted(requirements)


def install(requirements: str) -> None:
    print("Installing {} into .venv; this takes a minute, once.".format(requirements), flush=True)
    if os.path.exists(UNFINISHED) or not os.path.exists(PYTHON):
        make_venv()
    open(UNFINISHED, "w").close()  # pip takes what an interrupted pip left for installed
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "-r", requirements]
    if subprocess.run(pip, cwd=HERE).returncode != 0:
        sys.exit("Installing {} failed; pip's error is above. Fix that and try again.".format(requirements))
    for name in included(requirements):
        with open(stamp(name), "w") as file:
            file.write(wanted(name))
    os.remove(UNFINISHED)


def make_venv() -> None:
    try:
        import ensurepip  # noqa: F401  Debian leaves it out of python3 and says so too late
        import venv
    except ImportError:
        sys.exit("Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv")
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=True, symlinks=True)


def wanted(requirements: str) -> str:
    return "".join(read(os.path.join(HERE, name)) for name in included(requirements))


def included(requirements: str) -> "list[str]":
    names = [requirements]
    for line in read(os.path.join(HERE, requirements)).splitlines():
        if line.startswith("-r "):
            names += included(line[3:].strip())
    return names


def stamp(requirements: str) -> str:
    return os.path.join(VENV, "installed-" + requirements)


def read(path: str) -> str:
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


if __name__ == "__main__":
    main(sys.argv[1])
