"""The composition root: introduces everybody to everybody. Read it and you know the system."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram.ext import Application, ContextTypes
from telegram.request import BaseRequest

from bot.alarm_clock import AlarmClock
from bot.content import Content
from bot.courier import TelegramCourier
from bot.delivery import Delivery
from bot.dispatch import Dispatch
from bot.doors import App, introduce
from bot.finished import Finished
from bot.ground import Ground
from bot.intake import Intake
from bot.jobs import jobs
from bot.lanes import Lanes
from bot.learning import Learning
from bot.metrics import Metrics
from bot.polling import Polling
from bot.send_lane import SendLane
from bot.services import Services, services
from bot.settings import Settings
from bot.telegram_bot import LinghangBot
from bot.transport import AiohttpRequest
from handlers.command_menus import CommandMenus
from handlers.visit import Context
from storage.work import Transactions
from texts.renderer import Texts


class Parts(Struct, frozen=True, kw_only=True):
    """What the runtime starts, watches and stops."""

    application: App
    bot: LinghangBot
    engine: AsyncEngine
    transactions: Transactions
    services: Services
    command_menus: CommandMenus
    finished: Finished
    lanes: Lanes
    intake: Intake
    polling: Polling
    delivery: Delivery
    alarm_clock: AlarmClock
    metrics: Metrics
    learning: Learning
    now: Callable[[], datetime]


def assemble(
    settings: Settings,
    *,
    token: str,
    engine: AsyncEngine,
    content: Content,
    now: Callable[[], datetime],
    transport: Callable[[], BaseRequest] | None = None,
) -> Parts:
    """Build every part; nothing is opened, sent or started yet."""
    bot, zone = _bot(settings, token, transport), settings.timezone
    transactions = Transactions(engine, admin_ids=settings.admin_ids)
    ground = Ground(transactions=transactions, texts=Texts(zone), bot=bot, zone=zone, now=now)
    offered = services(ground, settings, content, courier=TelegramCourier(bot))
    application, menus = _application(bot), CommandMenus(bot, ground.texts)
    introduce(application, ground, offered, menus=menus)
    delivery = Delivery(offered.post_office, now)
    transactions.tell_of_letters(delivery.wake)
    metrics, finished = Metrics(), Finished(transactions, now)
    dispatch = Dispatch(application, transactions, offered.post_office, finished, now, metrics)
    lanes, due = Lanes(dispatch.handle), jobs(ground, offered, delivery, settings)
    metrics.waiting.set_function(lambda: lanes.count)
    intake = Intake(transactions, lanes, now)
    return Parts(
        application=application,
        bot=bot,
        engine=engine,
        transactions=transactions,
        services=offered,
        command_menus=menus,
        finished=finished,
        lanes=lanes,
        intake=intake,
        polling=Polling(bot, intake, lanes, on_poll=metrics.polled),
        delivery=delivery,
        alarm_clock=AlarmClock(due, now, pace=delivery.at_pace, changes=transactions.changes),
        metrics=metrics,
        learning=Learning(content.library, settings),
        now=now,
    )


def _bot(
    settings: Settings, token: str, transport: Callable[[], BaseRequest] | None
) -> LinghangBot:
    carry = transport or (lambda: AiohttpRequest(proxy=settings.telegram_proxy))
    return LinghangBot(
        token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=carry(),
        get_updates_request=carry(),
        rate_limiter=SendLane(bulk_rate=settings.bulk_rate, reply_reserve=settings.reply_reserve),
    )


def _application(bot: LinghangBot) -> App:
    return (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
