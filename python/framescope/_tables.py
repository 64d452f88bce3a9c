"""Tables in and out: whichever of polars, pandas and pyarrow is installed."""

from __future__ import annotations

import csv
import datetime
import importlib
import importlib.util
import re
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional

#: In this order of preference.
ENGINES = ("polars", "pandas", "pyarrow")


def engine_of(wanted: Optional[str] = None) -> str:
    """The library that tables are opened with."""
    if wanted is not None:
        if wanted not in ENGINES:
            raise ValueError(f"engine {wanted!r}; expected one of {', '.join(ENGINES)}")
        return wanted
    for engine in ENGINES:
        if importlib.util.find_spec(engine) is not None:
            return engine
    raise ImportError("tables need one of polars, pandas or pyarrow: pip install polars")


def read(files: Iterable[Path], engine: Optional[str] = None, types: Optional[Mapping[str, str]] = None) -> Any:
    """One table out of CSV or Parquet files with the same columns.

    ``types`` says what the columns of CSV are: ``text``, ``integer``, ``real``, ``flag`` or ``date``. A column that it does not
    name is one of numbers where all of its cells are, written as numbers are: ``007`` is a text.
    """
    name = engine_of(engine)
    paths: List[Path] = list(files)
    readers = {"polars": _read_polars, "pandas": _read_pandas, "pyarrow": _read_pyarrow}
    parts = [readers[name](path, types or {}) for path in paths]
    if len(parts) == 1:
        return parts[0]
    if name == "polars":
        import polars

        return polars.concat(parts, how="vertical_relaxed")
    if name == "pandas":
        import pandas

        return pandas.concat(parts, ignore_index=True)
    import pyarrow

    return pyarrow.concat_tables(parts, promote_options="permissive")


#: A text that a spreadsheet would run as a formula has an apostrophe in front in CSV.
_ESCAPED = r"^'('*[=+\-@\t\r])"
#: Numbers that lose nothing when they are read as such: of 18 digits, and of 15 where some have decimals.
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_REAL = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def _unescaped(text: str) -> str:
    return re.sub(_ESCAPED, r"\1", text)


def _type_of(cells: Iterable[Optional[str]]) -> str:
    """The type of a column that nobody describes: of the corpus, or of a frame."""
    known = [cell for cell in cells if cell is not None]
    for type_, pattern in (("integer", _INTEGER), ("real", _REAL)):
        if known and all(pattern.fullmatch(cell) for cell in known):
            return type_
    return "text"


def _header(path: Path) -> List[str]:
    with open(path, encoding="utf-8", newline="") as file:
        return next(csv.reader(file), [])


def _read_polars(path: Path, types: Mapping[str, str]) -> Any:
    import polars

    if path.suffix == ".parquet":
        return polars.read_parquet(path)
    # every cell as its text first; only an empty one is missing
    table = polars.read_csv(path, infer_schema_length=0)
    of = {name: types.get(name) or _type_of(table[name].to_list()) for name in table.columns}
    return table.with_columns([_as_type_polars(name, of[name]) for name in table.columns])


def _as_type_polars(name: str, type_: str) -> Any:
    import polars

    column = polars.col(name)
    if type_ == "integer":
        return column.cast(polars.Int64)
    if type_ == "real":
        return column.cast(polars.Float64)
    if type_ == "flag":
        return column == "true"
    if type_ == "date":
        return column.str.to_date("%Y-%m-%d")
    return column.str.replace(_ESCAPED, "${1}")


def _read_pandas(path: Path, types: Mapping[str, str]) -> Any:
    import pandas

    if path.suffix == ".parquet":
        return pandas.read_parquet(path)
    # only an empty cell is a missing one: an outlet may be called NA
    table = pandas.read_csv(path, keep_default_na=False, na_values=[""], dtype=str)
    for name in table.columns:
        cells = table[name]
        type_ = types.get(name) or _type_of(cells.dropna())
        if type_ in ("integer", "real"):
            table[name] = pandas.to_numeric(cells)
        elif type_ == "flag":
            flags = cells.map({"true": True, "false": False})
            table[name] = flags if cells.isna().any() else flags.astype(bool)
        elif type_ == "date":
            table[name] = cells.map(datetime.date.fromisoformat, na_action="ignore")
        else:
            table[name] = cells.map(_unescaped, na_action="ignore")
    return table


