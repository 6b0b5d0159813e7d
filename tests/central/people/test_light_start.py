"""The commands of the centre run where no window could: nothing of Qt, and no database before one is needed."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from coordinator_app.__main__ import central_main
try:
    central_main(sys.argv[1:])
except SystemExit:
    pass
print("imported", *sys.modules)
"""


def imported_by(*words):
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("staff", "--url", "postgresql+psycopg://127.0.0.1:1/x?keyfile=/k", "list"),
        ("migrate", "--url", "postgresql+psycopg://127.0.0.1:1/x?keyfile=/k&passfile=/p"),
        ("status", "--data", "/nonexistent"),
    ],
)
def test_no_command_of_the_centre_imports_qt(words):
    assert imported_by(*words) & {"PySide6", "shiboken6", "reportlab", "apscheduler", "keyring"} == set()


def test_asking_for_help_opens_no_database_code():
    assert imported_by("--help") & {"sqlalchemy", "psycopg", "alembic"} == set()
