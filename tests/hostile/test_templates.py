"""Templates that want out of their sandbox, or never to end: each is refused within a second, and named."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from tradebot.presentation.render import Renderer
from tradebot.presentation.sandbox import RenderError

CASES = yaml.safe_load((Path(__file__).parent / "templates.yaml").read_text(encoding="utf-8"))["refused"]
FACTS = {"partner": "VN", "many": list(range(250)), "long": "word " * 500}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_a_hostile_template_is_refused_and_named(case: dict[str, str]) -> None:
    renderer = Renderer({"page.j2": f"Two lines\n{case['text']}"}, {})
    started = time.perf_counter()
    told = [str(problem) for problem in renderer.mistakes()]
    if case.get("when") == "rendered":
        assert told == [] or case["says"] in told[0]
    else:
        assert case["says"] in told[0]
        assert told[0].startswith("templates/page.j2:2:1: ")
    with pytest.raises(RenderError, match=r"^templates/page\.j2: ") as refused:
        renderer.render_template("page", FACTS)
    assert case["says"] in str(refused.value)
    assert time.perf_counter() - started < 1


BRACKETS = "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}"
BLOCKS = "{% if x %}" * 2_000 + "{% endif %}" * 2_000
SIGNS = "{{ " + "-" * 9_000 + "1 }}"


@pytest.mark.parametrize("source", [BRACKETS, BLOCKS, SIGNS], ids=["brackets", "blocks", "signs"])
def test_a_template_nested_without_end_is_refused(source: str) -> None:
    renderer = Renderer({"page.j2": source}, {})
    assert [str(problem) for problem in renderer.mistakes()] == ["templates/page.j2:1:1: is nested too deeply"]
    with pytest.raises(RenderError, match="page"):
        renderer.render_template("page", FACTS)
