"""What comes off paper: prints as a scanner or a fax gives them, and forms filled in by hand."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import dataclass, replace
from random import Random

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from benchmarks.reading.answers import FilledForm
from samples.pictures import page_image
from samples.printing import PrinterMissing, settle

HANDS = ("DkgHandwriting", "Rufscript", "Breip")
"""Fonts that look like handwriting, from the packages fonts-dkg-handwriting, fonts-rufscript and fonts-breip."""


@dataclass(frozen=True)
class Scanner:
    """One machine and the way the page lay on it."""

    dpi: int
    skew: float
    blur: float
    noise: float
    specks: int
    quality: int
    fade: float
    shadow: bool
    fax: bool
    turned: int


def draw_scanner(dice: Random) -> Scanner:
    """A machine by lot: most are good offices' scanners, some are old, few are fax machines."""
    poor = dice.random() < 0.35
    return Scanner(
        dpi=dice.choice([150, 150, 170]) if poor else dice.choice([200, 200, 300]),
        skew=dice.uniform(-1.5, 1.5) if poor else dice.uniform(-0.8, 0.8),
        blur=dice.uniform(0.3, 0.7),
        noise=dice.uniform(4, 11) if poor else dice.uniform(0, 4),
        specks=dice.randint(40, 200) if poor else dice.randint(0, 20),
        quality=dice.choice([35, 45, 60]) if poor else dice.choice([65, 75, 85]),
        fade=dice.uniform(0.65, 0.9) if poor else 1.0,
        shadow=poor and dice.random() < 0.5,
        fax=dice.random() < 0.1,
        turned=dice.choice([90, 180, 270]) if dice.random() < 0.05 else 0,
    )


def _page(picture: Image.Image, machine: Scanner, noise: np.random.Generator, dice: Random) -> Image.Image:
    """One page through the machine."""
    page = picture.convert("L").rotate(machine.skew + dice.uniform(-0.2, 0.2), resample=Image.Resampling.BICUBIC, fillcolor=250, expand=False)
    page = page.filter(ImageFilter.GaussianBlur(machine.blur))
    grey = 255 - (255 - np.asarray(page, dtype=np.float32)) * machine.fade
    grey += noise.normal(0, machine.noise, grey.shape) if machine.noise else 0
    if machine.shadow:
        edge = grey.shape[1] // 6
        grey[:, :edge] -= np.linspace(90, 0, edge)[None, :]
    for _ in range(machine.specks):
        y, x, size = dice.randrange(grey.shape[0] - 3), dice.randrange(grey.shape[1] - 3), dice.choice([1, 1, 2, 3])
        grey[y : y + size, x : x + size] = dice.randrange(120)
    out = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    out = out.point(lambda value: 255 if value > 150 else 0).convert("L") if machine.fax else out
    return out.rotate(machine.turned, expand=True)


def scan(pdf: bytes, dice: Random) -> bytes:
    """The print as pictures, without a text layer."""
    machine = draw_scanner(dice)
    noise = np.random.default_rng(dice.randrange(2**32))
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    pages = [_page(page_image(pdf, number, scale=machine.dpi / 72), machine, noise, dice) for number in range(count)]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=machine.dpi, quality=machine.quality)
    return settle(out.getvalue())


def by_hand(form: FilledForm, dice: Random) -> FilledForm:
    """The same form filled in with a pen: words in handwriting, marks that a pen makes."""
    listing = shutil.which("fc-list")
    known = subprocess.run([listing, ":", "family"], stdout=subprocess.PIPE, text=True, check=True).stdout if listing else ""
    hands = [hand for hand in HANDS if hand in known]
    if not hands:
        raise PrinterMissing("No handwriting font: install fonts-dkg-handwriting, fonts-rufscript or fonts-breip, or leave the format `pen` out.")
    tick = dice.choice(["x", "x", "x", "strike", "underline", "boxed"])
    look = replace(form.layout.look, tick=tick, empty="plain", dates=dice.choice(["plain", "plain", "boxes"]), tracked=False)
    return replace(form, layout=replace(form.layout, look=look), hand=dice.choice(hands), mark="X", ink=dice.choice(["1F2F7F", "000000", "20203F"]))
