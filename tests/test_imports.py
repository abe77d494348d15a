"""What may import what, types for the checker included."""

from importlib import import_module

import pytest
from grimp import ImportGraph, build_graph

from needlemover.tui.kit.panel import Panel


@pytest.fixture(scope="module")
def imports() -> ImportGraph:
    """Who imports whom, also where it is only for the type checker."""
    return build_graph("needlemover", exclude_type_checking_imports=False)


def test_no_modules_import_each_other_in_a_circle(imports: ImportGraph) -> None:
    for module in imports.modules:
        for imported in imports.find_modules_directly_imported_by(module):
            assert imports.find_shortest_chain(imported, module) is None, (module, imported)


def test_no_packages_import_each_other_in_a_circle(imports: ImportGraph) -> None:
    packages = {module for module in imports.modules if imports.find_children(module)}
    assert {name for name in packages if imports.nominate_cycle_breakers(name)} == set()


def test_no_module_with_a_panel_knows_the_store(imports: ImportGraph) -> None:
    screen = {name for name in imports.modules if name.startswith("needlemover.tui.")}
    with_panel = {
        name
        for name in screen
        for found in vars(import_module(name)).values()
        if isinstance(found, type) and issubclass(found, Panel) and found.__module__ == name
    }
    assert len(with_panel) > 15
    know_the_store = {
        name
        for name in with_panel
        for imported in imports.find_modules_directly_imported_by(name)
        if imported.startswith("needlemover.store")
    }
    assert know_the_store == set()
