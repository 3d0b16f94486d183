"""`tradebot knowledge set …`: one edit of one's draft, by kind."""

from __future__ import annotations

import datetime as dt

import click

from tradebot.cli.curating import Curating, knowledge
from tradebot.cli.options import Day

__all__ = ["knowledge"]


@knowledge.group(name="set")
def setting() -> None:
    """Change one thing in your draft."""


@setting.command()
@click.argument("area")
@click.argument("measure")
@click.argument("period")
@click.argument("value")
@click.option("--source", default="", metavar="ID", help="The release it is from (the one that the line has).")
@click.pass_obj
def figure(curating: Curating, area: str, measure: str, period: str, value: str, source: str) -> None:
    """MEASURE (imports, exports, imports.HS87) of AREA in PERIOD (2025, 2025-03, 2026-01/2026-07) is VALUE ("194.5 bn")."""
    from tradebot.curation.edits.figures import set_figure  # noqa: PLC0415

    curating.apply(set_figure(area, measure, period, value, source))


@setting.command()
@click.argument("area")
@click.argument("name")
@click.option("--kind", type=click.Choice(["aliases", "weak", "demonyms"]), default="aliases", show_default=True)
@click.pass_obj
def name(curating: Curating, area: str, name: str, kind: str) -> None:
    """NAME is another name for AREA."""
    from tradebot.curation.edits.names import KINDS, add_name  # noqa: PLC0415

    curating.apply(add_name(area, name, KINDS[kind]))


@setting.command()
@click.argument("event")
@click.argument("cells", nargs=-1, required=True, metavar="COLUMN=TEXT...")
@click.pass_obj
def event(curating: Curating, event: str, cells: tuple[str, ...]) -> None:
    """Cells of a tariff EVENT; "new" is one that is not there yet."""
    from tradebot.curation.edits.events import set_event  # noqa: PLC0415

    curating.apply(set_event(event, _pairs(cells)))


@setting.command()
@click.argument("day", type=Day())
@click.pass_obj
def reviewed(curating: Curating, day: dt.date) -> None:
    """The tariff record is complete up to DAY."""
    from tradebot.curation.edits.events import set_reviewed  # noqa: PLC0415

    curating.apply(set_reviewed(day))


@setting.command()
@click.argument("file")
@click.argument("fact")
@click.argument("fields", nargs=-1, required=True, metavar="FIELD=TEXT...")
@click.pass_obj
def fact(curating: Curating, file: str, fact: str, fields: tuple[str, ...]) -> None:
    """Fields of a FACT of the newsletter, in article/FILE.yaml."""
    from tradebot.curation.edits.facts import set_fact  # noqa: PLC0415

    curating.apply(set_fact(file, fact, _pairs(fields)))


@setting.command()
@click.argument("card")
@click.option("--title", default="")
@click.option("--text", default="")
@click.option("--term", "terms", multiple=True, help="A name for it; may be given several times.")
@click.pass_obj
def card(curating: Curating, card: str, title: str, text: str, terms: tuple[str, ...]) -> None:
    """Title, text and terms of a definition CARD."""
    from tradebot.curation.edits.cards import set_card  # noqa: PLC0415

    if not (title or text or terms):
        raise click.UsageError("What shall change? --title, --text or --term.")
    curating.apply(set_card(card, title=title, text=text, terms=terms))


@setting.command()
@click.argument("intent")
@click.argument("words")
@click.pass_obj
def phrase(curating: Curating, intent: str, words: str) -> None:
    """Whoever says WORDS asks for INTENT."""
    from tradebot.curation.edits.asking import add_phrase  # noqa: PLC0415

    curating.apply(add_phrase(intent, words))


@setting.command()
@click.argument("term")
@click.argument("says")
@click.option("--see", multiple=True, help="A question to ask instead; may be given several times.")
@click.pass_obj
def gap(curating: Curating, term: str, says: str, see: tuple[str, ...]) -> None:
    """TERM is not held, which the sentence SAYS."""
    from tradebot.curation.edits.gaps import add_gap  # noqa: PLC0415

    curating.apply(add_gap(term, says, see=see))


def _pairs(words: tuple[str, ...]) -> dict[str, str]:
    """`rate=25 %` and the like by name."""
    if stray := [word for word in words if "=" not in word]:
        raise click.UsageError(f"“{stray[0]}” has no =; write rate=“25 %”.")
    return {key.strip(): said.strip() for key, _, said in (word.partition("=") for word in words)}
