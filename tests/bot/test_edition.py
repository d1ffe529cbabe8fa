"""What was made of the content is good for that very content only."""

from pathlib import Path

from bot.edition import edition_of


def test_any_change_of_a_file_is_another_edition(tmp_path: Path) -> None:
    (tmp_path / "guidance").mkdir()
    file = tmp_path / "guidance" / "one.md"
    file.write_text("一")
    before = edition_of(tmp_path)
    assert edition_of(tmp_path) == before

    file.write_text("二")
    changed = edition_of(tmp_path)
    file.rename(tmp_path / "guidance" / "two.md")

    assert len({before, changed, edition_of(tmp_path)}) == 3
