"""JSON Schemas of the YAML files, made from the models that read them: editors underline mistakes while they are typed.

SHAPES: which files ─▶ which model ─▶ docs/schema/partner.json, … (`tradebot schema`)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from tradebot.knowledge.definitions import Definition
from tradebot.knowledge.gaps import GapsFile
from tradebot.knowledge.models_article import AboutFile, DisagreementFile, FactFile
from tradebot.knowledge.models_chapters import ChaptersFile
from tradebot.knowledge.models_intents import CueFile, Grammar, Intent
from tradebot.knowledge.models_partners import Group, Partner
from tradebot.knowledge.models_sources import SourcesFile
from tradebot.knowledge.places import PlacesFile
from tradebot.knowledge.shelf_lives import ShelfLivesFile
from tradebot.knowledge.tariff_models import AuthorityFile, ExemptionFile, ExpectationFile, FamilyFile, ProductFile, RecordFile

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of file: its `files` below knowledge/ (a glob), but not those of an earlier shape, and what reads it."""

    name: str
    files: str
    model: type[BaseModel]


SHAPES = (
    Shape("partner", "partners/*.yaml", Partner),
    Shape("group", "groups/*.yaml", Group),
    Shape("intent", "intents/*.yaml", Intent),
    Shape("definition", "definitions/*.yaml", Definition),
    Shape("article-about", "article/about.yaml", AboutFile),
    Shape("article", "article/*.yaml", FactFile),
    Shape("disagreements", "disagreements.yaml", DisagreementFile),
    Shape("grammar", "words/grammar.yaml", Grammar),
    Shape("ambiguous", "words/ambiguous.yaml", PlacesFile),
    Shape("words", "words/*.yaml", CueFile),
    Shape("chapters", "chapters.yaml", ChaptersFile),
    Shape("sources", "sources.yaml", SourcesFile),
    Shape("gaps", "gaps.yaml", GapsFile),
    Shape("shelf-lives", "shelf_lives.yaml", ShelfLivesFile),
    Shape("families", "tariffs/families.yaml", FamilyFile),
    Shape("authorities", "tariffs/authorities.yaml", AuthorityFile),
    Shape("products", "tariffs/products.yaml", ProductFile),
    Shape("exemptions", "tariffs/exemptions.yaml", ExemptionFile),
    Shape("expectations", "tariffs/expectations.yaml", ExpectationFile),
    Shape("tariff-record", "tariffs/record.yaml", RecordFile),
)


def schema_of(shape: Shape) -> dict[str, object]:
    """The JSON Schema of one kind of file."""
    made = shape.model.model_json_schema(by_alias=True)
    return {"$schema": DRAFT, **made, "title": f"knowledge/{shape.files}"}


def write_schemas(folder: Path) -> list[Path]:
    """Writes every schema into a folder, which is made; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for shape in SHAPES:
        path = folder / f"{shape.name}.json"
        path.write_text(json.dumps(schema_of(shape), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written


def files_of_shapes(root: Path) -> Iterator[tuple[Path, Shape]]:
    """Every YAML file below a knowledge folder with its shape; the first that fits."""
    seen: set[Path] = set()
    for shape in SHAPES:
        for path in sorted(root.glob(shape.files)):
            if path not in seen:
                seen.add(path)
                yield path, shape


def editor_settings(folder: str) -> dict[str, list[str]]:
    """What `yaml.schemas` of VS Code's settings must hold: schema → files; the general shapes leave out the special ones."""
    special = [shape for shape in SHAPES if "*" not in shape.files]
    return {
        f"{folder}/{shape.name}.json": [
            f"knowledge/{shape.files}",
            *(f"!knowledge/{other.files}" for other in special if other is not shape and Path(other.files).match(shape.files)),
        ]
        for shape in SHAPES
    }
