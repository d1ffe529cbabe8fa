"""The people one meets in the playground: students, a member, an admin, and the members' group."""

from msgspec import Struct

from playground.limits import Limits
from playground.world import World


class Cast(Struct, frozen=True, kw_only=True):
    """Telegram ids of those whom the bot should know from the start."""

    admin: int
    member: int
    member_name: str


def raise_curtain(world: World) -> Cast:
    """Put the cast into an empty world; nobody has spoken to the bot yet."""
    # what Telegram itself allows a bot, so that what works here works there
    world.limits = Limits(per_second=30, per_group_per_minute=20)
    student = world.add_person("林小雨", hint="学生")
    admin = world.add_person("陈老师", hint="管理员")
    member = world.add_person("周舟", hint="党员")
    world.add_person("Alex", language_code="en", hint="student, English")
    world.add_person("王一鸣", hint="学生")
    world.add_group("支部党员群", [admin.id, member.id])
    world.add_group("材料 2023 级 1 班", [student.id, member.id])
    return Cast(admin=admin.id, member=member.id, member_name=member.first_name)
