"""A plain table as a picture: whatever stands in it, Telegram shows it."""

import io

from PIL import Image

from branch.content.picture_table import MOST_ROWS, Align, Column, PictureTable
from branch.content.table_picture import draw


def test_a_table_is_drawn_whatever_stands_in_it() -> None:
    columns = [
        Column(title="编号"),
        Column(title="题目", share=3),
        Column(title="分", align=Align.RIGHT),
        Column(title="中", align=Align.CENTRE),
    ]
    rows = [[f"DJ{n}", "长题目" * (n % 60), str(n), ""] for n in range(MOST_ROWS + 20)]
    table = PictureTable(heading="题", lead="", columns=columns, rows=rows, foot=["脚注" * 900])
    with Image.open(io.BytesIO(draw(table))) as picture:
        assert picture.format == "PNG"
        assert picture.width + picture.height <= 10_000
        assert picture.height / picture.width <= 20
