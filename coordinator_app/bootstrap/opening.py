"""Opens the window as the command line asks: the demo, one profile, or the question who it is."""

import argparse
from pathlib import Path

from coordinator_app.bootstrap.doors import ComputerDoors, DemoWish
from coordinator_app.bootstrap.window import Session, application, dressed
from coordinator_app.console.asking import PASSPHRASE, Secrets


def run(given: argparse.Namespace, secrets: Secrets) -> int:
    """Open the window and return the exit code when the last one is closed."""
    app = application()
    theme = dressed(app, given.theme)
    demo = DemoWish(given.data, given.patients, given.as_of)
    doors = ComputerDoors(profiles_root(), lang=given.lang, only=given.profile, demo=demo, say=print)
    session = Session(app, theme, doors, given.lang)
    session.catch_defects()
    if given.demo and given.headless:
        from coordinator_app.bootstrap.demo_play import play

        return play(given, app, session)
    if given.demo:
        session.take(doors.sample())
    elif given.profile is not None and (held := secrets.look(PASSPHRASE)) is not None:
        session.take(doors.unlock(given.profile.name, held))
    else:
        session.sign_in()
    return app.exec()


def profiles_root() -> Path:
    """Return where panels lie when nobody names a folder."""
    from platformdirs import user_data_path

    return user_data_path("coordinator", appauthor=False) / "profiles"
