"""The page that says who may do what is made from the declarations, and is not out of date."""

from pathlib import Path

from nabij.administration.permissions import permissions_page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "permissions.md"


def test_the_permissions_page_is_what_the_doors_declare():
    assert PAGE.read_text(encoding="utf-8") == permissions_page(), "run: nabij permissions --write docs/reference/permissions.md"
