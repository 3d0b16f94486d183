"""The files under deploy/ are what Compose, Kubernetes and Grafana read, and safe as SECURITY.md says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import check_jsonschema  # type: ignore[import-untyped]
import jsonschema
import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml

from tradebot.operations.metrics import Metrics

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = Path(check_jsonschema.__file__).parent / "builtin_schemas" / "vendor" / "compose-spec.json"
KUBERNETES = "1.33"
MANIFESTS = sorted(path for path in (DEPLOY / "kubernetes").glob("*.yaml") if path.name != "kustomization.yaml")
METRIC = re.compile(r"\b(?:tradebot|process)_[a-z_]+")


def read(path: Path) -> dict[str, Any]:
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(held, dict)
    return held


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_a_manifest_is_what_kubernetes_takes(path: Path) -> None:
    kubernetes_validate.validate(read(path), KUBERNETES, strict=True)


def test_the_kustomization_names_what_there_is() -> None:
    assert {*read(DEPLOY / "kubernetes" / "kustomization.yaml")["resources"], "register.yaml"} == {path.name for path in MANIFESTS}


@pytest.mark.parametrize("name", ["statefulset.yaml", "register.yaml"])
def test_pods_have_no_rights(name: str) -> None:
    pod = read(DEPLOY / "kubernetes" / name)["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    for container in (*pod["initContainers"], *pod["containers"]):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert "secretKeyRef" not in str(container)


@pytest.mark.parametrize("name", ["statefulset.yaml", "register.yaml"])
def test_pods_follow_the_repository_that_they_share(name: str) -> None:
    pod = read(DEPLOY / "kubernetes" / name)["spec"]["template"]["spec"]
    (prepares,), (container,) = pod["initContainers"], pod["containers"]
    knowledge = read(DEPLOY / "kubernetes" / "settings.yaml")["data"]["TRADEBOT_KNOWLEDGE"]
    assert f"tradebot knowledge init {Path(knowledge).parent} --remote" in prepares["args"][0]
    assert container["envFrom"] == [{"configMapRef": {"name": "tradebot"}}]


def test_every_shard_has_a_pod() -> None:
    spec = read(DEPLOY / "kubernetes" / "statefulset.yaml")["spec"]
    environ = {each["name"]: each["value"] for each in spec["template"]["spec"]["containers"][0]["env"]}
    per_pod = int(environ["TRADEBOT_SHARD_IDS"].removeprefix("ordinal:"))
    assert spec["replicas"] * per_pod == int(environ["TRADEBOT_SHARD_COUNT"])


def test_the_compose_file_is_what_compose_takes() -> None:
    schema = json.loads(COMPOSE.read_text(encoding="utf-8"))
    held = read(DEPLOY / "compose.yaml")
    jsonschema.validate(held, schema)
    for name in ("bot", "register"):
        service = held["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert not [value for value in service["environment"].values() if "password" in value]


def test_the_dashboard_asks_for_metrics_that_there_are() -> None:
    board = json.loads((DEPLOY / "grafana" / "tradebot.json").read_text(encoding="utf-8"))
    asked = {name for panel in board["panels"] for target in panel["targets"] for name in METRIC.findall(target["expr"])}
    families = list(Metrics().registry.collect())
    given = {f"{family.name}{suffix}" for family in families for suffix in ("", "_total", "_bucket", "_count", "_sum")}
    assert asked <= given
    ours = {family.name for family in families if family.name.startswith("tradebot_")}
    assert ours == {name for name in ours if any(each.startswith(name) for each in asked)}


def test_the_image_runs_without_rights() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "USER 10001:10001" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)
