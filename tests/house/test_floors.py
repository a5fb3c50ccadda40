"""A room imports only rooms on lower floors; inside a room the ladder goes one way."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT

LINTER = Path(sys.executable).parent / "lint-imports"


def lint(folder: Path) -> subprocess.CompletedProcess:
    """Run import-linter in a folder, with the contracts of its pyproject.toml."""
    return subprocess.run([LINTER, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_every_import_goes_down() -> None:
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout


def planted_house(folder: Path) -> Path:
    """Build empty rooms under the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for room in (path for path in (ROOT / "nabij").iterdir() if (path / "__init__.py").exists()):
        (folder / "nabij" / room.name).mkdir(parents=True)
        (folder / "nabij" / room.name / "__init__.py").touch()
    (folder / "nabij" / "__init__.py").touch()
    return folder


def test_an_import_that_goes_up_is_found(tmp_path) -> None:
    house = planted_house(tmp_path)
    assert lint(house).returncode == 0
    (house / "nabij/residents/queries.py").write_text("import nabij.casework\n")
    found = lint(house)
    assert found.returncode == 1
    assert "nabij.residents is not allowed to import nabij.casework" in found.stdout


def test_a_view_imported_by_an_action_is_found(tmp_path) -> None:
    house = planted_house(tmp_path)
    (house / "nabij/residents/views.py").touch()
    (house / "nabij/residents/actions.py").write_text("import nabij.residents.views\n")
    assert "nabij.residents.actions is not allowed to import nabij.residents.views" in lint(house).stdout


def test_a_room_that_is_on_no_floor_is_found(tmp_path) -> None:
    house = planted_house(tmp_path)
    (house / "nabij/attic").mkdir()
    (house / "nabij/attic/__init__.py").touch()
    assert "attic" in lint(house).stdout
    assert lint(house).returncode == 1
