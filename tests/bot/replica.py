"""One program of several: assembled for a database and a server, not yet started."""

from bot.assembly import assemble
from bot.runtime import Runtime
from bot.settings import Settings
from playground.world import World
from storage.engine import open_engine
from tests.stage import ROOT, content_of


def runtime_of(world: World, api_url: str, database_url: str) -> Runtime:
    settings = Settings(
        telegram_api_url=api_url,
        database_url=database_url,
        content_dir=ROOT / "content",
    )
    parts = assemble(
        settings,
        token=world.token,
        engine=open_engine(database_url),
        content=content_of(),
        now=world.clock.now,
    )
    return Runtime(parts, settings, say_claim=lambda _link: None)
