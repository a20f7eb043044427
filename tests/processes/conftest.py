from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes.stage import Stage
from tests.processes.stores import Store, migrated

MakeStage = Callable[..., Stage]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = migrated(tmp_path_factory.mktemp("template"))
    yield store
    store.drop()


@pytest.fixture
def make_stage(template: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[MakeStage]:
    """``make_stage(**environment)``: a desk of its own; what its processes said is printed when the test fails."""
    made: list[Stage] = []

    def make(**settings: str) -> Stage:
        folder = tmp_path / f"stage{len(made)}"
        folder.mkdir()
        stage = Stage(folder, template.copy(folder), settings)
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.close()
        print(stage.log_ends())  # noqa: T201 -- pytest shows it for a failed test only


@pytest.fixture
def stage(make_stage: MakeStage) -> Stage:
    return make_stage()
