"""`tradebot knowledge`: a repository of knowledge, a draft of one's own, and the way from there to everybody.

init ─▶ set … / upload / take ─▶ diff, preview, accept ─▶ publish ─▶ log, rollback
"""

from __future__ import annotations

import datetime as dt
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tradebot.cli.options import knowledge_option, today_option
from tradebot.knowledge.paths import knowledge_dir

if TYPE_CHECKING:
    from tradebot.curation.draft import Draft, Edit
    from tradebot.curation.people import Moderator
    from tradebot.curation.preview import Preview
    from tradebot.curation.publishing import Published
    from tradebot.curation.repository import Repository

MODERATOR = "TRADEBOT_MODERATOR"


def _login() -> str:
    """The name one is logged in with; in a container its user may have none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"


name_option = click.option(
    "--as", "name", metavar="NAME", envvar=MODERATOR, default=_login, help="Who edits (the name you are logged in with)."
)


@dataclass(frozen=True, slots=True)
class Curating:
    """Which knowledge, and who edits it."""

    root: Path
    name: str

    @property
    def moderator(self) -> Moderator:
        from tradebot.curation.people import Moderator  # noqa: PLC0415

        return Moderator(self.name, self.name)

    @property
    def repository(self) -> Repository:
        from tradebot.curation.repository import Repository  # noqa: PLC0415

        return Repository.open(self.root.resolve().parent)

    @property
    def draft(self) -> Draft:
        from tradebot.curation.draft import Draft  # noqa: PLC0415

        return Draft(self.repository, self.moderator)

    def apply(self, edit: Edit) -> None:
        """Makes an edit of the draft and says so."""
        with errors():
            click.echo(f"In your draft: {self.draft.apply(edit)}")


@contextmanager
def errors() -> Iterator[None]:
    """Turns what stops an edit into lines on standard error and exit 1."""
    from tradebot.cli.asking import knowledge_errors  # noqa: PLC0415
    from tradebot.curation.faults import CurationError, RefusedError  # noqa: PLC0415

    try:
        with knowledge_errors():
            yield
    except RefusedError as error:
        click.echo("Refused, nothing was published:", err=True)
        for reason in error.reasons:
            click.echo(f"- {reason}", err=True)
        sys.exit(1)
    except CurationError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@click.group()
@knowledge_option
@name_option
@click.pass_context
def knowledge(context: click.Context, knowledge: Path | None, name: str) -> None:
    """Edit the knowledge: drafts, previews, publishing, the log."""
    context.obj = Curating(knowledge or knowledge_dir(), name)


@knowledge.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--remote", default="", metavar="URL", help="Share it through this git repository; what is there already is taken.")
@click.pass_obj
def init(curating: Curating, directory: Path, remote: str) -> None:
    """Make DIRECTORY a repository with the packaged knowledge."""
    from tradebot.curation.repository import Repository  # noqa: PLC0415

    with errors():
        made = Repository.init(directory, curating.moderator, remote)
        click.echo(f"{directory} is at {made.revision}. Use it with --knowledge {directory}/knowledge or TRADEBOT_KNOWLEDGE.")


@knowledge.command()
@click.pass_obj
def status(curating: Curating) -> None:
    """What is published, and what is not yet."""
    from tradebot.curation.consent import agreed  # noqa: PLC0415

    with errors():
        draft = curating.draft
        last = draft.repository.log(1)[0]
        click.echo(f"{last.name}, published on {last.at:%Y-%m-%d %H:%M} by {last.by}: {last.why}")
        if edited := draft.repository.edited():
            click.echo(f"Edited by hand and not published: {', '.join(edited)}")
        click.echo(
            f"Your draft ({draft.owner.called}): {len(draft.edits)} edits" + (", and others published since" if draft.is_behind else "")
        )
        for line in draft.edits:
            click.echo(f"- {line}")
        if names := agreed(draft):
            click.echo(f"Agreed by {', '.join(names)}.")


@knowledge.command()
@click.pass_obj
def diff(curating: Curating) -> None:
    """What your draft changes, in words."""
    from tradebot.curation.draft_difference import difference  # noqa: PLC0415

    with errors():
        found = difference(curating.draft)
        click.echo("\n".join(found.lines) or "The draft changes nothing.")
        for doubt in found.doubts:
            click.echo(f"Doubtful: {doubt}")


@knowledge.command()
@click.option("--page", type=click.IntRange(1), help="Only this page of five answers.")
@click.pass_obj
def preview(curating: Curating, page: int | None) -> None:
    """Every answer that your draft changes, before and after; what breaks comes first."""
    with errors():
        found = _preview(curating.draft)
    click.echo(found.headline)
    pages = found.pages()
    for change in pages[page - 1] if page and page <= len(pages) else () if page else found.changes:
        click.echo(f"\n{change.question}{f'   [{change.intent}: {change.why}]' if change.why else ''}")
        click.echo(_quoted("- ", change.before))
        click.echo(_quoted("+ ", change.after))


@knowledge.command()
@click.pass_obj
def accept(curating: Curating) -> None:
    """Take the answers of the preview as right: tests that fail over a figure say the new one."""
    from tradebot.curation.edits.accepted import accept as accepted  # noqa: PLC0415

    with errors():
        draft = curating.draft
        click.echo(f"In your draft: {draft.apply(accepted(_preview(draft)))}")


@knowledge.command()
@click.option("-m", "--why", required=True, help="Why; the log keeps it.")
@click.option(
    "--typed", default="", metavar="NUMBERS", help="The doubtful numbers, typed again to confirm them; “143 jumps” for all of a kind."
)
@click.pass_obj
def publish(curating: Curating, why: str, typed: str) -> None:
    """Make your draft the next revision."""
    from tradebot.cli import reviewing  # noqa: PLC0415
    from tradebot.curation import publishing  # noqa: PLC0415

    with errors():
        done = publishing.publish(curating.draft, why, typed)
    reviewing.settle(done.settles)
    _say(done)


@knowledge.command()
@click.argument("revision", default="")
@click.option("-m", "--why", default="", help="Why; the log keeps it.")
@click.pass_obj
def rollback(curating: Curating, revision: str, why: str) -> None:
    """Undo one REVISION (the last one), and keep those after it."""
    from tradebot.curation import publishing  # noqa: PLC0415

    with errors():
        _say(publishing.roll_back(curating.repository, curating.moderator, why, revision))


@knowledge.command()
@click.argument("moderator")
@click.pass_obj
def agree(curating: Curating, moderator: str) -> None:
    """Be the second to agree to the draft of another MODERATOR."""
    from tradebot.curation import consent, people  # noqa: PLC0415
    from tradebot.curation.draft import Draft  # noqa: PLC0415

    with errors():
        consent.agree(Draft(curating.repository, people.Moderator(moderator, moderator)), curating.moderator)
        click.echo(f"You agree to the draft of {moderator}.")


@knowledge.command()
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@click.pass_obj
def log(curating: Curating, limit: int) -> None:
    """Who published what, when and why."""
    with errors():
        for revision in curating.repository.log(limit):
            agreed = f" (agreed: {revision.approved_by})" if revision.approved_by else ""
            click.echo(f"{revision.name}  {revision.at:%Y-%m-%d %H:%M}  {revision.by}{agreed}: {revision.why}")
            for line in revision.more.splitlines():
                click.echo(f"      {line}")


@knowledge.command()
@click.confirmation_option(prompt="Forget every edit of your draft?")
@click.pass_obj
def discard(curating: Curating) -> None:
    """Forget your draft."""
    with errors():
        curating.draft.discard()
        click.echo("Your draft is empty.")


@knowledge.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "place", default="", metavar="NAME", help="Where it belongs: partners/norway.yaml (found by its name).")
@today_option
@click.pass_obj
def upload(curating: Curating, file: Path, place: str, today: dt.date | None) -> None:
    """Put FILE (YAML, CSV, a template or country.xlsx) into your draft."""
    from tradebot.curation.edits.uploads import upload as uploaded  # noqa: PLC0415

    curating.apply(uploaded(place or file.name, file.read_bytes(), today or dt.datetime.now(tz=dt.UTC).date()))


@knowledge.command()
@click.pass_obj
def take(curating: Curating) -> None:
    """Take the files that were edited by hand into your draft."""
    from tradebot.curation.edits import by_hand  # noqa: PLC0415

    with errors():
        curating.apply(by_hand.take(curating.repository))


@click.command()
@knowledge_option
@name_option
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="How far back.")
@click.option("--limit", type=click.IntRange(1), default=25, show_default=True, help="How many kinds of questions.")
def review(knowledge: Path | None, name: str, days: int, limit: int) -> None:
    """Go through what people asked in vain; what each becomes goes into your draft, with a test."""
    from tradebot.cli import reviewing  # noqa: PLC0415

    with errors():
        sys.exit(reviewing.review(Curating(knowledge or knowledge_dir(), name).draft, days, limit))


def _preview(draft: Draft) -> Preview:
    from tradebot.cli.reviewing import most_asked  # noqa: PLC0415
    from tradebot.curation.preview import preview_of  # noqa: PLC0415

    return preview_of(draft, most_asked())


def _say(done: Published) -> None:
    click.echo(f"{done.revision} is published:")
    for line in done.difference.lines:
        click.echo(f"- {line}")
    if done.left_alone:
        click.echo(f"Edited by hand and left alone: {', '.join(done.left_alone)}")


def _quoted(sign: str, text: str) -> str:
    return "\n".join(f"{sign}{line}" for line in text.splitlines() if line)
