"""A first start makes the database and takes the texts apart in a process that ends then."""

import asyncio
import multiprocessing
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.content import is_prepared
from bot.first_start import prepare
from bot.settings import Settings
from storage.engine import close_engine, is_new, open_engine
from storage.migrate import head
from tests.bot.program import SmallBase


@pytest.fixture
def settings(tmp_path: Path, small_base: SmallBase) -> Settings:
    folder = shutil.copytree(small_base["CONTENT_DIR"], tmp_path / "content")
    return Settings(
        content_dir=folder,
        cache_dir=tmp_path / "cache",
        database_url=f"sqlite:///{tmp_path / 'data' / 'linghang.db'}",
    )


async def revision(settings: Settings) -> object:
    engine = open_engine(settings.database_url)
    try:
        async with engine.connect() as connection:
            told = await connection.exec_driver_sql("SELECT version_num FROM alembic_version")
            return told.scalar_one()
    finally:
        await close_engine(engine)


def no_more(_: str) -> None:
    raise AssertionError("another process is started")


def test_all_is_there_afterwards_and_is_not_made_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_new(settings.database_url)
    assert not is_prepared(settings)
    prepare(settings)

    assert asyncio.run(revision(settings)) == head()
    assert is_prepared(settings)

    monkeypatch.setattr(multiprocessing, "get_context", no_more)
    prepare(settings)


def test_a_change_of_the_content_is_prepared_anew(settings: Settings) -> None:
    prepare(settings)
    file = next(settings.content_dir.rglob("*.md"))
    file.write_text(file.read_text(encoding="utf-8") + "\n再查一次。\n", encoding="utf-8")

    assert not is_prepared(settings)
    prepare(settings)
    assert is_prepared(settings)


def test_where_nothing_can_be_kept_nothing_is_prepared(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a_file").write_text("")
    monkeypatch.setattr(multiprocessing, "get_context", no_more)
    Path(settings.database_url.removeprefix("sqlite:///")).parent.mkdir()
    Path(settings.database_url.removeprefix("sqlite:///")).write_bytes(b"")

    prepare(replace(settings, cache_dir=tmp_path / "a_file" / "cache"))


def test_what_cannot_be_prepared_is_left_to_the_start(
    settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("")
    (settings.content_dir / "topics.yaml").write_text("- [")
    prepare(replace(settings, cache_dir=tmp_path / "data" / "cache"))

    assert capfd.readouterr().err == ""
