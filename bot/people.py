"""Introduces what has to do with people, their roles and what is kept about them to each other."""

from msgspec import Struct

from bot.ground import Ground
from bot.hall import Doors, Hall
from branch.people.life import Memory
from branch.people.model import TelegramId
from branch.people.register import Register
from branch.people.role_book import RoleBook
from handlers.browse_topics import BrowseTopics
from handlers.choose_language import ChooseLanguage
from handlers.command_menus import CommandMenus
from handlers.invite import Invite
from handlers.lists import Lists
from handlers.menu import Menu
from handlers.my_page import MyPage
from handlers.privacy import Privacy
from handlers.profile import Profile
from handlers.roles import Roles
from handlers.show_audit import ShowAuditLog
from handlers.show_help import Help
from handlers.welcome import EnterDay, OpenNumbered, Welcome
from handlers.years import Years


class PeopleParts(Struct, frozen=True, kw_only=True):
    """What is done with people and roles, whoever asks for it."""

    register: Register
    role_book: RoleBook
    memory: Memory


class Links(Struct, frozen=True, kw_only=True):
    """Where a link into the bot may lead: into other rooms."""

    open_ticket: OpenNumbered
    open_day: OpenNumbered
    open_call: OpenNumbered
    enter_day: EnterDay
    lists: Lists


def people_parts(ground: Ground, *, admin_ids: frozenset[TelegramId]) -> PeopleParts:
    begin, look = ground.transactions.begin, ground.transactions.look
    return PeopleParts(
        register=Register(begin, look),
        role_book=RoleBook(begin, look, admin_ids=admin_ids),
        memory=Memory(look, ground.zone),
    )


def people_doors(parts: PeopleParts, hall: Hall, *, menus: CommandMenus, links: Links) -> Doors:
    register, role_book, zone, say = parts.register, parts.role_book, hall.zone, hall.say
    strangers, years = hall.strangers, Years(hall.words, say)
    menu = Menu(register=register, words=hall.words, menus=menus, say=say)
    welcome = Welcome(
        register=register,
        role_book=role_book,
        years=years,
        answers=hall.answers,
        menu=menu,
        menus=menus,
        open_ticket=links.open_ticket,
        lists=links.lists,
        open_day=links.open_day,
        enter_day=links.enter_day,
        open_call=links.open_call,
        say=say,
    )
    profile = Profile(register=register, years=years, strangers=strangers, say=say)
    privacy = Privacy(register=register, strangers=strangers, say=say)
    inviting = Invite(role_book=role_book, zone=zone, say=say)
    return Doors(
        conversations=[each.conversation() for each in (welcome, profile, privacy, inviting)],
        handlers=[
            *menu.handlers(),
            *BrowseTopics(library=hall.library, say=say).handlers(),
            *ChooseLanguage(register=register, menus=menus, say=say).handlers(),
            *profile.handlers(),
            *privacy.handlers(),
            *MyPage(memory=parts.memory, strangers=strangers, say=say).handlers(),
            *Roles(role_book=role_book, say=say).handlers(),
            *ShowAuditLog(role_book=role_book, say=say).handlers(),
            *Help(say).handlers(),
        ],
    )
