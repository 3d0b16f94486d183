"""Public matchers over the same names, words and examples as tradebot, each set up the way its own documentation does it.

Every peer reads a question as (intent, partners) or refuses with None. Those without slots find names by exact
look-up, longest first, which is the best that can be done for them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

Reading = tuple[str, frozenset[str]]
Read = Callable[[str], Reading | None]

FAQ_CUTOFF = 80
"""WRatio from which the nearest FAQ entry answers: at 86 it reads 12 % rightly, below 80 hardly more than at 80."""

USUAL = 1_000
"""Examples from which those matchers learn that learn; the ones with slots need no more than their templates."""

NEBULENTO_CUTOFF = 0.5
"""Confidence from which it is believed: at 0.4 it reads 71 % rightly and answers 78 % of the others, at 0.6 40 and 0 %."""
_GIVEN = yaml.safe_load((Path(__file__).parent / "peers.yaml").read_text(encoding="utf-8"))
EXAMPLES: Mapping[str, Sequence[str]] = _GIVEN["examples"]
TEMPLATES: Mapping[str, Sequence[str]] = _GIVEN["templates"]
RULES: Mapping[str, str] = _GIVEN["rules"]
CUES: Mapping[str, Mapping[str, Sequence[str]]] = _GIVEN["cues"]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by lower-case spelling, the phrases of each cue, the terms that are defined, and examples filled with names in turn."""

    ids: Mapping[str, str]
    words: Mapping[str, Sequence[str]]
    terms: Sequence[str]

    def phrases(self, intent: str) -> list[str]:
        """The phrases that name an intent."""
        given = CUES[intent]
        return [*(phrase for cue in given["of"] for phrase in self.words[cue] if phrase.isascii()), *given.get("also", ())]

    def find(self, text: str) -> frozenset[str]:
        """Ids of the names in a text: whole words, the longest first."""
        words = re.findall(r"[^\W_]+", text.lower())
        found: list[str] = []
        at = 0
        while at < len(words):
            length = next((size for size in range(min(6, len(words) - at), 0, -1) if " ".join(words[at : at + size]) in self.ids), 0)
            found += [self.ids[" ".join(words[at : at + length])]] if length else []
            at += length or 1
        return frozenset(found)

    def examples(self, count: int) -> list[tuple[str, str]]:
        """That many (sentence, intent), the partners taking turns."""
        names = itertools.cycle(self.ids)
        sentences = itertools.cycle([(text, intent) for intent, texts in EXAMPLES.items() for text in texts])
        return [(re.sub("{p}", lambda _: next(names), text), intent) for text, intent in itertools.islice(sentences, count)]


def hassil(names: Names, _count: int) -> Read:
    from hassil import Intents, recognize_best  # noqa: PLC0415 - each peer is imported where it is built

    partners = [{"in": name, "out": held} for name, held in names.ids.items()]
    lists = {"partner": {"values": partners}, "term": {"values": list(names.terms)}}
    lists |= {"year": {"range": {"from": 1985, "to": 2030}}, "count": {"range": {"from": 1, "to": 100}}}
    intents = {intent: {"data": [{"sentences": list(texts)}]} for intent, texts in TEMPLATES.items()}
    loaded = Intents.from_dict({"language": "en", "intents": intents, "lists": lists, "expansion_rules": dict(RULES)})

    def read(question: str) -> Reading | None:
        result = recognize_best(question, loaded)
        if result is None:
            return None
        found = frozenset(entity.value for entity in result.entities_list if entity.name == "partner")
        return result.intent.name, found

    return read


def adapt(names: Names, _count: int) -> Read:
    from ovos_adapt.engine import IntentDeterminationEngine  # noqa: PLC0415
    from ovos_adapt.intent import IntentBuilder  # noqa: PLC0415

    engine = IntentDeterminationEngine()
    words = {"partner": names.ids, "term": names.terms, **{f"{intent}_cue": names.phrases(intent) for intent in CUES}}
    for kind, phrases in words.items():
        for phrase in phrases:
            engine.register_entity(phrase, kind)
    for intent, given in CUES.items():
        built = IntentBuilder(intent).require(f"{intent}_cue")
        for beside in given.get("beside", ()):
            built = built.optionally(f"{beside}_cue")
        if intent == "define":
            built = built.require("term")
        else:
            built = built.optionally("partner") if "alone" in given else built.require("partner")
        engine.register_intent_parser(built.build())

    def read(question: str) -> Reading | None:
        best = max(engine.determine_intent(question), key=lambda found: found["confidence"], default=None)
        if best is None or best["confidence"] <= 0:
            return None
        if best["intent_type"] == "compare":  # its intents hold one name, a comparison two
            return "compare", names.find(question)
        return best["intent_type"], frozenset([names.ids[best["partner"].lower()]] if "partner" in best else [])

    return read


def padacioso(names: Names, count: int) -> Read:
    from ovos_utils.log import LOG  # noqa: PLC0415
    from padacioso import IntentContainer  # noqa: PLC0415

    LOG.set_level("ERROR")
    container = IntentContainer(n_workers=1)
    container.add_entity("partner", list(names.ids))
    for intent, texts in _per_intent(names, count).items():
        container.add_intent(intent, texts)
    return _container(container, names, lambda found: bool(found.get("name")))


def nebulento(names: Names, count: int) -> Read:
    from nebulento import IntentContainer  # noqa: PLC0415

    container = IntentContainer()
    container.add_entity("partner", list(names.ids))
    for intent, texts in _per_intent(names, count).items():
        container.add_intent(intent, texts)
    return _container(container, names, lambda found: bool(found.get("name")) and found.get("conf", 0) >= NEBULENTO_CUTOFF)


def faq(names: Names, count: int) -> Read:
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

    entries = names.examples(count)
    texts = [utils.default_process(text) for text, _ in entries]

    def read(question: str) -> Reading | None:
        found = process.extractOne(utils.default_process(question), texts, scorer=fuzz.WRatio, score_cutoff=FAQ_CUTOFF)
        return (entries[found[2]][1], names.find(question)) if found else None

    return read


def svm(names: Names, count: int) -> Read:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    texts, intents = zip(*names.examples(count), strict=True)
    features = make_union(TfidfVectorizer(ngram_range=(1, 2)), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)))
    model = make_pipeline(features, LinearSVC()).fit(texts, intents)

    def read(question: str) -> Reading | None:
        scores = model.decision_function([question])[0]
        return (model.classes_[scores.argmax()], names.find(question)) if scores.max() > 0 else None

    return read


PEERS: Mapping[str, Callable[[Names, int], Read]] = {
    "hassil": hassil,
    "ovos-adapt-parser": adapt,
    "padacioso": padacioso,
    "nebulento": nebulento,
    "rapidfuzz FAQ": faq,
    "TF-IDF + linear SVM": svm,
}


def _per_intent(names: Names, count: int) -> dict[str, list[str]]:
    """Sentences with slots, which stand for all names; beyond the usual count, sentences with a name, as people add them."""
    found = {
        intent: [text.replace("{p}", "{partner}", 1).replace("{p}", "{other}") for text in texts] for intent, texts in EXAMPLES.items()
    }
    for text, intent in names.examples(max(0, count - USUAL)):
        found[intent].append(text)
    return found


def _container(container: object, names: Names, is_sure: Callable[[Mapping[str, object]], bool]) -> Read:
    def read(question: str) -> Reading | None:
        found = container.calc_intent(question)  # type: ignore[attr-defined]
        return (found["name"], names.find(question)) if found and is_sure(found) else None

    return read
