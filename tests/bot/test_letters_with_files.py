"""Letters carry photos, files, voices and albums; they go to groups, and are found again."""

import struct
from datetime import timedelta

import pytest

from branch.outbox.chats import ChatId
from branch.outbox.enclosures import Enclosure, EnclosureKind, Packet, packets
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate, Letter
from branch.people.model import PersonId, TelegramId
from playground.faults import Fault, Status
from tests.stage import Person, Stage
from texts.language import Language

ABOUT = "ticket:12:"
ANSWER, POST = LetterKind.TICKET_ANSWER, LetterKind.TICKET_POST
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02"
PHOTO, FILE = EnclosureKind.PHOTO, EnclosureKind.DOCUMENT
VOICE, VIDEO = EnclosureKind.VOICE, EnclosureKind.VIDEO


def kept(stage: Stage, kind: EnclosureKind = PHOTO, name: str = "成绩单.png") -> Enclosure:
    """A file that Telegram has."""
    stored = stage.world.files.keep(PNG, name, kind=str(kind))
    return Enclosure(kind, stored.id, name)


async def id_of(stage: Stage, person: Person) -> PersonId:
    async with stage.parts.transactions.glance() as work:
        known = await work.people.by_telegram(TelegramId(person.id), now=stage.clock.now())
    assert known is not None
    return known.id


async def write(stage: Stage, key: str, **changes: object) -> None:
    now = stage.clock.now()
    usual = {
        "key": key,
        "kind": ANSWER,
        "body": f"<b>{key}</b>",
        "about": ABOUT,
        "due_at": now,
        "useful_until": now + timedelta(days=1),
    }
    async with stage.parts.transactions.begin() as work:
        await work.outbox.put([Letter(**(usual | changes))])  # type: ignore[arg-type]  # a test's shorthand
    await stage.settle()


async def fate(stage: Stage, key: str) -> tuple[Fate, str | None]:
    async with stage.parts.transactions.look() as work:
        standing = (await work.outbox.standings([key]))[key]
    return standing.fate, standing.reason


def test_a_letter_becomes_as_few_messages_as_telegram_allows() -> None:
    photo, video = Enclosure(PHOTO, "p"), Enclosure(VIDEO, "v")
    file, voice = Enclosure(FILE, "f"), Enclosure(VOICE, "o")

    assert packets("答", ()) == [Packet("答")]
    assert packets("答", [voice]) == [Packet("答", (voice,))]
    assert packets("答" * 1024, [photo]) == [Packet("答" * 1024, (photo,))]
    assert packets("答" * 1025, [photo]) == [Packet("答" * 1025), Packet("", (photo,))]
    assert packets("<b>答</b>" * 1024, [photo]) == [Packet("<b>答</b>" * 1024, (photo,))]
    assert packets("答", [photo, video, file, voice, voice]) == [
        Packet("答"),
        Packet("", (photo, video)),
        Packet("", (file,)),
        Packet("", (voice,)),
        Packet("", (voice,)),
    ]
    assert [len(each.enclosures) for each in packets("答", [photo] * 21)] == [0, 10, 10, 1]


async def test_one_file_travels_with_the_text_and_the_buttons(both_stages: Stage) -> None:
    stage = both_stages
    student = stage.person()
    await student.joins()
    me = await id_of(stage, student)
    for kind in (PHOTO, FILE, VOICE):
        file = kept(stage, kind)
        await write(stage, str(kind), to=me, enclosures=(file,), buttons=[[("看日历", "cal:0")]])
        assert student.hears == str(kind)
        assert student.buttons == ["看日历"]
        shown = student.last
        assert [shown.photo, shown.document, shown.voice_seconds][
            [PHOTO, FILE, VOICE].index(kind)
        ] is not None

    assert student.last.voice_seconds is not None
    assert await fate(stage, "photo") == (Fate.DELIVERED, None)


async def test_an_album_follows_its_text(stage: Stage, student: Person) -> None:
    me = await id_of(stage, student)
    files = tuple(kept(stage) for _ in range(3))
    await write(stage, "看这三张", to=me, enclosures=files, buttons=[[("看日历", "cal:0")]])

    text, *photos = [m for m in stage.world.history(student.id) if m.from_bot][-4:]
    assert text.text == "看这三张"
    assert [label for row in text.buttons for label, _ in row] == ["看日历"]
    assert [each.photo is not None for each in photos] == [True] * 3
    assert {each.reply_to for each in photos} == {text.id}
    # a reply to any of them finds what it was about
    async with stage.parts.transactions.look() as work:
        found = {await work.posts.spoke_of(each.id, person=me) for each in (text, *photos)}
        assert found == {ABOUT}
        assert await work.posts.spoke_of(text.id, person=PersonId(me + 1)) is None


async def test_a_file_that_is_refused_holds_up_nothing_else(stage: Stage, student: Person) -> None:
    me = await id_of(stage, student)
    gone = Enclosure(FILE, "no-such-file")
    await write(stage, "只有文字到了", to=me, enclosures=(gone, kept(stage)))

    assert stage.world.history(student.id)[-1].photo is not None
    told, reason = await fate(stage, "只有文字到了")
    assert told is Fate.DELIVERED
    assert reason is not None
    assert "file identifier" in reason
    # alone, it is the letter: whoever sent it sees that it did not arrive, and can try again
    await write(stage, "图没了", to=me, enclosures=(gone,))
    assert (await fate(stage, "图没了"))[0] is Fate.REFUSED


