"""A page's paper: how dark it is from place to place, and the page as if all of it were white with dark letters."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from pipeline.extract.ocr.pixels import Grey, Ink

_BLOCK = 8
_STEP = 2
_AROUND, _FURTHER = 5, 15
_HOLES, _THICK, _WIDE = 5, 3, 20
_DARK = 115
_NEAR = 24
_BLACK = 150
_LINE = 184
_FAINT, _APART, _STEP_UP = 242, 5, 13
_LEAST, _MOST = 90, 190
_STRIPS = 64
_FURTHEST = 10.0
_COARSE, _FINE = 0.25, 0.04
_SHARPER = 1.01
_SMALL = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """A page made even: `flat` has white paper and dark letters everywhere, `ink` is its letters, `dark` what is black,
    `lines` all that and fainter strokes.

    `grey` is the page as it came, `tones` the darkness of its paper block by block.
    """

    grey: Grey
    flat: Grey
    ink: Ink
    dark: Ink
    lines: Ink
    tones: Grey

    @property
    def white(self) -> float:
        """The tone of unshaded paper."""
        return float(np.percentile(self.tones, 90))

    def tone(self, x0: int, y0: int, x1: int, y1: int, *, written: float = 0.65) -> float:
        """The tone of the paper in an area given in pixels, whatever is written on it: on at most so large a share of it."""
        part = self.grey[max(0, y0) : max(y1, 0) : 2, max(0, x0) : max(x1, 0) : 2]
        return float(np.percentile(part, 100 * written)) if part.size else 255.0


def even_out(grey: Grey) -> Paper:
    """Take shading, shadows and dark bars from a page. Tesseract passes over words in cells much darker than the page, and over light ones on dark."""
    tones = _tones(grey)
    height, width = grey.shape
    paper = _spread(tones, height, width)
    darkest = _spread(np.asarray(Image.fromarray(tones).filter(ImageFilter.MinFilter(3))), height, width)
    flat = _stretched(grey, paper)
    # A block at the edge of shading holds two tones: what is as light as either of them is paper.
    flat[(grey >= darkest - darkest // _NEAR) & (darkest >= _DARK)] = 255
    dark = paper < _DARK
    if dark.any():
        flat[dark] = _stretched(255 - grey[dark], 255 - paper[dark])
    return Paper(grey, flat, flat <= _threshold(flat), flat <= _BLACK, _lines(flat), tones)


def _spread(tones: Grey, height: int, width: int) -> Grey:
    return np.repeat(np.repeat(tones, _BLOCK, axis=0), _BLOCK, axis=1)[:height, :width]


def _lines(flat: Grey) -> Ink:
    """Dark pixels, and faint ones with lighter paper on both sides: a hairline is nearly lost when a page is scanned coarsely or turned."""
    lines = flat <= _LINE
    for view, out in ((flat, lines), (flat.T, lines.T)):
        here, beside = view[_APART:-_APART], np.minimum(view[: -2 * _APART], view[2 * _APART :])
        out[_APART:-_APART] |= (here <= _FAINT) & (beside >= here + np.uint8(_STEP_UP))
    return lines


def _stretched(grey: npt.NDArray[np.uint8], paper: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    gain = np.float32(255) / np.maximum(np.arange(256), 1).astype(np.float32)
    out: npt.NDArray[np.uint8] = np.minimum(grey * gain[paper], np.float32(255)).astype(np.uint8)
    return out


def _tones(grey: Grey) -> Grey:
    """The paper's tone in each small block: its middle value, for letters cover less than half of any place; then that of its surroundings."""
    height, width = grey.shape
    padded = np.pad(grey, ((0, -height % _BLOCK), (0, -width % _BLOCK)), mode="edge")
    points = padded[1::_STEP, 1::_STEP]
    side = _BLOCK // _STEP
    blocks = points.reshape(points.shape[0] // side, side, points.shape[1] // side, side).transpose(0, 2, 1, 3)
    middle = np.partition(blocks.reshape(*blocks.shape[:2], side * side), side * side // 2, axis=2)[:, :, side * side // 2]
    picture = Image.fromarray(np.ascontiguousarray(middle))
    tones: Grey = np.array(picture.filter(ImageFilter.MedianFilter(_AROUND)))
    dark = tones < _DARK
    if dark.any():
        bars = _bars(dark)
        if bars.any():
            tones[bars & ~dark] = np.uint8(np.median(tones[bars & dark]))
        letters = dark & ~bars
        tones[letters] = np.maximum(np.asarray(picture.filter(ImageFilter.MedianFilter(_FURTHER))), np.uint8(_DARK))[letters]
    return tones


def _bars(dark: Ink) -> Ink:
    """The blocks of wide dark bars, the white letters on them among these; large bold letters are none."""
    picture = Image.fromarray(np.where(dark, np.uint8(255), np.uint8(0)))
    for filtered, reach in ((ImageFilter.MaxFilter, _HOLES), (ImageFilter.MinFilter, _HOLES + _THICK - 1), (ImageFilter.MaxFilter, _THICK)):
        picture = picture.filter(filtered(reach))
    wide = np.asarray(picture) > 0
    counts = np.cumsum(np.pad(wide, ((0, 0), (_WIDE, _WIDE))), axis=1, dtype=np.int32)
    near: Ink = wide & (counts[:, 2 * _WIDE :] - counts[:, : -2 * _WIDE] >= _WIDE)
    return near


def _threshold(flat: Grey) -> int:
    """What parts ink from paper, by Otsu's rule."""
    counts = np.bincount(flat[::2, ::2].ravel(), minlength=256).astype(np.float64)
    below, weighted = np.cumsum(counts), np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = below * above * (weighted / below - (weighted[-1] - weighted) / above) ** 2
    best = int(np.nanargmax(spread)) if np.isfinite(spread).any() else 128
    return min(max(best, _LEAST), _MOST)


def skew_of(picture: Image.Image) -> float:
    """Degrees (counter-clockwise positive) to turn a page by so that its lines run level: the turn that makes rows of pixels differ most.

    The page is cut into upright strips, and turning it is shifting these against each other.
    """
    grey = np.asarray(picture.convert("L"))[::_SMALL, ::_SMALL]
    height, width = grey.shape
    if width < _STRIPS * 2 or height < _STRIPS:
        return 0.0
    wide = width // _STRIPS
    dark = (grey[:, : wide * _STRIPS] < min(200, int(np.median(grey)) - 40)).reshape(height, _STRIPS, wide).sum(axis=2, dtype=np.int32).T
    middle = (np.arange(_STRIPS) - (_STRIPS - 1) / 2) * wide

    def sharpness(angle: float) -> float:
        shifts = np.rint(middle * math.tan(math.radians(angle))).astype(int)
        rows = np.zeros(height, dtype=np.int64)
        for strip, shift in zip(dark, shifts.tolist(), strict=True):
            if shift >= 0:
                rows[: height - shift] += strip[shift:]
            else:
                rows[-shift:] += strip[:shift]
        return float(np.square(np.diff(rows)).sum())

    coarse = max(np.arange(-_FURTHEST, _FURTHEST + 0.1, _COARSE), key=sharpness)
    fine = max(np.arange(coarse - _COARSE, coarse + _COARSE, _FINE), key=sharpness)
    return float(round(fine, 2)) if sharpness(fine) > _SHARPER * sharpness(0.0) else 0.0
