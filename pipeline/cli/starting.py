"""The command that makes a newsroom: new."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.group import hope
from pipeline.cli.options import cache, common, newsroom, spoken
from pipeline.model.names import PersonRole

if TYPE_CHECKING:
    from pipeline.model.settings import Newsletter, Person

_NEEDED = {"name": "--name", "base_url": "--base-url", "sender": "--sender", "people": "--person"}


@hope.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="The newsletter's name.")
@click.option("--base-url", help="Where its web archive will stand; ends in “/”.")
@click.option("--sender", help="Whom the e-mail comes from: “Name <editors@…>”.")
@click.option("--person", "people", multiple=True, metavar="KEY=NAME:ROLE,ROLE", help="Who may sign (repeatable).")
@click.option("--sign-off", multiple=True, type=click.Choice([*map(str, PersonRole)]), help="A role that must sign.")
@click.option("--language", help="The newsletter's language, as en or de.")
@click.option("--condition", "conditions", multiple=True, help="A disease to follow (repeatable), or all.")
@click.option("--like", metavar="DEMO|FOLDER", help="Take what isn't given from the demo or another newsroom.")
@common
def new(
    folder: Path,
    people: tuple[str, ...],
    sign_off: tuple[str, ...],
    conditions: tuple[str, ...],
    like: str | None,
    root: Path | None,  # noqa: ARG001
    today: date | None,  # noqa: ARG001
    **words: str | None,
) -> None:
    """Make a newsroom: a folder with your settings, your people and the sources.

    Asks for what is not given. Nothing that exists is overwritten.
    """
    from pipeline.files import Folder
    from pipeline.flow import new as flow
    from pipeline.language.conditions import plain_conditions
    from pipeline.sources import kinds

    given: dict[str, Any] = {name: value for name, value in words.items() if value}
    given |= {"people": tuple(flow.person(each) for each in people)} if people else {}
    given |= {"sign_off": tuple(PersonRole(each) for each in sign_off)} if sign_off else {}
    given |= {"conditions": conditions} if conditions else {}
    pattern, listed = _pattern(like)
    if pattern is None:
        given |= _asked(given)
    letter = _letter(pattern, given)
    room = Folder(folder.resolve(), cache())
    options = {name: kind.options for name, kind in kinds().items()}
    config = flow.new(room, letter, options, plain_conditions(), listed)
    click.echo(
        f"{folder / 'sources.yml'} is written: {config.newsletter.name}, {len(config.newsletter.people)} people, "
        f"{len(config.enabled)} sources.\nWrite each person's interests into it. Then, in {folder}:\n\n"
        f"  {spoken()} gather    asks the sources and fills the queue\n"
        f"  {spoken()} sources   shows how each source is\n"
        f"  {spoken()} queue     lists what was found"
    )


def _pattern(like: str | None) -> tuple[Newsletter | None, str | None]:
    """The settings to start from, and the list of sources that goes with them, where there is one."""
    from pipeline.config import parse_config
    from pipeline.flow.new import listed_in

    if like is None:
        return None, None
    if like.lower() == "demo":
        from pipeline.demo.newsroom import sources_yml
        from pipeline.sources import kinds

        text = sources_yml("http://127.0.0.1:1")  # its sources run only while the demo does: they don't come along
        return parse_config(text, "demo", {name: kind.options for name, kind in kinds().items()}).newsletter, None
    room = newsroom(Path(like))
    return room.config.newsletter, listed_in(room.folder.read("sources.yml"))


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    """Ask at the terminal for what was not given; without one, say all that is missing."""
    missing = [option for name, option in _NEEDED.items() if name not in given]
    if not sys.stdin.isatty():
        if missing:
            raise click.UsageError(f"Missing: {', '.join(missing)}. Give them, or run this in a terminal to be asked.")
        return {}
    asked: dict[str, Any] = {}
    for name, what in _QUESTIONS.items():
        if name not in given:
            asked[name] = click.prompt(what, default="en" if name == "language" else None)
    if "people" not in given:
        asked["people"] = _people(given.get("sign_off", (PersonRole.EDITOR, PersonRole.MEDICAL)))
    if "conditions" not in given:
        told = click.prompt("Diseases to follow, with commas between", default="all")
        asked["conditions"] = tuple(each.strip() for each in told.split(",") if each.strip())
    return asked


_QUESTIONS = {
    "name": "The newsletter's name",
    "base_url": "Web address of its archive, as https://news.example.org/",
    "sender": "Sender of its e-mail, as Measured Hope <editors@news.example.org>",
    "language": "Its language",
}


def _people(roles: tuple[PersonRole, ...]) -> tuple[Person, ...]:
    """Ask for a name for each role that signs."""
    from pipeline.flow.new import signing

    return signing((role, click.prompt(f"Who signs as {role} (name)").strip()) for role in roles)


def _letter(pattern: Newsletter | None, given: dict[str, Any]) -> Newsletter:
    """Put what was given over the settings to start from."""
    from pipeline.model.settings import Newsletter, Topics

    told = {name: value for name, value in given.items() if name != "conditions"}
    if pattern is None:
        sender = str(told["sender"])
        told |= {"about": "CAR-T and emerging options in autoimmune disease"}
        told |= {"contact": sender.partition("<")[2].rstrip("> ") or sender}
        pattern = Newsletter(name="", base_url="", sender="")
    if "conditions" in given:
        named = tuple(given["conditions"])
        topics = Topics(therapies=pattern.topics.therapies, conditions=() if named == ("all",) else named)
        told |= {"topics": topics}
    return replace(pattern, **told)
