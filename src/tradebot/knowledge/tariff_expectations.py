"""Dated expectations: what a moderator says must come out for a day, held against what the two clocks make of the events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tradebot.knowledge.problems import Problem, Problems
from tradebot.knowledge.tariff_clock import Standing, charged, standing, standings
from tradebot.knowledge.tariff_models import Expectation
from tradebot.knowledge.tariff_record import TariffRecord
from tradebot.knowledge.yaml_files import read_yaml


def check_expectations(root: Path, record: TariffRecord) -> Iterator[Problem]:
    """A problem for everything that does not come out as expected; none when all does."""
    failed = [(place, *failure) for place, each in enumerate(record.expectations) for failure in _failures(record, each)]
    node = read_yaml(root / "tariffs" / "expectations.yaml", Problems(), root) if failed else None
    for place, field, sentence in failed:
        each = record.expectations[place]
        if node:
            yield node.problem(f"{sentence} (on {each.on.isoformat()}{_whom(each)})", "expectations", place, field)


def _whom(each: Expectation) -> str:
    known = f", known on {each.known_on.isoformat()}" if each.known_on else ""
    return (f", {each.partner}" if each.partner else "") + known


def _failures(record: TariffRecord, each: Expectation) -> Iterator[tuple[str, str]]:
    """(field, sentence) for each part of one expectation that does not hold."""
    area = frozenset(filter(None, (each.partner, each.bloc)))
    known_on = each.known_on or max(record.reviewed, each.on)
    found = standings(record, area, each.on, known_on)
    held = {one.event.family: one for one in charged(found)}
    yield from _rates(each, held)
    yield from _exemptions(each, held, found)
    for family in each.absent:
        if family in held:
            yield "absent", f"{family} should not be in force, but {held[family].event.id} is"
    for authority in each.none:
        for one in held.values():
            if authority in one.event.authorities:
                yield "none", f"no duty under {authority} should be in force, but {one.event.id} is"
    yield from _states(record, each, area)


def _rates(each: Expectation, held: dict[str, Standing]) -> Iterator[tuple[str, str]]:
    for family, rate in each.rates.items():
        one = held.get(family)
        if one is None:
            yield "rates", f"{family} should be in force at {rate:g} %, but is not"
        elif one.rate.high != rate:
            yield "rates", f"{family} should be at {rate:g} %, but {one.event.id} has “{one.rate.text}”"


def _exemptions(each: Expectation, held: dict[str, Standing], found: Sequence[Standing]) -> Iterator[tuple[str, str]]:
    for family, wanted in each.exempt.items():
        named = set(held[family].event.exempt) if family in held else set()
        for one in found:
            if one.event.family == family and one.event.role.value == "exempt" and one.state.value == "in_force":
                named.update(one.event.exempt)
        for exemption in wanted:
            if exemption not in named:
                yield "exempt", f"{family} should spare “{exemption}”, but does not"


def _states(record: TariffRecord, each: Expectation, area: frozenset[str]) -> Iterator[tuple[str, str]]:
    for event_id, state in each.states.items():
        event = record.by_id.get(event_id)
        if event is None:
            yield "states", f"unknown event “{event_id}”"
            continue
        one = standing(record, event, area, each.on, each.known_on or max(record.reviewed, each.on))
        came_out = one.state.value if one else "not known"
        if came_out != state:
            yield "states", f"{event_id} should be “{state}”, but is “{came_out}”"
