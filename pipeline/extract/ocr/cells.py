"""Words that tesseract passes over because they stand alone in a cell: the cells that have ink and no word are put under each other and read once more."""

from __future__ import annotations

from PIL import Image

from pipeline.extract.ocr.engine import ONE_BLOCK, Seen, read_words
from pipeline.extract.ocr.pixels import Ink, Square
from pipeline.extract.pdf.rulings import Grid
from pipeline.extract.programs import ProgramFailed

Area = tuple[int, int, int, int]
_INSET = 7
_SPACE = 40
_SMALLEST = 20
_LEAST_INK = 0.004
_MOST_INK = 0.35
_MOST = 60


def missed_cells(grids: list[Grid], seen: list[Seen], boxes: list[Square], ink: Ink, scale: float) -> list[Area]:
    """The cells (in pixels) in which something is written that was not read."""
    missed: list[Area] = []
    for grid in grids:
        for cell in grid.cells:
            x0, y0, x1, y1 = (round(edge / scale) for edge in cell.box)
            area = (x0 + _INSET, y0 + _INSET, x1 - _INSET, y1 - _INSET)
            if area[2] - area[0] < _SMALLEST or area[3] - area[1] < _SMALLEST or any(_within(word[1:5], area) for word in seen):
                continue
            if any(_within(box[:4], area) for box in boxes):
                continue
            if _LEAST_INK < float(ink[area[1] : area[3], area[0] : area[2]].mean()) < _MOST_INK:
                missed.append(area)
    return missed[:_MOST]


def _within(inner: tuple[int, ...], area: Area) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def read_cells(picture: Image.Image, cells: list[Area], dpi: int, seconds: float) -> list[Seen]:
    """The words of some cells of a page, where they stand on the page."""
    width = max(cell[2] - cell[0] for cell in cells) + 2 * _SPACE
    height = sum(cell[3] - cell[1] + _SPACE for cell in cells) + _SPACE
    sheet = Image.new("L", (width, height), 255)
    tops: list[int] = []
    top = _SPACE
    for cell in cells:
        tops.append(top)
        sheet.paste(picture.crop(cell), (_SPACE, top))
        top += cell[3] - cell[1] + _SPACE
    try:
        found = read_words(sheet, dpi, seconds, mode=ONE_BLOCK)
    except ProgramFailed:
        return []
    words: list[Seen] = []
    for word in found:
        number = max((number for number, start in enumerate(tops) if start <= (word.y0 + word.y1) / 2), default=0)
        across, down = cells[number][0] - _SPACE, cells[number][1] - tops[number]
        words.append(Seen(word.text, word.x0 + across, word.y0 + down, word.x1 + across, word.y1 + down, word.confidence, -1 - word.line))
    return words
