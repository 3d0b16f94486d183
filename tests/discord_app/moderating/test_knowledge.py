"""`/knowledge` as moderators use it, over a real git repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from simcord.components import walk_components

from discord_app.moderating.conftest import OPERATOR, Office, client_of, read
from tradebot.checks import TODAY
from tradebot.curation.draft import Draft
from tradebot.curation.people import Moderator
from tradebot.curation.repository import Repository
from tradebot.discord_app.moderating import forms
from tradebot.discord_app.moderating.rights import Moderators
from tradebot.discord_app.moderating.showing import NOT_YOURS


async def test_a_name_from_the_form_to_everybody_and_back(office: Office) -> None:
    status = await office.do(office.ann, "status")
    assert status.startswith("**r1**, published on ")
    assert "Tariffs: of 22 Aug 2026" in status or "tariff" in status.lower()
    assert "Your draft: 0 edits." in status
    assert await office.do(office.ann, "diff") == "The draft changes nothing."

    said = await office.fill(office.ann, "alias", area="vietnam", name="Namland")
    assert said.startswith("In your draft: Vietnam: “Namland” is another name (aliases)")
    assert await office.do(office.ann, "diff") == "- Vietnam: aliases + “Namland”"
    assert await office.do(office.ann, "check") == "Every file can be read, every test passes."
    assert "Namland" not in await office.says("deficit with Namland") or "no trade partner" in await office.says("deficit with Namland")

    published = await office.do(office.ann, "publish", why="people call it that")
    assert published == "**r2 is published.**\n- Vietnam: aliases + “Namland”"
    assert "$178.3 bn" in await office.says("deficit with Namland")
    assert "r2 · A-" in await office.says("deficit with Namland")

    log = await office.do(office.bo, "log")
    assert log.splitlines()[0].startswith("**r2** ")
    assert log.splitlines()[0].endswith(", ann: people call it that")
    assert await office.do(office.bo, "rollback", why="nobody does") == "**r3 is published.**\n- Vietnam: aliases − “Namland”"
    assert "$178.3 bn" not in await office.says("deficit with Namland")


async def test_a_draft_belongs_to_one_and_survives_a_restart(office: Office) -> None:
    await office.fill(office.ann, "gap", term="freight rates", says="I have no freight rates.")
    assert await office.do(office.bo, "diff") == "The draft changes nothing."
    await office.restart()
    assert "freight" in await office.do(office.ann, "diff")
    assert await office.do(office.ann, "discard") == "Your draft is empty."
    assert await office.do(office.ann, "diff") == "The draft changes nothing."


async def test_a_form_that_was_open_over_a_restart_still_arrives(office: Office) -> None:
    shown = await office.ann.slash(office.channel, "knowledge set", kind="alias")
    await office.restart()
    said = read(await office.ann.submit_modal(shown, {"area": "vietnam", "name": "Namland"}))
    assert "“Namland” is another name" in said


async def test_the_preview_shows_what_breaks_first_and_the_figure_must_be_typed(office: Office) -> None:
    said = await office.fill(office.ann, "figure", area="Vietnam", measure="imports", period="2025", value="1938.8 bn")
    assert "Vietnam, imports, 2025: $193.9 bn → $1,938.8 bn" in said
    diff = await office.do(office.ann, "diff")
    assert "⚠" in diff
    shown = await office.ann.slash(office.channel, "knowledge preview")
    page = read(shown)
    assert "answers change" in page.splitlines()[0]
    assert "(breaks" in page
    assert page.splitlines()[-1].startswith("-# Page 1 of ")
    assert shown.response is not None
    turned = read(await office.ann.click(shown.response, label="▶"))
    assert turned.splitlines()[-1].startswith("-# Page 2 of ")
    others = await office.bo.slash(office.channel, "knowledge preview", moderator=office.ann.user)
    assert others.response is not None
    assert read(await office.bo.click(others.response, label="▶")) == turned
    refused = await office.do(office.ann, "publish", why="a slip")
    assert refused.startswith("**Refused; nothing was published.**\n- ")
    assert "Type " in refused
    assert (await office.do(office.ann, "status")).startswith("**r1**")


async def test_a_mistake_is_told_and_changes_nothing(office: Office) -> None:
    assert "no partner or group called “Atlantis”" in await office.fill(office.ann, "alias", area="Atlantis", name="Deep")
    assert "has no colon" in await office.fill(office.ann, "event", event="new", cells="just words")
    assert "is no amount" in await office.fill(office.ann, "figure", area="vn", measure="imports", period="2025", value="much")
    assert await office.do(office.ann, "diff") == "The draft changes nothing."


async def test_uploads(office: Office) -> None:
    text = (office.repository.knowledge / "partners/norway.yaml").read_text(encoding="utf-8")
    edited = text.replace("aliases: [", "aliases: [Norge land, ", 1).encode()
    assert "knowledge/partners/norway.yaml is replaced" in await office.do(office.ann, "upload", file=("norway.yaml", edited))
    assert "Norge land" in await office.do(office.ann, "diff")
    broken = text.replace("kind: country", "kind: land").encode()
    assert "norway.yaml:5:7: kind: must be one of" in await office.do(office.ann, "upload", file=("norway.yaml", broken))
    assert "Norge land" in await office.do(office.ann, "diff")


@pytest.mark.parametrize(
    ("name", "size", "place", "says"),
    [
        ("big.yaml", 9_000_000, "", "big.yaml has 9 MB; at most 8 are read."),
        ("country.xlsx", 21_000_000, "", "country.xlsx has 21 MB; at most 20 are read."),
        ("country.xlsx", 100, "", "country.xlsx is not an Excel workbook"),
        ("passwd", 10, "../../../etc/passwd", "is no name of a file here"),
        ("x.yaml", 10, "/etc/x.yaml", "is no name of a file here"),
        ("x.yaml", 10, "partners/../../x.yaml", "is no name of a file here"),
        ("x.exe", 10, "", "is neither YAML, CSV, a template (.j2) nor country.xlsx"),
        ("config", 10, ".git/config", "is no name of a file here"),
    ],
)
async def test_hostile_uploads_are_refused_and_named(office: Office, name: str, size: int, place: str, says: str) -> None:
    options = {"place": place} if place else {}
    assert says in await office.do(office.ann, "upload", file=(name, b"x" * size), **options)
    assert await office.do(office.ann, "diff") == "The draft changes nothing."


async def test_a_hostile_template_is_refused(office: Office) -> None:
    said = await office.do(office.ann, "upload", file=("measure.j2", b"{{ ''.__class__.__mro__ }}"))
    assert said == "templates/measure.j2:1:1: “__mro__” is not allowed: names do not begin with _"
    assert await office.do(office.ann, "diff") == "The draft changes nothing."


async def test_two_persons_where_the_rule_is_on(office: Office) -> None:
    rules = office.repository.top / "curation.yaml"
    rules.write_text("two_person_rule: true\n", encoding="utf-8")
    office.repository.git("commit", "--quiet", "--all", "--message", "Two persons", extra=OPERATOR.as_author())
    cells = (
        "announced: 2026-08-01\npartners: CA\nfamily: canada-338\nrole: threat\nstatus: announced\n"
        "measure: 99 % on everything\nconfidence: high\ntitle: A threat"
    )
    assert "Tariff event E" in await office.fill(office.ann, "event", event="new", cells=cells)
    refused = await office.do(office.ann, "publish", why="a new threat")
    assert refused.startswith("**Refused")
    assert "Your own draft needs the consent of another moderator." in await office.do(office.ann, "agree", moderator=office.ann.user)
    assert await office.do(office.bo, "diff") == "The draft changes nothing."
    assert await office.do(office.bo, "diff", moderator=office.ann.user) == "- Tariff event E118: new"
    assert "answers change" in (await office.do(office.bo, "preview", moderator=office.ann.user)).splitlines()[0]
    assert "You agree to the draft of ann as it is now" in await office.do(office.bo, "agree", moderator=office.ann.user)
    assert "Agreed by bo." in await office.do(office.ann, "status")
    assert "is published" in await office.do(office.ann, "publish", why="a new threat")
    assert "(agreed: bo)" in await office.do(office.ann, "log")


COMMANDS = ("status", "check", "diff", "preview", "log", "accept", "discard", "refresh")


@pytest.mark.parametrize("command", COMMANDS)
async def test_who_runs_the_server_has_no_rights_here(office: Office, command: str) -> None:
    assert await office.do(office.olga, command) == NOT_YOURS


async def test_nobody_else_gets_anywhere(office: Office) -> None:
    """By a command with options, a form, a button of somebody else's, or one that is forged."""
    await office.fill(office.ann, "alias", area="vietnam", name="Namland")
    attempts: dict[str, dict[str, Any]] = {
        "publish": {"why": "because"},
        "rollback": {"why": "because"},
        "agree": {"moderator": office.ann.user},
        "set": {"kind": "alias"},
        "upload": {"file": ("norway.yaml", b"id: NO")},
    }
    for command, options in attempts.items():
        assert await office.do(office.olga, command, **options) == NOT_YOURS
    assert office.repository.revision == "r1"


