"""JSON Schemas: every shipped file is valid against the one an editor would use, and a mistake is not."""

from __future__ import annotations

import fnmatch
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from tradebot.cli import commands
from tradebot.knowledge.paths import knowledge_dir
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.schemas import SHAPES, Shape, files_of_shapes, schema_of, write_schemas
from tradebot.knowledge.yaml_files import as_model
from tradebot.knowledge.yaml_reader import Data, parse_yaml

SCHEMAS = Path(__file__).parents[1] / "docs" / "schema"


def data_of(text: str) -> Data:
    node = parse_yaml(text, "file.yaml", Problems())
    assert node is not None
    return node.data


def test_every_shipped_file_has_a_shape_and_fits_its_schema() -> None:
    found = dict(files_of_shapes(knowledge_dir()))
    assert set(found) == set(knowledge_dir().rglob("*.yaml"))
    validators = {shape.name: Draft202012Validator(schema_of(shape)) for shape in SHAPES}
    for path, shape in found.items():
        assert list(validators[shape.name].iter_errors(data_of(path.read_text(encoding="utf-8")))) == [], path


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_schema_is_itself_valid_and_refuses_fields_that_nobody_knows(shape: Shape) -> None:
    Draft202012Validator.check_schema(schema_of(shape))
    assert not Draft202012Validator(schema_of(shape)).is_valid({"alisases": []})


@pytest.mark.parametrize(
    "text",
    [
        "id: vn\n",
        'id: VN\nname: ""\n',
        "id: VN\nname: Vietnam\ncensus: [5520]\nkind: country\n",
        "id: VN\nname: Vietnam\nkind: land\n",
        "[]\n",
    ],
)
def test_a_mistake_is_underlined_where_the_program_would_refuse_it(text: str) -> None:
    partner, problems = SHAPES[0], Problems()
    node = parse_yaml(text, "file.yaml", problems)
    assert node is not None
    assert as_model(node, partner.model, problems) is None
    assert not Draft202012Validator(schema_of(partner)).is_valid(node.data)


def test_the_schemas_in_docs_are_those_of_the_models(tmp_path: Path) -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in write_schemas(tmp_path)}
    held = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.json")}
    assert held == written, "run: tradebot schema"


def test_the_command_prints_what_an_editor_needs(tmp_path: Path) -> None:
    done = CliRunner().invoke(commands, ["schema", str(tmp_path / "made")])
    settings = json.loads(done.stdout)["yaml.schemas"]
    assert done.exit_code == 0
    for path, shape in files_of_shapes(knowledge_dir()):
        name = f"knowledge/{path.relative_to(knowledge_dir()).as_posix()}"
        fitting = [Path(schema).stem for schema, globs in settings.items() if _fits(name, globs)]
        assert fitting == [shape.name]
    assert all(Path(schema).is_file() for schema in settings)


def _fits(name: str, globs: list[str]) -> bool:
    without = [each.removeprefix("!") for each in globs if each.startswith("!")]
    return any(fnmatch.fnmatch(name, each) for each in globs if not each.startswith("!")) and name not in without
