"""Proxies: really used, and plain about it where they are not there."""

import pytest

from bot.transport import NotSent
from playground.server import PlaygroundServer
from playground.world import World
from tests.bot.carrying import TOKEN, carrying, get_me
from tests.bot.wires import free_port, http_proxy, socks_proxy


async def test_an_http_proxy_is_used(world: World, server: PlaygroundServer) -> None:
    async with (
        http_proxy() as wire,
        carrying(proxy=f"http://127.0.0.1:{wire.port}") as transport,
    ):
        assert (await get_me(transport, server.api_url, world.token))[0] == 200

        assert [f"http://{host}:{port}" for host, port in wire.asked_for] == [server.api_url]


async def test_a_socks_proxy_is_used_with_its_name_and_password(
    world: World, server: PlaygroundServer
) -> None:
    async with (
        socks_proxy() as wire,
        carrying(proxy=f"socks5://ling:p%40ss@127.0.0.1:{wire.port}") as transport,
    ):
        assert (await get_me(transport, server.api_url, world.token))[0] == 200

        assert [f"http://{host}:{port}" for host, port in wire.asked_for] == [server.api_url]
        assert wire.logins == [("ling", "p@ss")]


async def test_names_are_looked_up_behind_the_socks_proxy(server: PlaygroundServer) -> None:
    """Where Telegram's name is blocked, only the proxy knows its address."""
    port = int(server.api_url.rpartition(":")[2])
    async with (
        socks_proxy() as wire,
        carrying(proxy=f"socks5://127.0.0.1:{wire.port}") as transport,
    ):
        await get_me(transport, f"http://localhost:{port}", TOKEN)
        assert wire.asked_for == [("localhost", port)]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_is_not_there_means_that_nothing_was_sent(scheme: str) -> None:
    async with carrying(proxy=f"{scheme}://127.0.0.1:{free_port()}") as transport:
        with pytest.raises(NotSent):
            await get_me(transport, "http://127.0.0.1:9", TOKEN)


async def test_a_socks_proxy_that_refuses_means_that_nothing_was_sent() -> None:
    async with (
        socks_proxy(refuse=True) as wire,
        carrying(proxy=f"socks5://127.0.0.1:{wire.port}") as transport,
    ):
        with pytest.raises(NotSent):
            await get_me(transport, "http://127.0.0.1:9", TOKEN)
