"""The fields people fill in on screen: read from the form itself, so a value counts even when nothing draws it."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

from models.document import Control, Mark, MarkState, Origin, Place
from pipeline.extract.pdf.shapes import Placed, Sheet
from pipeline.extract.pdf.view import View

_HIDDEN = 0b10 | 0b100000
_KINDS = {pdfium.FPDF_FORMFIELD_TEXTFIELD: "text", pdfium.FPDF_FORMFIELD_COMBOBOX: "choice", pdfium.FPDF_FORMFIELD_LISTBOX: "choice"}
_NUMBERED = re.compile(r"(choice|option|button|on|off)?[\s_]*\d*", re.IGNORECASE)
_TICKS = {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}


def read_widgets(page: Any, form: Any, view: View, sheet: Sheet) -> None:
    """Add a page's form fields to its sheet, each where it stands."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET and not pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                _add(annotation, form, view, sheet)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _add(annotation: Any, form: Any, view: View, sheet: Sheet) -> None:
    rectangle = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, rectangle):
        return
    box = view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    place = Place(sheet.number, box)
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _TICKS:
        sheet.placed.append(Placed(_mark(annotation, form, kind, place), box))
    elif kind in _KINDS:
        sheet.placed.append(Placed(_control(annotation, form, kind, place), box))


def _mark(annotation: Any, form: Any, kind: int, place: Place) -> Mark:
    state = MarkState.ON if pdfium.FPDFAnnot_IsChecked(form, annotation) else MarkState.OFF
    name = _string(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)
    label = _string(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
    if not label and kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON:
        exported = _string(pdfium.FPDFAnnot_GetFormFieldExportValue, form, annotation)
        label = "" if _NUMBERED.fullmatch(exported) else exported
    group = name if kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON else None
    return Mark(state, Origin.ACROFORM, label or None, group, place=place)


def _control(annotation: Any, form: Any, kind: int, place: Place) -> Control:
    value = _string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation).replace("\r\n", "\n").replace("\r", "\n").strip()
    label = _string(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation) or _string(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)
    options, chosen = _options(annotation, form) if _KINDS[kind] == "choice" else ((), ())
    shown = "; ".join(chosen) or value
    return Control(_KINDS[kind], shown or None, Origin.ACROFORM, label or None, None, options, place)


def _options(annotation: Any, form: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    labels, chosen = [], []
    for index in range(max(0, min(pdfium.FPDFAnnot_GetOptionCount(form, annotation), 500))):
        label = _string(lambda f, a, buffer, size, index=index: pdfium.FPDFAnnot_GetOptionLabel(f, a, index, buffer, size), form, annotation).strip()
        labels.append(label)
        if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, index):
            chosen.append(label)
    return tuple(filter(None, labels)), tuple(filter(None, chosen))


def _string(getter: Any, form: Any, annotation: Any) -> str:
    length = getter(form, annotation, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    getter(form, annotation, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")
