"""SQLAlchemy's asyncio engine without its ORM, which is 6 MiB and a tenth of the start.

The package `sqlalchemy.ext.asyncio` loads the ORM for sessions, and we open none. So its place is
taken by a module that holds the engine alone, before anybody asks for it.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec

PACKAGE = "sqlalchemy.ext.asyncio"


def take_its_place() -> None:
    """Where the package is loaded already, or is built in another way, it stays as it is."""
    if PACKAGE in sys.modules:
        return
    try:
        _with_the_engine_alone()
    except Exception:  # noqa: BLE001 -- whatever a later version does: the whole package serves too
        for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
            del sys.modules[name]


def _with_the_engine_alone() -> None:
    spec = find_spec(PACKAGE)
    assert spec is not None
    package = sys.modules[PACKAGE] = module_from_spec(spec)
    engine = import_module(f"{PACKAGE}.engine")
    for name in ("AsyncConnection", "AsyncEngine", "AsyncTransaction", "create_async_engine"):
        setattr(package, name, getattr(engine, name))
    # as the package itself does at its end
    import_module("sqlalchemy.util.concurrency")._concurrency_shim._initialize()  # noqa: SLF001 -- see the line above
