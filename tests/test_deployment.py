"""What is shipped to run the desk agrees with itself: containers, commands, lock files, settings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsdesk import processes
from tests.budgets import over_budget

ROOT = Path(__file__).resolve().parent.parent
OURS = ("web", "worker", "routes", "beat")
SERVICE_KEYS = {
    "build", "image", "restart", "environment", "depends_on", "command", "ports", "volumes", "healthcheck",
    "stop_grace_period",
}  # fmt: skip
CHECK_KEYS = {"test", "interval", "timeout", "retries", "start_period"}
SPAN = re.compile(r"\d+(s|m)")
VARIABLE = re.compile(r"\b((?:NEWSDESK|POSTGRES)_[A-Z_]+|DATABASE_URL|REDIS_URL)\b")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8")))


def test_compose_has_the_services_of_the_desk(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"postgres", "redis", "migrate", *OURS}
    assert {key for key in compose if not key.startswith("x-")} == {"services", "volumes"}
    for name, service in compose["services"].items():
        assert set(service) <= SERVICE_KEYS, name
        assert service["image"], name


def test_compose_services_that_stay_are_checked(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        if name == "migrate":
            assert service["restart"] == "no"
            continue
        check = service["healthcheck"]
        assert set(check) <= CHECK_KEYS, name
        assert check["test"][0] in {"CMD", "CMD-SHELL"}, name
        assert all(SPAN.fullmatch(check[key]) for key in ("interval", "timeout")), name


def test_compose_order_of_start(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in OURS:
        needs = services[name]["depends_on"]
        assert needs["migrate"] == {"condition": "service_completed_successfully"}
        assert needs["redis"] == {"condition": "service_healthy"}
        assert set(needs) <= set(services)


def test_compose_volumes_are_declared(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in compose["volumes"]


@pytest.mark.parametrize("name", OURS)
def test_containers_run_what_the_desk_runs(compose: dict[str, Any], name: str) -> None:
    ours = ["python", *processes.commands("0.0.0.0:8000")[name][1:]]
    assert compose["services"][name]["command"] == ours


def test_image_serves_what_compose_serves(compose: dict[str, Any]) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    command = dockerfile.rpartition("CMD ")[2].strip()
    assert yaml.safe_load(command) == compose["services"]["web"]["command"]
    assert "--require-hashes" in dockerfile
    assert dockerfile.index("USER newsdesk") < dockerfile.index("collectstatic")
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for line in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE):
        for source in line.split():
            assert (ROOT / source).exists(), source
            assert f"!{source}" in ignored, source


def test_variables_of_compose_and_settings_are_documented(compose: dict[str, Any]) -> None:
    told = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    named = set(VARIABLE.findall((ROOT / "docker-compose.yml").read_text("utf-8")))
    for path in (ROOT / "newsdesk").rglob("*.py"):
        named |= set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', path.read_text("utf-8")))
    assert {name for name in named if f"`{name}`" not in told and not name.startswith("POSTGRES_")} == set()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_have_hashes_and_no_place(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    packages = re.findall(r"^[a-z0-9][a-z0-9._-]*==\S+", text, re.MULTILINE)
    pinned = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(packages) == len(pinned) > 50
    assert all("--hash=sha256:" in block for block in pinned)
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links|^/", text, re.MULTILINE)


def test_lock_files_agree_and_cover_the_project() -> None:
    def pins(name: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for package, version in re.findall(
            r"^([a-z0-9._-]+)==([^\s;]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE
        ):
            found.setdefault(package, set()).add(version)
        return found

    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: versions for name, versions in run.items() if dev.get(name) != versions} == {}
    project = (ROOT / "pyproject.toml").read_text("utf-8").split("[dependency-groups]")[0]
    direct = re.findall(r'^    "([a-z0-9-]+)', project.split("dependencies = [")[1], re.MULTILINE)
    assert set(direct) <= set(run)


def test_nothing_outgrows_its_budget() -> None:
    assert list(over_budget()) == []
