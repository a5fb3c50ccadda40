"""Cells of a list to download."""

import pytest

from nabij.core.text import harmless, unquoted


@pytest.mark.parametrize("cell", ["=1+1", "+31 6 12345678", "-2", "@x", " =1", "\t=1", "\rx"])
def test_a_cell_is_never_a_formula_and_reads_back_as_it_was(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert unquoted(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["", "goed", "'t Hart", "'s-Gravenhage", "a=b", "06-12345678"])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert (harmless(cell), unquoted(cell)) == (cell, cell)
