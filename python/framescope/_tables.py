"""Tables in and out: whichever of polars, pandas and pyarrow is installed."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import Any, Iterable, List, Optional

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


def read(files: Iterable[Path], engine: Optional[str] = None) -> Any:
    """One table out of CSV or Parquet files with the same columns."""
    name = engine_of(engine)
    paths: List[Path] = list(files)
    if name == "polars":
        import polars

        parts = [polars.read_parquet(p) if p.suffix == ".parquet" else polars.read_csv(p, infer_schema_length=None) for p in paths]
        return parts[0] if len(parts) == 1 else polars.concat(parts, how="vertical_relaxed")
    if name == "pandas":
        import pandas

        def one(path: Path) -> Any:
            if path.suffix == ".parquet":
                return pandas.read_parquet(path)
            # only an empty cell is a missing one: an outlet may be called NA
            return pandas.read_csv(path, keep_default_na=False, na_values=[""])

        parts = [one(path) for path in paths]
        return parts[0] if len(parts) == 1 else pandas.concat(parts, ignore_index=True)
    import pyarrow
    import pyarrow.csv
    import pyarrow.parquet

    options = pyarrow.csv.ConvertOptions(null_values=[""], strings_can_be_null=True)
    parts = [
        pyarrow.parquet.read_table(p) if p.suffix == ".parquet" else pyarrow.csv.read_csv(p, convert_options=options)
        for p in paths
    ]
    return parts[0] if len(parts) == 1 else pyarrow.concat_tables(parts, promote_options="permissive")


def scan(files: Iterable[Path], engine: Optional[str] = None) -> Any:
    """One table out of files of one kind, not yet read."""
    paths: List[Path] = list(files)
    is_parquet = all(path.suffix == ".parquet" for path in paths)
    if engine_of(engine) == "polars":
        import polars

        return polars.scan_parquet(paths) if is_parquet else polars.scan_csv(paths, infer_schema_length=None)
    import pyarrow.dataset

    return pyarrow.dataset.dataset([str(path) for path in paths], format="parquet" if is_parquet else "csv")


def is_table(thing: Any) -> bool:
    """True for a DataFrame of polars or pandas, a LazyFrame, and a Table of pyarrow."""
    module = type(thing).__module__.split(".")[0]
    return module in ENGINES and hasattr(thing, "columns")


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
