"""The command line: `chat`, `ask`, `chart`, `check`, `schema`, `coverage`, `evaluate`, `refresh`, `knowledge`, `review`, `bot`, `health`.

Exit codes: 0; 1 when a question is refused, a check fails or the knowledge cannot be used; 2 for wrong usage.
Each command imports what it needs when it runs, so that `tradebot ask` starts without Discord and the line editor.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
from pathlib import Path

import click

from tradebot import __version__
from tradebot.cli import curating, journaling, setting
from tradebot.cli.options import Day, knowledge_option, today_option
from tradebot.knowledge.paths import knowledge_dir

CENSUS_API = "https://api.census.gov/data/timeseries/intltrade"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tradebot")
def commands() -> None:
    """Answers questions about US goods trade: official figures, dated and sourced, never a guess."""


@commands.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", is_flag=True, help="Read JSON Lines from standard input, write one JSON object a line.")
@knowledge_option
@today_option
def ask(question: tuple[str, ...], as_json: bool, jsonl: bool, knowledge: Path | None, today: dt.date | None) -> None:
    """Answer one QUESTION, or with --jsonl as many as come in."""
    from tradebot.cli import asking  # noqa: PLC0415

    if jsonl:
        if question or as_json:
            raise click.UsageError("--jsonl reads its questions from standard input: leave out QUESTION and --json")
        asking.answer_lines(asking.open_desk(knowledge), today)
        return
    text = " ".join(question)
    if not question:
        raise click.UsageError('What is the question? For example: tradebot ask "deficit with Vietnam"')
    if not asking.is_text(text):
        raise click.UsageError("the question is not valid text in this terminal's encoding")
    sys.exit(asking.answer_one(asking.open_desk(knowledge), text, today, as_json=as_json))


@commands.command()
@click.argument("question", nargs=-1)
@click.option("-o", "--output", metavar="FILE.png", type=click.Path(path_type=Path), required=True, help="The PNG to write.")
@click.option("--map", "map_of", metavar="MEASURE", help="A world map instead: balance, imports, exports or total_trade.")
@click.option("--period", metavar="PERIOD", help="With --map: 2025, 2025-03 or 2026-01/2026-07 (the latest complete year).")
@knowledge_option
@today_option
def chart(
    question: tuple[str, ...], output: Path, map_of: str | None, period: str | None, knowledge: Path | None, today: dt.date | None
) -> None:
    """Draw the answer to QUESTION, or a world map, into a PNG file; prints its alt text."""
    from tradebot.cli import asking, charting  # noqa: PLC0415

    target = charting.checked_target(output)
    text = " ".join(question)
    if map_of is None and (not question or period):
        raise click.UsageError("What shall be drawn? A QUESTION, or --map MEASURE with an optional --period.")
    if map_of is not None and (question or map_of not in charting.MAPS):
        raise click.UsageError(f"--map takes one of {', '.join(charting.MAPS)}, and no QUESTION beside it")
    if not asking.is_text(text):
        raise click.UsageError("the question is not valid text in this terminal's encoding")
    desk = asking.open_desk(knowledge)
    sys.exit(charting.chart_map(desk, map_of, period, target) if map_of else charting.chart_question(desk, text, today, target))


@commands.command()
@click.option("--plain", is_flag=True, help="Plain text: no colours, tables or charts.")
@knowledge_option
@today_option
def chat(plain: bool, knowledge: Path | None, today: dt.date | None) -> None:
    """Ask in the terminal, one question after the other."""
    from tradebot.cli import asking, chatting  # noqa: PLC0415

    chatting.chat(asking.open_desk(knowledge), knowledge or knowledge_dir(), today, plainly=plain)


@commands.command()
@knowledge_option
def check(knowledge: Path | None) -> None:
    """Check every file of the knowledge and run every intent's tests."""
    from tradebot.checks import check as check_knowledge  # noqa: PLC0415
    from tradebot.cli import asking  # noqa: PLC0415

    root = knowledge or knowledge_dir()
    with asking.knowledge_errors():
        check_knowledge(root).raise_if_any()
    click.echo(f"{root.resolve().name}: every file can be read, every test passes.")


@commands.command()
@click.argument("folder", metavar="FOLDER", default="docs/schema", type=click.Path(file_okay=False, path_type=Path))
def schema(folder: Path) -> None:
    """Write JSON Schemas of the knowledge files into FOLDER (docs/schema), and print the settings that let an editor use them."""
    from tradebot.knowledge.schemas import editor_settings, write_schemas  # noqa: PLC0415

    written = write_schemas(folder)
    click.echo(f"{len(written)} schemas written to {folder}. For VS Code with the YAML extension, .vscode/settings.json:", err=True)
    click.echo(json.dumps({"yaml.schemas": editor_settings(folder.as_posix())}, indent=2))