async def test_a_form_of_somebody_who_was_a_moderator_gets_nowhere(office: Office) -> None:
    shown = await office.ann.slash(office.channel, "knowledge set", kind="alias")
    office.workshop.moderators = Moderators()
    assert read(await office.ann.submit_modal(shown, {"area": "vietnam", "name": "Annland"})) == NOT_YOURS
    assert Draft(office.repository, Moderator(str(office.ann.id), "ann")).edits == []


async def forged(office: Office, custom_id: str) -> str:
    """A message of the bot whose first button has that id, tapped by Olga."""
    assert office.bot.user
    await office.olga.send(office.channel, f"{office.bot.user.mention} deficit with Vietnam")
    answer = next(each for each in reversed(office.channel.history()) if each.author == office.bot.user)
    stored = office.env.backend.get_message(office.channel.id, answer.id)
    item = next(part for part in walk_components(stored.components) if str(part.get("custom_id")).startswith("ask:"))
    item["custom_id"] = custom_id
    return read(await office.olga.click(answer, custom_id=custom_id))


@pytest.mark.parametrize("custom_id", ["kn:page:diff:1", "kn:page:diff:1:1001000000000000001", "kn:page:log:9999", "kn:page:status:1"])
async def test_a_forged_button_gets_nowhere(office: Office, custom_id: str) -> None:
    assert await forged(office, custom_id) == NOT_YOURS