def _read_pyarrow(path: Path, types: Mapping[str, str]) -> Any:
    import pyarrow
    import pyarrow.compute
    import pyarrow.csv
    import pyarrow.parquet

    if path.suffix == ".parquet":
        return pyarrow.parquet.read_table(path)
    names = _header(path)
    known = {name: _arrow_type(types.get(name, "text")) for name in names}
    table = pyarrow.csv.read_csv(path, parse_options=_lines(), convert_options=_arrow_options(known))
    for at, name in enumerate(names):
        type_ = types.get(name) or _type_of(table[name].to_pylist())
        if type_ == "text":
            table = table.set_column(at, name, pyarrow.compute.replace_substring_regex(table[name], _ESCAPED, r"\1"))
        elif name not in types:
            table = table.set_column(at, name, table[name].cast(_arrow_type(type_)))
    return table


def _lines() -> Any:
    import pyarrow.csv

    return pyarrow.csv.ParseOptions(newlines_in_values=True)


def _arrow_type(type_: str) -> Any:
    import pyarrow

    of = {"integer": pyarrow.int64(), "real": pyarrow.float64(), "flag": pyarrow.bool_(), "date": pyarrow.date32()}
    return of.get(type_, pyarrow.string())


def _arrow_options(types: Mapping[str, Any]) -> Any:
    import pyarrow.csv

    return pyarrow.csv.ConvertOptions(null_values=[""], strings_can_be_null=True, column_types=dict(types))


def scan(files: Iterable[Path], engine: Optional[str] = None, types: Optional[Mapping[str, str]] = None) -> Any:
    """One table out of files of one kind, not yet read. Columns of CSV that ``types`` does not name are texts."""
    paths: List[Path] = list(files)
    types = types or {}
    is_parquet = all(path.suffix == ".parquet" for path in paths)
    if engine_of(engine) == "polars":
        import polars

        if is_parquet:
            return polars.scan_parquet(paths)
        table = polars.scan_csv(paths, infer_schema_length=0)
        return table.with_columns([_as_type_polars(name, types.get(name, "text")) for name in _header(paths[0])])
    import pyarrow.dataset

    if is_parquet:
        return pyarrow.dataset.dataset([str(path) for path in paths], format="parquet")
    known = {name: _arrow_type(types.get(name, "text")) for name in _header(paths[0])}
    form = pyarrow.dataset.CsvFileFormat(parse_options=_lines(), convert_options=_arrow_options(known))
    return pyarrow.dataset.dataset([str(path) for path in paths], format=form)


def types_of(folder: Path) -> Dict[str, Dict[str, str]]:
    """Types of the columns of every table, as the README of a run folder tells them, by name of the table."""
    file = folder / "README.md"
    types: Dict[str, Dict[str, str]] = {}
    of: Dict[str, str] = {}
    for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
        title = re.match(r"^### (.*?)(/\*)?\.csv$", line)
        row = re.match(r"^\| `([^`]+)` \| (text|integer|real|flag|date) \|", line)
        if title:
            of = types.setdefault(title.group(1), {})
        elif row:
            of[row.group(1)] = row.group(2)
    return types


def is_table(thing: Any) -> bool:
    """True for a DataFrame of polars or pandas, a LazyFrame, and a Table of pyarrow."""
    module = type(thing).__module__.split(".")[0]
    # asked of the type: a LazyFrame warns where its columns are asked for
    return module in ENGINES and hasattr(type(thing), "columns")


def write(table: Any, path: Path) -> None:
    """Writes a table as Parquet, for the program to read."""
    if hasattr(table, "collect") and not hasattr(table, "write_parquet"):
        table = table.collect()
    if hasattr(table, "write_parquet"):
        # quickly packed: it is read once and goes away
        table.write_parquet(path, compression="lz4")
    elif hasattr(table, "to_parquet"):
        table.to_parquet(path, index=False)
    else:
        import pyarrow.parquet

        pyarrow.parquet.write_table(table, path)