@commands.command()
@click.argument("files", nargs=-1, required=True, metavar="FILES...", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--show", type=click.IntRange(0), default=10, show_default=True, help="Failures of each kind to print.")
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="Keep this run, to compare a later one with it.")
@click.option("--compare", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Say what changed since a saved run.")
@click.option("--curve", type=click.Path(dir_okay=False, path_type=Path), help="Write false answers against refusals as JSON.")
@knowledge_option
@today_option
def evaluate(
    files: tuple[Path, ...],
    show: int,
    save: Path | None,
    compare: Path | None,
    curve: Path | None,
    knowledge: Path | None,
    today: dt.date | None,
) -> None:
    """Judge the replies to FILES of questions: JSON Lines, each with a question or turns and what is expected."""
    from tradebot.cli import asking, evaluating  # noqa: PLC0415

    now = today or dt.datetime.now(tz=dt.UTC).date()
    desk = asking.open_desk(knowledge)
    sys.exit(evaluating.evaluate(desk, files, show=show, compare=compare, save=save, curve_to=curve, today=now))


@commands.command()
@click.option("--partner", metavar="NAME", default="", help="Only this partner, by name or ISO code.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--plain", is_flag=True, help="Plain text: no colours.")
@knowledge_option
@today_option
def coverage(partner: str, as_json: bool, plain: bool, knowledge: Path | None, today: dt.date | None) -> None:
    """Show what the knowledge holds of whom, and what of it is stale, disputed or missing."""
    from tradebot.cli import asking, covering  # noqa: PLC0415
    from tradebot.knowledge.snapshot import Knowledge  # noqa: PLC0415

    with asking.knowledge_errors():
        loaded = Knowledge.load(knowledge or knowledge_dir())
    covering.cover(loaded, today or dt.datetime.now(tz=dt.UTC).date(), partner, as_json=as_json, plainly=plain)


@commands.command()
@click.argument("workbook", required=False, metavar="[FILE|URL]")
@click.option("--census-api", is_flag=True, help="Read the Census API; its key comes from CENSUS_API_KEY.")
@click.option("--since", type=click.IntRange(2010, 2100), metavar="YEAR", help="With --census-api: from this year on (three years back).")
@click.option("--as-of", type=Day(), help="The day the workbook was published, where the file does not say.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--accept", is_flag=True, help="Write although something is doubtful.")
@click.option("--api-url", metavar="URL", envvar="CENSUS_API_URL", default=CENSUS_API, help="Another address of the API, for a mirror.")
@click.option("--first-wait", type=click.FloatRange(0), default=1.0, help="Seconds before the second try, doubled for each after it.")
@knowledge_option
@today_option
def refresh(
    workbook: str | None,
    census_api: bool,
    since: int | None,
    as_of: dt.date | None,
    yes: bool,
    dry_run: bool,
    accept: bool,
    api_url: str,
    first_wait: float,
    knowledge: Path | None,
    today: dt.date | None,
) -> None:
    """Bring the record up to date from the Bureau's country.xlsx (a file or a URL) or from the Census API.

    Shows what changes and asks before it writes. Totals that do not add up, figures that jump and files older than the
    record are refused without --accept.
    """
    from tradebot.cli import asking, refreshing  # noqa: PLC0415

    if bool(workbook) == census_api:
        raise click.UsageError("Name a country.xlsx (a file or a URL), or use --census-api.")
    root, now = knowledge or knowledge_dir(), today or dt.datetime.now(tz=dt.UTC).date()
    choices = refreshing.Choices(root, now, as_of, since, api_url.rstrip("/"), first_wait, yes, dry_run, accept)
    with asking.knowledge_errors():
        sys.exit(refreshing.refresh_from_workbook(workbook, choices) if workbook else refreshing.refresh_from_api(choices))


_status = click.option(
    "--status",
    metavar="[HOST:]PORT",
    envvar="TRADEBOT_STATUS",
    help="Where to serve /healthz, /readyz and /metrics (nowhere if not given; on 127.0.0.1 if only a port is).",
)


@commands.command()
@click.option("--sync", is_flag=True, help="Only register the slash commands with Discord, then stop.")
@click.option("--shard-count", type=click.IntRange(1), envvar="TRADEBOT_SHARD_COUNT", help="How many shards all processes have together.")
@click.option(
    "--shard-ids", metavar="IDS", envvar="TRADEBOT_SHARD_IDS", help="Which of them run here: 0,1 or 0-3, or ordinal:2 in a StatefulSet."
)
@_status
@knowledge_option
def bot(sync: bool, shard_count: int | None, shard_ids: str | None, status: str | None, knowledge: Path | None) -> None:
    """Run the Discord bot; its token comes from TRADEBOT_TOKEN."""
    from tradebot.discord_app.app import run  # noqa: PLC0415
    from tradebot.discord_app.settings import BotSettings  # noqa: PLC0415

    try:
        settings = BotSettings.from_environ(
            os.environ, knowledge=knowledge, sync=sync, shard_count=shard_count, shard_ids=shard_ids, status=status
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    sys.exit(run(settings))


@commands.command()
@_status
def health(status: str | None) -> None:
    """Ask the bot that runs on this machine whether it is well: for a container's health check."""
    from tradebot.cli.asking_health import ask_health  # noqa: PLC0415

    if not status:
        raise click.UsageError("Which bot? Give --status, or set TRADEBOT_STATUS, as for `tradebot bot`.")
    sys.exit(ask_health(status))


commands.add_command(setting.knowledge)
commands.add_command(curating.review)
commands.add_command(journaling.journal)


def main() -> None:
    """The console script.

    A reader that goes away (`tradebot ask … | head`) ends it without a word; but not the bot, which a connection that
    Discord closed would end the same way.
    """
    if hasattr(signal, "SIGPIPE") and "bot" not in sys.argv[1:2]:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    commands(prog_name="tradebot")
