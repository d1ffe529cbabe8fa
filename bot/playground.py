"""Runs the real bot in the playground: a made-up Telegram on loopback, a database for the hour."""

import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from msgspec.structs import replace

from bot.assembly import Parts, assemble
from bot.content import Content
from bot.listening import PortTaken as WebPortTaken
from bot.runtime import Runtime
from bot.settings import Settings
from branch.people.model import Role, Sender, TelegramId
from branch.people.register import Register
from playground.cast import Cast, raise_curtain
from playground.clock import MovableClock
from playground.errors import PortTaken
from playground.server import PlaygroundServer
from playground.world import World
from storage.engine import open_engine
from storage.migrate import migrate
from texts.language import Language

USUAL_PORT = 8571


async def run_playground(settings: Settings, content: Content, *, port: int | None) -> None:
    """Serve the page and run the bot behind it until stopped.

    The token is made up and the address is this server's: a real bot cannot be reached from here.
    """
    clock = MovableClock()
    world = World(clock)
    cast = raise_curtain(world)
    async with AsyncExitStack() as stack:
        server = await _open(stack, world, str(settings.timezone), port)
        with tempfile.TemporaryDirectory(prefix="linghang-playground-") as folder:
            here = replace(
                settings,
                telegram_token=None,
                telegram_api_url=server.api_url,
                telegram_proxy=None,
                webhook_url=None,
                health_listen=None,
                admin_ids=frozenset({cast.admin}),
                database_url=f"sqlite:///{Path(folder) / 'playground.db'}",
            )
            engine = open_engine(here.database_url)
            parts = assemble(here, token=world.token, engine=engine, content=content, now=clock.now)
            clock.on_moved(parts.alarm_clock.moved)
            await migrate(engine)
            await _seat(parts, cast)
            print(
                f"Linghang's playground: {server.page_url}\n"
                "Open it in your browser. It is for trying: only on this machine, not connected to"
                " Telegram, and nothing is kept when it ends (Ctrl-C).",
                flush=True,
            )
            await Runtime(parts, here, say_claim=lambda _link: None).run()


async def _open(
    stack: AsyncExitStack, world: World, zone: str, port: int | None
) -> PlaygroundServer:
    """The server at the port asked for; without one, at the usual port or any that is free."""
    try:
        wanted = USUAL_PORT if port is None else port
        return await stack.enter_async_context(PlaygroundServer(world, port=wanted, timezone=zone))
    except PortTaken:
        if port is not None:
            raise WebPortTaken("127.0.0.1", port) from None
        return await stack.enter_async_context(PlaygroundServer(world, port=0, timezone=zone))


async def _seat(parts: Parts, cast: Cast) -> None:
    """The member of the cast is one already, so that there is something to see from the start."""
    register = Register(parts.transactions.begin, parts.transactions.look)
    now = parts.now()
    sender = Sender(telegram_id=TelegramId(cast.member), name=cast.member_name)
    member = await register.join(sender, language=Language.ZH, now=now)
    async with parts.transactions.begin() as work:
        await work.roles.grant(member.id, Role.MEMBER, by=None, now=now, until=None)