async def test_a_failed_letter_is_sent_again_once(stage: Stage, student: Person) -> None:
    me = await id_of(stage, student)
    broken = Status(code=400, description="Bad Request: can't parse entities")
    stage.world.faults.add(Fault(kind=broken, method="sendMessage"))
    await write(stage, "再来", to=me)
    assert (await fate(stage, "再来"))[0] is Fate.REFUSED
    for expected in (True, False):
        async with stage.parts.transactions.begin() as work:
            assert await work.outbox.send_again("再来", now=stage.clock.now()) is expected
        await stage.settle()

    assert student.heard.count("再来") == 1
    assert (await fate(stage, "再来"))[0] is Fate.DELIVERED


async def group_of(stage: Stage, *people: Person) -> tuple[ChatId, list[Person]]:
    inside = stage.group("党员群", *people)
    await stage.settle()
    by = await id_of(stage, people[0])
    async with stage.parts.transactions.begin() as work:
        chat = await work.chats.bind(
            inside[0].chat_id,
            title="党员群",
            language=Language.ZH,
            has_topics=False,
            by=by,
            now=stage.clock.now(),
        )
    return chat.id, inside


async def test_in_a_group_all_about_one_thing_hangs_on_what_opens_it(both_stages: Stage) -> None:
    stage = both_stages
    member = stage.person("张党员")
    await member.joins()
    chat, [inside] = await group_of(stage, member)
    # written first, it waits for what opens the thread
    later: dict[str, object] = {"to_chat": chat, "kind": POST, "topic": "#12"}
    await write(stage, "补充", **later)
    assert "补充" not in inside.heard
    await write(stage, "新的咨询", opens=True, enclosures=(kept(stage),), **later)
    await write(stage, "别的", about="ticket:13:", opens=True, **later)
    await stage.clock.move_to(stage.clock.now() + timedelta(seconds=5))
    stage.parts.delivery.wake()
    await stage.settle()

    said = {m.text: m for m in stage.world.history(inside.chat_id) if m.from_bot}
    opened = said["新的咨询"]
    assert opened.photo is not None
    assert said["补充"].reply_to == opened.id
    assert (opened.reply_to, said["别的"].reply_to) == (None, None)
    async with stage.parts.transactions.look() as work:
        for message, about in (
            (opened, ABOUT),
            (said["补充"], ABOUT),
            (said["别的"], "ticket:13:"),
        ):
            assert await work.posts.spoke_of(message.id, chat=inside.chat_id) == about
        assert await work.posts.spoke_of(opened.id, chat=-1) is None


@pytest.mark.parametrize("told", [True, False])
async def test_a_group_that_became_a_supergroup_is_followed(stage: Stage, told: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    member = stage.person("张党员")
    await member.joins()
    chat, [inside] = await group_of(stage, member)
    await write(stage, "之前", to_chat=chat, kind=POST, opens=True)
    new = stage.world.migrate(inside.chat_id)
    await stage.settle()
    if not told:  # as if the letter were faster than Telegram's own word
        async with stage.parts.transactions.begin() as work:
            await work.chats.moved(new, inside.chat_id)
    await write(stage, "之后", to_chat=chat, kind=POST, opens=True, about="ticket:13:")

    said = [m.text for m in stage.world.history(new) if m.from_bot]
    assert "之后" in said
    async with stage.parts.transactions.look() as work:
        desk = await work.chats.desk()
    assert desk is not None
    assert (desk.id, desk.telegram_id) == (chat, new)


async def test_put_out_of_the_group_letters_wait_until_we_are_back(stage: Stage) -> None:
    member = stage.person("张党员")
    await member.joins()
    chat, [inside] = await group_of(stage, member)
    stage.world.kick_bot(inside.chat_id, by=member.id)
    await stage.settle()
    await write(stage, "新的咨询", to_chat=chat, kind=POST, opens=True)
    await write(stage, "又一个", to_chat=chat, kind=POST, opens=True, about="ticket:13:")
    assert {(await fate(stage, key))[0] for key in ("新的咨询", "又一个")} == {Fate.UNREACHABLE}

    stage.world.add_bot(inside.chat_id, by=member.id)
    await stage.settle()
    assert {"新的咨询", "又一个"} <= set(inside.heard)
    assert inside.heard.count("新的咨询") == 1


async def test_more_photos_join_a_letter_that_has_not_set_out(
    stage: Stage, student: Person
) -> None:
    me = await id_of(stage, student)
    photos = [kept(stage, name=f"{number}.png") for number in range(3)]
    due = stage.clock.now() + timedelta(seconds=2)
    await write(stage, "三张", to=me, enclosures=(photos[0],), due_at=due)
    async with stage.parts.transactions.begin() as work:
        # the second comes twice
        assert [await work.outbox.enclose("三张", each) for each in (*photos[1:], photos[1])] == [
            True
        ] * 3
    await stage.clock.move_to(due)
    stage.parts.delivery.wake()
    await stage.settle()

    sent = [m for m in stage.world.history(student.id) if m.photo]
    assert [m.photo.name for m in sent if m.photo] == ["0.png", "1.png", "2.png"]
    async with stage.parts.transactions.begin() as work:
        assert not await work.outbox.enclose("三张", kept(stage))
        assert not await work.outbox.enclose("没有这封", kept(stage))
