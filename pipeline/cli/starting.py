"""Commands to begin with: new, demo."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.command import Command, Invocation, cache, newsroom, spoken
from pipeline.model.names import PersonRole

if TYPE_CHECKING:
    from pipeline.demo.run import Line
    from pipeline.model.settings import Newsletter, Person

_NEEDED = {"name": "--name", "base_url": "--base-url", "sender": "--sender", "people": "--person"}


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="The newsletter's name.")
@click.option("--base-url", help="Where the web archive will be; ends in “/”.")
@click.option("--sender", help="The sender of the e-mail: “Name <editors@…>”.")
@click.option(
    "--person", "people", multiple=True, metavar="KEY=NAME:ROLE,ROLE", help="Someone who may sign (repeatable)."
)
@click.option(
    "--sign-off", multiple=True, type=click.Choice([*map(str, PersonRole)]), help="A role that must sign (repeatable)."
)
@click.option("--language", help="The newsletter's language, such as en or de.")
@click.option("--condition", "conditions", multiple=True, help="A disease to follow (repeatable), or “all”.")
@click.option("--like", metavar="DEMO|FOLDER", help="Take whatever isn't given from the demo or another newsroom.")
@click.pass_obj
def new(
    _: Invocation,
    /,
    folder: Path,
    people: tuple[str, ...],
    sign_off: tuple[str, ...],
    conditions: tuple[str, ...],
    like: str | None,
    **words: str | None,
) -> None:
    """Create a newsroom: a folder with your settings and sources.

    You are asked for whatever you don't give as an option. Nothing that exists is overwritten.
    """
    from pipeline.files import Folder
    from pipeline.flow import new as flow
    from pipeline.language.terms import terms
    from pipeline.sources import kinds

    given: dict[str, Any] = {name: value for name, value in words.items() if value}
    given |= {"people": tuple(flow.person(each) for each in people)} if people else {}
    given |= {"sign_off": tuple(PersonRole(each) for each in sign_off)} if sign_off else {}
    given |= {"conditions": conditions} if conditions else {}
    pattern, listed = _pattern(like)
    if pattern is None:
        given |= _asked(given)
    letter = _letter(pattern, given)
    there = Folder(folder.resolve(), cache)
    options = {name: kind.options for name, kind in kinds().items()}
    config = flow.new(there, letter, options, terms().conditions, listed)
    click.echo(
        f"{folder / 'sources.yml'} was written: {config.newsletter.name}, {len(config.newsletter.people)} people, "
        f"{len(config.enabled)} sources.\nFill in each person's interests there. Then, in {folder}:\n\n"
        f"  {spoken()} gather    ask the sources and fill the queue\n"
        f"  {spoken()} sources   show the health of each source\n"
        f"  {spoken()} queue     list what was found"
    )


@click.command(cls=Command)
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Where to put the demo newsroom. Default: a new folder."
)
@click.option("--language", default="en", show_default=True, help="The newsletter's; its items stay in English.")
@click.option("--no-browser", is_flag=True, help="Don't open the result in a browser.")
@click.pass_obj
def demo(call: Invocation, folder: Path | None, language: str, no_browser: bool) -> None:
    """Run two fictional months from start to finish.

    Everything runs on this machine, over real HTTP.
    """
    from pipeline.demo.run import prepare, run

    root = prepare(folder or call.root)
    for line in run(root, spoken(), language):
        _narrate(line)
    if not no_browser and sys.stdout.isatty():
        import webbrowser

        webbrowser.open((root / "outbox/site/index.html").as_uri())


def _narrate(line: Line) -> None:
    """Print a line of the demo in the way of its kind."""
    match line.kind:
        case "title":
            click.echo(click.style(line.text, bold=True))
        case "step":
            click.echo("\n" + click.style(f"> {line.text}", bold=True))
        case "words":
            click.echo(click.wrap_text(line.text, 78, "  ", "  "))
        case "screen":
            click.echo("\n".join(f"  {row}" if row else "" for row in line.text.splitlines()))


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
    other = newsroom(Path(like))
    return other.config.newsletter, listed_in(other.folder.read("sources.yml"))


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    """Ask at the terminal for what was not given; without one, say all that is missing."""
    missing = [option for name, option in _NEEDED.items() if name not in given]
    if not sys.stdin.isatty():
        if missing:
            raise click.UsageError(
                f"Missing: {', '.join(missing)}. Give them as options, or run this in a terminal to be asked."
            )
        return {}
    asked: dict[str, Any] = {}
    for name, what in _QUESTIONS.items():
        if name not in given:
            asked[name] = click.prompt(what, default="en" if name == "language" else None)
    if "people" not in given:
        asked["people"] = _people(given.get("sign_off", (PersonRole.EDITOR, PersonRole.MEDICAL)))
    if "conditions" not in given:
        named = click.prompt("Diseases to follow, with commas between", default="all")
        asked["conditions"] = tuple(each.strip() for each in named.split(",") if each.strip())
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

    values = {name: value for name, value in given.items() if name != "conditions"}
    if pattern is None:
        sender = str(values["sender"])
        values |= {"about": "CAR-T and emerging options in autoimmune disease"}
        values |= {"contact": sender.partition("<")[2].rstrip("> ") or sender}
        pattern = Newsletter(name="", base_url="", sender="")
    if "conditions" in given:
        named = tuple(given["conditions"])
        topics = Topics(therapies=pattern.topics.therapies, conditions=() if named == ("all",) else named)
        values |= {"topics": topics}
    return replace(pattern, **values, logo="")  # the picture doesn't come along
