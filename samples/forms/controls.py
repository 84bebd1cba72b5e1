"""Form controls of Word templates: content controls, legacy form fields, tick glyphs and answers shown by formatting.

`None` always means "left as the template has it": a placeholder stays in, a box stays unticked.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from samples.forms.parts import PLACEHOLDER, run

GREY = "808080"


def _sdt(kind: str, content: str, *, alias: str, placeholder: bool) -> str:
    name = f'<w:alias w:val="{escape(alias)}"/>' if alias else ""
    return f"<w:sdt><w:sdtPr>{name}{'<w:showingPlcHdr/>' if placeholder else ''}{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def text_control(value: str | None, *, alias: str = "", prompt: str = PLACEHOLDER) -> str:
    """A plain-text content control in a line; shows its grey prompt when not filled."""
    content = run(value) if value else run(prompt, colour=GREY)
    return _sdt("<w:text/>", content, alias=alias, placeholder=not value)


def date_control(value: str | None, *, alias: str = "") -> str:
    """A date picker."""
    kind = '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/></w:date>'
    return _sdt(kind, run(value) if value else run("Click or tap to enter a date.", colour=GREY), alias=alias, placeholder=not value)


def drop_down(value: str | None, options: Sequence[str], *, alias: str = "", prompt: str = "Choose an item.") -> str:
    """A drop-down list control."""
    items = "".join(f'<w:listItem w:displayText="{escape(o)}" w:value="{escape(o)}"/>' for o in options)
    return _sdt(f"<w:dropDownList>{items}</w:dropDownList>", run(value) if value else run(prompt, colour=GREY), alias=alias, placeholder=not value)


def check(on: bool | None, *, alias: str = "") -> str:
    """A Word 2010 check box control: ☒ or ☐."""
    state = f'<w14:checkbox><w14:checked w14:val="{1 if on else 0}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    return _sdt(state, run("☒" if on else "☐", font="MS Gothic"), alias=alias, placeholder=False)


def checks(options: Sequence[str], chosen: str | Sequence[str] | None, *, before: bool = False, gap: str = "  ") -> str:
    """Options with a check box control each, after the word or before it without a space."""
    picked = [] if chosen is None else [chosen] if isinstance(chosen, str) else list(chosen)
    out = ""
    for i, option in enumerate(options):
        pad = gap if i else ""
        out += run(pad) + check(option in picked) + run(option) if before else run(f"{pad}{option} ") + check(option in picked)
    return out


def block_control(value: str | None, *, alias: str = "") -> str:
    """A rich-text control around whole paragraphs."""
    lines = value.split("\n") if value else [""]
    content = "".join(f"<w:p>{run(line) if value else run(PLACEHOLDER, colour=GREY)}</w:p>" for line in lines)
    return _sdt("", content, alias=alias, placeholder=not value)


def _field(name: str, data: str, code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{escape(name)}"/><w:enabled/><w:calcOnExit w:val="0"/>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def legacy_text(value: str | None, *, name: str = "Text1") -> str:
    """A legacy FORMTEXT field; five en spaces when empty."""
    return _field(name, "<w:textInput/>", "FORMTEXT", run(value or "\u2002" * 5))


def legacy_check(on: bool | None, *, name: str = "Check1", by_default: bool = False) -> str:
    """A legacy FORMCHECKBOX. Word writes a tick in three ways: w:checked, w:checked with a value, or only the default."""
    if on is None or on is False:
        state = '<w:default w:val="0"/>' + ('<w:checked w:val="0"/>' if on is False else "")
    else:
        state = '<w:default w:val="1"/>' if by_default else '<w:default w:val="0"/><w:checked/>'
    return _field(name, f"<w:checkBox><w:sizeAuto/>{state}</w:checkBox>", "FORMCHECKBOX", "")


def legacy_checks(options: Sequence[str], chosen: str | None, *, name: str = "Check") -> str:
    """Words with a legacy check box after each."""
    return "".join(run(f"{'   ' if i else ''}{o} ") + legacy_check(o == chosen or None, name=f"{name}{i}") for i, o in enumerate(options))


def legacy_drop_down(chosen: int | None, options: Sequence[str], *, name: str = "Dropdown1") -> str:
    """A legacy FORMDROPDOWN: the choice lives in the field data alone."""
    entries = "".join(f'<w:listEntry w:val="{escape(o)}"/>' for o in options)
    result = f'<w:result w:val="{chosen}"/>' if chosen else ""
    return _field(name, f"<w:ddList>{result}{entries}</w:ddList>", "FORMDROPDOWN", "")


def symbol(on: bool | None) -> str:
    """A Wingdings box, ticked or empty, as w:sym."""
    return f'<w:r><w:sym w:font="Wingdings" w:char="{"F0FE" if on else "F0A8"}"/></w:r>'


def symbols(options: Sequence[str], chosen: str | Sequence[str] | None, *, gap: str = "   ") -> str:
    """Words with a Wingdings box before each."""
    picked = [] if chosen is None else [chosen] if isinstance(chosen, str) else list(chosen)
    return "".join(run(gap if i else "") + symbol(o in picked) + run(f" {o}") for i, o in enumerate(options))


def typed_x(options: Sequence[str], chosen: str | None, *, gap: str = "    ") -> str:
    """Words with an X typed after the one that applies."""
    return run(gap.join(f"{o} X" if o == chosen else o for o in options))


def formatted(options: Sequence[str], chosen: str | None, how: str = "bold", *, sep: str = " / ") -> str:
    """Words of which the answer is bold, underlined or highlighted, or the others are struck through or deleted."""
    if chosen and how == "delete":
        return run(chosen)
    out = []
    for option in options:
        hit = option == chosen
        if not chosen:
            out.append(run(option))
        elif how == "strike":
            out.append(run(option, strike=not hit))
        else:
            out.append(
                run(
                    option, bold=hit and how == "bold", underline=hit and how == "underline", highlight="yellow" if hit and how == "highlight" else ""
                )
            )
    return run(sep).join(out)
