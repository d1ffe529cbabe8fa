"""`python -m tests.statistics_pictures`: the charts of a made-up year, and a page of its report.

By day and by night, in both languages: docs/pictures/statistics-*.png. The numbers are invented.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import async_playwright

from branch.statistics.drawing import Drawing
from branch.statistics.palette import Theme
from tests.branch.statistics.test_report import everything, files, speech
from tests.browser import CHROMIUM
from tests.stage import ROOT
from texts.language import Language

PICTURES: Final = ROOT / "docs" / "pictures"
COLUMNS: Final = 3
WIDTH: Final = 420
GAP: Final = 16
PAPER: Final = {Theme.LIGHT: "#DDD5CA", Theme.DARK: "#000000"}
COLOURS: Final = 224


def sheet(charts: Sequence[bytes], theme: Theme) -> Image.Image:
    """All of them side by side, each column as high as its charts."""
    columns: list[list[Image.Image]] = [[] for _ in range(COLUMNS)]
    for chart in charts:
        image = Image.open(BytesIO(chart)).convert("RGB")
        small = image.resize((WIDTH, image.height * WIDTH // image.width), Image.Resampling.LANCZOS)
        min(columns, key=lambda column: sum(each.height + GAP for each in column)).append(small)
    height = max(sum(each.height + GAP for each in column) for column in columns) + GAP
    whole = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, height), PAPER[theme])
    for place, column in enumerate(columns):
        y = GAP
        for each in column:
            whole.paste(each, (GAP + place * (WIDTH + GAP), y))
            y += each.height + GAP
    return whole.quantize(COLOURS, dither=Image.Dither.NONE)


async def _main() -> None:
    year = await everything()
    for language in Language:
        drawing = Drawing(speech(language))
        for theme in Theme:
            charts = [one.png() for seen in year.seen for one in drawing.all(seen, theme)]
            name = f"statistics-{language}-{theme}.png"
            sheet(charts, theme).save(PICTURES / name, optimize=True)
    page = (await files(Language.ZH))["linghang-y2026.html"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_bytes(page)
        async with async_playwright() as player:
            browser = await player.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            opened = await browser.new_page(viewport={"width": 900, "height": 1270})
            await opened.goto(file.as_uri())
            await opened.screenshot(path=PICTURES / "statistics-report.png")
            await browser.close()
    shown = Image.open(PICTURES / "statistics-report.png").convert("RGB").quantize(COLOURS)
    shown.save(PICTURES / "statistics-report.png", optimize=True)


if __name__ == "__main__":
    asyncio.run(_main())
