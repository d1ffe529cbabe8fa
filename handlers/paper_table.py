"""The table of a call's papers, for who looks after it: to read, to keep, with every file."""

import asyncio
import hashlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.content.spreadsheets import written
from branch.papers.archive import Archive
from branch.papers.model import CallId
from branch.papers.tabling import PaperTable, PaperTables
from handlers.buttons import Row, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.paper_buttons import PackPapers, ShowCall, ShowTable, TablePicture, TableSheet
from handlers.paper_files import fetched
from handlers.paper_refusals import PaperRefusals
from handlers.paper_sheet import picture_of, sheet
from handlers.replies import Say
from handlers.visit import Context

_SHOWN: Final = 15
_TITLE_SHOWN: Final = 12
_NAMED: Final = 30
"""More receipts would not fit below a file."""
_MANIFEST: Final = ("receipt", "file", "version", "bytes", "sha256", "fetched")


class ShowPaperTable:
    def __init__(self, *, tables: PaperTables, refusals: PaperRefusals, say: Say) -> None:
        self._tables = tables
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.show, ShowTable.matches),
            tapped(self.send_sheet, TableSheet.matches),
            tapped(self.send_picture, TablePicture.matches),
            tapped(self.send_files, PackPapers.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        number, label = ShowTable.tapped(update).call, self._say.label
        table = await self._table(update, context, number)
        if table is None:
            return
        sheet_, picture = TableSheet(number), TablePicture(number)
        rows: list[Row] = [
            [(label("button.table_sheet"), sheet_), (label("button.table_picture"), picture)],
        ]
        if table.lines:
            rows.append([(label("button.pack_papers"), PackPapers(number))])
        rows.append([(label("button.back"), ShowCall(number))])
        lines = [
            (
                each.receipt,
                (each.submission.paper.title or "")[:_TITLE_SHOWN],
                each.name,
                label(f"paperstate.{each.submission.state}"),
            )
            for each in table.lines[:_SHOWN]
        ]
        await self._say(
            update,
            "papers/table",
            keyboard=keyboard(*rows),
            table=table,
            lines=lines,
            more=max(0, len(table.lines) - _SHOWN),
        )

    async def send_sheet(self, update: Update, context: Context) -> None:
        number = TableSheet.tapped(update).call
        table = await self._table(update, context, number)
        if table is None:
            return
        await self._say.acknowledge(update)
        data = await asyncio.to_thread(sheet, table, self._say.label)
        await self._say.document(
            update, data, f"papers-{number}.xlsx", "papers/table_lead", table=table
        )

    async def send_picture(self, update: Update, context: Context) -> None:
        from branch.content.table_picture import draw  # noqa: PLC0415 -- few ask for it, and it takes a while to load

        table = await self._table(update, context, TablePicture.tapped(update).call)
        if table is None:
            return
        await self._say.acknowledge(update)
        lead = self._say.text("papers/table_sums", table=table)
        picture = picture_of(table, self._say.label, lead=lead)
        await self._say.photo(
            update, await asyncio.to_thread(draw, picture), "papers/table_lead", table=table
        )

    async def send_files(self, update: Update, context: Context) -> None:
        """What Telegram does not give is named in the list, not left out in silence."""
        number = PackPapers.tapped(update).call
        table = await self._table(update, context, number)
        if table is None:
            return
        await self._say.toast(update, "toast.packing")
        workbook = await asyncio.to_thread(sheet, table, self._say.label)
        with TemporaryDirectory(prefix="linghang-papers-") as folder:
            archive = Archive(Path(folder), f"papers-{number}")
            rows, lacking = await _packed(update, table, archive)
            await asyncio.to_thread(archive.add, f"papers-{number}.xlsx", workbook)
            await asyncio.to_thread(archive.add, "manifest.csv", written([_MANIFEST, *rows]))
            for part, path in enumerate(archive.parts, start=1):
                await self._say.document(
                    update,
                    await asyncio.to_thread(path.read_bytes),
                    path.name,
                    "papers/packed",
                    table=table,
                    part=part,
                    parts=len(archive.parts),
                    lacking=lacking[:_NAMED] if part == len(archive.parts) else [],
                    more=max(0, len(lacking) - _NAMED),
                )

    async def _table(self, update: Update, context: Context, number: int) -> PaperTable | None:
        looking = self._tables.of(whoever(context), CallId(number), now=context.visit.moment)
        return await self._refusals.or_why(update, looking)


async def _packed(
    update: Update, table: PaperTable, archive: Archive
) -> tuple[Sequence[Sequence[str]], Sequence[str]]:
    """The rows of the list, and the receipts whose file could not be fetched."""
    rows, lacking = [], []
    for line in table.lines:
        if line.newest is None:
            continue
        kept = line.newest.file
        name = f"{line.receipt}.{kept.kind}"
        data = await fetched(update, kept.file_id)
        if data is None:
            lacking.append(line.receipt)
            row = (str(kept.size), kept.digest or "", "no")
        else:
            await asyncio.to_thread(archive.add, name, data)
            row = (str(len(data)), hashlib.sha256(data).hexdigest(), "yes")
        rows.append((line.receipt, name, str(line.newest.number), *row))
    return rows, lacking
