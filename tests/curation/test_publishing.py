"""A draft becomes a revision: checked, confirmed, agreed on, in one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.conftest import ANN, BO, says
from tradebot.curation import consent
from tradebot.curation.draft import Draft
from tradebot.curation.edits.accepted import accept
from tradebot.curation.edits.asking import add_test
from tradebot.curation.edits.by_hand import take
from tradebot.curation.edits.figures import set_figure
from tradebot.curation.edits.names import add_name
from tradebot.curation.faults import CurationError, RefusedError
from tradebot.curation.following import Follower
from tradebot.curation.people import Moderator
from tradebot.curation.preview import preview
from tradebot.curation.publishing import publish, roll_back
from tradebot.curation.repository import Repository
from tradebot.desk import Desk
from tradebot.edition import Edition

CEE = Moderator("1003", "Cee")


def test_published_rolled_back_and_logged(repository: Repository, draft: Draft) -> None:
    draft.apply(add_name("Vietnam", "Namland"))
    done = publish(draft, "people  call it\nthat")
    assert done.revision == repository.revision == repository.served == "r2"
    assert "Vietnam" in says(done.edition, "deficit with Namland")
    assert "r2 · A-" in says(done.edition, "deficit with Namland")
    assert "Namland" in (repository.knowledge / "partners/vietnam.yaml").read_text(encoding="utf-8")
    assert draft.edits == draft.changes == []

    back = roll_back(repository, BO, "nobody does")
    assert back.revision == "r3"
    assert "no trade partner called “Namland”" in says(back.edition, "deficit with Namland")
    assert [(each.name, each.by, each.why) for each in repository.log(2)] == [
        ("r3", "Bo b@example.org", "Rollback of r2: nobody does"),
        ("r2", "Ann", "people call it that"),
    ]
    assert repository.log(2)[1].more == "- Vietnam: aliases + “Namland”"
    assert repository.git("status", "--porcelain") == ""


def test_nothing_no_reason_and_the_beginning_are_refused(repository: Repository, draft: Draft) -> None:
    with pytest.raises(CurationError, match="There is nothing to publish"):
        publish(draft, "why not")
    with pytest.raises(CurationError, match="Say why"):
        publish(draft, " ")
    with pytest.raises(CurationError, match="r1 is the beginning"):
        roll_back(repository, ANN, "")


def test_a_failing_test_keeps_the_draft_back(repository: Repository, draft: Draft) -> None:
    draft.apply(add_test("forecast", "deficit with Vietnam"))
    with pytest.raises(RefusedError) as caught:
        publish(draft, "a wrong test")
    assert "tests[1]: “deficit with Vietnam” is read as partner_balance, wanted forecast" in caught.value.reasons[0]
    assert (repository.revision, len(draft.edits)) == ("r1", 1)


def test_numbers_that_jump_or_flip_are_typed(draft: Draft) -> None:
    draft.apply(set_figure("Andorra", "imports", "2025", "97 million"))
    with pytest.raises(RefusedError) as caught:
        publish(draft, "a correction")
    jump, flip, test = caught.value.reasons
    assert jump == "A jump: imports, 2025, Andorra: $6.90 mn held, $97.0 mn now. Type 97.0 to confirm it."
    assert flip == "The balance with Andorra in 2025 turns from a $1.30 mn surplus to a $88.8 mn deficit. Type -88.8 to confirm it."
    assert "“how many countries do we have a deficit with, says the newsletter” does not say '94'" in test
    with pytest.raises(RefusedError) as caught:
        publish(draft, "a correction", typed="97")
    assert caught.value.reasons == (flip, test)
    found = preview(draft.repository.edition("r1"), Edition.open(draft.knowledge))
    assert draft.apply(accept(found)) == "1 test says now what the draft answers"
    assert publish(draft, "a correction", typed="97.0 and −88.8").revision == "r2"


def test_months_that_do_not_make_their_year_are_typed_too(draft: Draft) -> None:
    draft.apply(set_figure("Vietnam", "imports", "2024", "137 bn"))
    with pytest.raises(RefusedError, match="The months do not add up to the year: imports, Vietnam, 2024") as caught:
        publish(draft, "a correction")
    assert "Type 137.0 to confirm it." in caught.value.reasons[0]


def rule_off(root: Path) -> str:
    (root.parent / "curation.yaml").write_text("two_person_rule: false\n", encoding="utf-8")
    return "The rule is off"


def test_two_moderators_agree_where_the_rule_says_so(repository: Repository, draft: Draft) -> None:
    rules = repository.top / "curation.yaml"
    rules.write_text("two_person_rule: true\n", encoding="utf-8")
    repository.git("commit", "--quiet", "--all", "--message", "The rule", extra=ANN.as_author())
    draft.catch_up()
    draft.apply(rule_off)
    with pytest.raises(RefusedError, match="need a second moderator"):
        publish(draft, "I lift the rule alone")
    draft.discard()
    draft.apply(set_figure("Andorra", "exports", "2025", "8.21 million"))
    with pytest.raises(CurationError, match="Your own draft"):
        consent.agree(draft, ANN)
    consent.agree(draft, BO)
    draft.apply(set_figure("Andorra", "exports", "2025", "8.22 million"))
    with pytest.raises(RefusedError, match="need a second moderator"):
        publish(draft, "changed after the consent")
    consent.agree(draft, CEE)
    other = Draft(repository, BO)
    other.apply(add_name("Vietnam", "Namland"))  # names need no second one
    publish(other, "a name")
    assert publish(draft, "a correction").revision == "r4"
    assert repository.log(1)[0].approved_by == "Cee"
    assert consent.agreed(draft) == []


def test_forged_consent_in_a_reason_is_only_text(repository: Repository, draft: Draft) -> None:
    draft.apply(add_name("Vietnam", "Namland"))
    publish(draft, "why\n\nApproved-by: Bo")
    assert repository.log(1)[0].approved_by == ""


def test_somebody_published_meanwhile(repository: Repository, draft: Draft) -> None:
    other = Draft(repository, BO)
    draft.apply(add_name("Vietnam", "Namland"))
    other.apply(add_name("Peru", "Incaland"))
    publish(other, "a name")
    publish(draft, "another")
    assert repository.edited() == []
    text = "".join((repository.knowledge / f"partners/{name}.yaml").read_text(encoding="utf-8") for name in ("vietnam", "peru"))
    assert "Namland" in text
    assert "Incaland" in text


def test_what_this_process_published_itself_is_not_read_again(repository: Repository, draft: Draft) -> None:
    desk = Desk(repository.edition("r1"))
    follower = Follower(repository, desk, pytest.fail)
    draft.apply(add_name("Vietnam", "Namland"))
    desk.swap(publish(draft, "a name").edition)
    assert follower.look() is None
    roll_back(repository, BO, "by another process")
    found = follower.look()
    assert found is not None
    assert found.knowledge.revision == "r3"


def test_files_edited_by_hand_are_taken_into_a_draft(repository: Repository, draft: Draft) -> None:
    card = repository.knowledge / "definitions/rank.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("How partners", "The way partners"), encoding="utf-8")
    (repository.knowledge / "definitions/wto.yaml").unlink()
    new = repository.knowledge / "definitions/swap-line.yaml"
    new.write_text("id: swap-line\ntitle: Swap line\nterms: [swap line]\ntext: Central banks lend each other their money, for a while.\n")
    assert draft.apply(take(repository)) == "Edited by hand: definitions/rank.yaml, definitions/swap-line.yaml, definitions/wto.yaml"
    done = publish(draft, "by hand")
    assert (repository.edited(), repository.served, done.left_alone) == ([], "r2", ())
    with pytest.raises(CurationError, match="No file was edited by hand"):
        draft.apply(take(repository))


def test_files_edited_by_hand_are_left_alone(repository: Repository, draft: Draft) -> None:
    path = repository.knowledge / "partners/vietnam.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Viet Nam", "Viet Nam, Handland"), encoding="utf-8")
    draft.apply(add_name("Vietnam", "Namland"))
    draft.apply(add_name("Peru", "Incaland"))
    done = publish(draft, "two names")
    assert done.left_alone == ("knowledge/partners/vietnam.yaml",)
    assert "Handland" in path.read_text(encoding="utf-8")
    assert "Incaland" in (repository.knowledge / "partners/peru.yaml").read_text(encoding="utf-8")
    assert done.edition.knowledge.revision.startswith("r2+")


def test_a_file_that_somebody_broke_by_hand_does_not_hold_up_a_publish(repository: Repository, draft: Draft) -> None:
    path = repository.knowledge / "partners/vietnam.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: country", "kind: land"), encoding="utf-8")
    desk = Desk(repository.edition("r1"))
    follower = Follower(repository, desk, pytest.fail)
    draft.apply(add_name("Peru", "Incaland"))
    assert publish(draft, "a name").edition.knowledge.revision == "r2"
    found = follower.look()  # as another process
    assert found is not None
    assert "r2 · A-" in says(found, "deficit with Incaland")
