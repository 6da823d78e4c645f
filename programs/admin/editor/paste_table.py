"""A points table out of a spreadsheet."""

from django.utils.translation import gettext as _


def read_paste(text: str, rows: list[str], width: int) -> tuple[dict[tuple[int, int], str], list[str]]:
    r"""The cells of a table as a spreadsheet copies it, and what does not fit the table.

    `rows` are what the table calls its rows and `width` its number of columns. A line of headings above and a column of
    labels on the left may come with it.

    >>> read_paste("18\t99\t105", ["18"], 2)
    ({(0, 0): '99', (0, 1): '105'}, [])
    """
    lines = [line.split("\t") for line in text.strip("\r\n").splitlines() if line.strip()]
    if len(lines) == len(rows) + 1:
        lines = lines[1:]
    wrong: list[str] = []
    if len(lines) != len(rows):
        wrong.append(
            _("%(pasted)d lines were pasted, and the table has %(rows)d rows. Copy the whole table.")
            % {"pasted": len(lines), "rows": len(rows)}
        )
    cells: dict[tuple[int, int], str] = {}
    for row, line in enumerate(lines[: len(rows)]):
        figures = line[1:] if len(line) == width + 1 else line
        if len(figures) != width:
            wrong.append(
                _("Line %(line)d (%(row)s) has %(pasted)d figures, and the table has %(width)d columns.")
                % {"line": row + 1, "row": rows[row], "pasted": len(figures), "width": width}
            )
        for column, figure in enumerate(figures[:width]):
            cells[row, column] = figure.strip().replace(",", "").replace("\u00a0", "").replace(" ", "")
    return cells, wrong
