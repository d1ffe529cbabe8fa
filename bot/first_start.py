"""What only a first start does, in a process of its own: the memory it takes goes with it.

Making the database and taking the content's texts apart needs what a running bot never needs
again. Done in the bot itself it would stay: freed, and too scattered to be given back.
"""

import asyncio
import contextlib
import logging
import multiprocessing
import signal

from bot.content import content_of, is_prepared
from bot.settings import Settings
from storage.engine import is_new
from storage.migrate import migrate_at


def prepare(settings: Settings) -> None:
    """Nothing to do at most starts. What cannot be done here, the start does, or says why not."""
    if is_prepared(settings) and not is_new(settings.database_url):
        return
    child = multiprocessing.get_context("spawn").Process(target=_make, args=(settings,))
    child.start()
    child.join()


def _make(settings: Settings) -> None:
    # the start tries both itself: it reports what is wrong, in its words, and once
    logging.disable()
    # whoever stops the start stops this too, and hears of it there
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with contextlib.suppress(Exception):
        content_of(settings)
    if is_new(settings.database_url):
        with contextlib.suppress(Exception):
            asyncio.run(migrate_at(settings.database_url))