@pytest.mark.parametrize("custom_id", ["kn:page:publish:1", "kn:page:", "kn:set:alias", "kn:page:diff:-1", "kn:page:diff:99999"])
async def test_a_button_that_nobody_made_is_not_known(office: Office, custom_id: str) -> None:
    assert "not one of mine" in await forged(office, custom_id)


@pytest.mark.parametrize("kind", forms.FORMS)
def test_every_form_fits_discord(kind: str) -> None:
    shown = forms.modal(kind).to_dict()
    assert len(shown["title"]) <= 45
    assert 1 <= len(shown["components"]) <= 5
    assert all(len(each["label"]) <= 45 for each in shown["components"])


async def test_without_moderators_there_is_no_such_command(repository: Repository, tmp_path: Path) -> None:
    assert client_of(repository, frozenset(), tmp_path).tree.get_command("knowledge") is None


async def test_an_old_revision_is_found_again(office: Office) -> None:
    before = office.bot.desk.ask("deficit with Vietnam", today=TODAY)
    await office.fill(office.ann, "alias", area="vietnam", name="Namland")
    await office.do(office.ann, "publish", why="people call it that")
    edition = await office.bot.edition("r1")
    assert edition is not None
    assert edition.reply(before.question, edition.understand(before.question, None, TODAY), TODAY).answer_id == before.answer_id
    assert await office.bot.edition("r99") is None
