"""Reads and checks export mappings: an authority's own `exports/` folder before the shared one."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from models.authority import Authority
from models.export import ExportMapping
from models.paths import is_path
from pipeline.authorities.toml_lines import read_toml
from pipeline.errors import WrongSetup

MADE = frozenset({"row_id", "reference", "received_at", "received_date", "source_code", "source_words", "record_id", "sex", "reason", "decision"})
_SHARED = Path(__file__).parent / "shared" / "exports"


def export_names(authority: Authority) -> tuple[str, ...]:
    """The systems a contact can be exported for."""
    return tuple(sorted({path.stem for folder in _folders(authority) if folder.is_dir() for path in folder.glob("*.toml")}))


def load_export(name: str, authority: Authority) -> ExportMapping:
    """The mapping of that name. Raises WrongSetup naming file, line and remedy."""
    path = next((path for folder in _folders(authority) if (path := folder / f"{name}.toml").is_file()), None)
    if path is None or Path(name).name != name:
        raise WrongSetup(
            f"There is no export '{name[:40]}'. Use one of {', '.join(export_names(authority))}, or write exports/<name>.toml in the authority's folder."
        )
    file = read_toml(path)
    try:
        mapping = ExportMapping.model_validate(file.data)
    except ValidationError as error:
        raise file.refusal(error) from None
    for number, column in enumerate(mapping.columns):
        if column.origin is not None and not _leads_somewhere(column.origin):
            raise file.fault(
                ("columns", number, "from"), f"names '{column.origin}', which no contact has. docs/authorities.md lists what can be named."
            )
    return mapping


def _folders(authority: Authority) -> tuple[Path, ...]:
    return (*((Path(authority.folder) / "exports",) if authority.folder else ()), _SHARED)


def _leads_somewhere(origin: str) -> bool:
    first, _, rest = origin.partition(".")
    if first == "contact":
        return rest in MADE
    if first == "child":
        return is_path(f"children.*.{rest}")
    return bool(rest) and first not in {"children", "people", "agencies"} and is_path(origin)
