"""What somebody wrote, with the bold and the links of Telegram as the Markdown of answers."""

from telegram import MessageEntity, Update

from handlers.incoming import message_of

_UNIT = "utf-16-le"


def written_in(update: Update) -> str:
    """The message's text; what was typed in bold or as a link stays so."""
    message = message_of(update)
    text = message.text or message.caption or ""
    units = text.encode(_UNIT)
    free = len(units)
    for entity in reversed(message.entities or message.caption_entities):
        start, end = entity.offset * 2, (entity.offset + entity.length) * 2
        if end > free:
            continue  # one inside another: the later one is marked already
        free = start
        inside = units[start:end].decode(_UNIT)
        marked = _marked(inside, entity)
        units = units[:start] + marked.encode(_UNIT) + units[end:]
    return units.decode(_UNIT).strip()


def _marked(text: str, entity: MessageEntity) -> str:
    if not text.strip() or "\n" in text:
        return text
    if entity.type == MessageEntity.BOLD:
        return f"**{text.strip()}**"
    if entity.type == MessageEntity.TEXT_LINK and entity.url:
        return f"[{text}]({entity.url})"
    return text
