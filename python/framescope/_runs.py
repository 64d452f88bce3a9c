"""Runs: the main job of the program, and what it wrote."""

from __future__ import annotations

import html
import json
import tempfile
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Union

from . import _program, _tables
from ._program import Problem

PathLike = Union[str, Path]
#: Paths of articles, or a table with one article a row.
Corpus = Union[PathLike, Sequence[PathLike], Any]


class Run(Mapping):
    """What a run wrote: a mapping from the names of tables to tables.

    ``run["frames"]`` opens ``frames.csv``; ``run["hits"]`` all hits, whatever files they are in. Tables are read when they
    are asked for, and kept.
    """

    def __init__(self, path: PathLike, *, engine: Optional[str] = None, messages: Sequence[Problem] = (), owned: Any = None):
        self.path = Path(path)
        manifest = self.path / "manifest.json"
        if not manifest.is_file():
            raise FileNotFoundError(f"{self.path} holds no run: no manifest.json in it")
        #: What the run was made of: program, settings, lexicons, inputs and outputs with their digests.
        self.manifest: Dict[str, Any] = json.loads(manifest.read_text("utf-8"))
        #: Notes and warnings that the program printed.
        self.messages: List[Problem] = list(messages)
        self._engine = engine
        self._read: Dict[str, Any] = {}
        # a temporary folder lives as long as what was read from it may be asked for
        self._owned = owned
        self._files = self._find()
        self._types = _tables.types_of(self.path)

    def _find(self) -> Dict[str, List[Path]]:
        files: Dict[str, List[Path]] = {}
        for path in sorted(self.path.glob("*.csv")):
            files[path.stem] = [path]
        # what the run wrote, and not what lies beside it, such as a table that was edited and moved aside
        written = sorted(str(output["file"]) for output in self.manifest.get("outputs", []))
        for folder in ("hits", "sentiment_hits"):
            of = [name for name in written if name.startswith(f"{folder}/")]
            packed = [name for name in of if name.endswith(".parquet")]
            if of:
                files[folder] = [self.path / name for name in packed or of]
        for name, paths in files.items():
            packed = self.path / f"{name}.parquet"
            if packed.is_file():
                files[name] = [packed]
        return files

    def __getitem__(self, name: str) -> Any:
        if name not in self._files:
            raise KeyError(f"no table {name!r}; there are {', '.join(self._files)}")
        if name not in self._read:
            self._read[name] = _tables.read(self._files[name], self._engine, self._types.get(name))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def files(self, name: str) -> List[Path]:
        """The files of a table, for lazy readers such as ``polars.scan_parquet``."""
        return list(self._files[name])

    def lazy(self, name: str) -> Any:
        """A table that is read only as far as it is asked for: a ``polars.LazyFrame``, or a ``pyarrow.dataset.Dataset``.

        In a Dataset of CSV files, texts that a spreadsheet would run as a formula keep the apostrophe in front.
        """
        if name not in self._files:
            raise KeyError(f"no table {name!r}; there are {', '.join(self._files)}")
        return _tables.scan(self._files[name], self._engine, self._types.get(name))

    def problems(self) -> Any:
        """Everything that reading had to say, as a table: place, what was found, what was expected, a hint."""
        return self["problems"]

    @property
    def page(self) -> Path:
        """The page of the run."""
        return self.path / "index.html"

    @property
    def charts(self) -> Dict[str, Path]:
        """Charts by name, as PNG."""
        return {path.stem: path for path in sorted((self.path / "charts").glob("*.png"))}

    def show(self) -> None:
        """Opens the page in the browser."""
        import webbrowser

        webbrowser.open(self.page.resolve().as_uri())

    def __repr__(self) -> str:
        return f"<framescope run in {self.path}: {', '.join(self._files)}>"

    def _repr_html_(self) -> str:
        """Charts in a notebook: rates first."""
        charts = {path.stem: path for path in sorted((self.path / "charts").glob("*.svg"))}
        names = [name for name in ("frames", "voices", "timeline") if name in charts] or list(charts)[:3]
        parts = [charts[name].read_text("utf-8") for name in names]
        return "".join(f'<div style="max-width: 60em">{part}</div>' for part in parts) or html.escape(repr(self))


def open_run(path: PathLike, *, engine: Optional[str] = None) -> Run:
    """Opens a folder that an earlier run wrote."""
    return Run(path, engine=engine)


def run(
    corpus: Optional[Corpus] = None,
    *,
    lexicons: Union[PathLike, Sequence[PathLike], None] = None,
    study: Optional[PathLike] = None,
    by: Union[str, Sequence[str], None] = None,
    voices: Union[str, Sequence[str], None] = None,
    columns: Optional[Mapping[str, str]] = None,
    out: Optional[PathLike] = None,
    seed: Optional[int] = None,
    charts: bool = True,
    engine: Optional[str] = None,
    options: Sequence[str] = (),
) -> Run:
    """Counts lexicons in articles, compares groups, writes tables and charts; the same as ``framescope run``.

    ``corpus`` is a path, several, or a DataFrame with one article a row; without it the study says where articles are.
    ``columns`` says which columns mean what, as in ``{"text": "body", "outlet": "Publisher"}``. Without ``out`` the results
    lie in a temporary folder that goes away with the :class:`Run`. The articles of a DataFrame do so in any case: to ask a
    folder ``out`` for its hits in a later session (:func:`kwic`, :func:`validate_sample`), give a file. ``options`` are further
    arguments of the command line.

    Raises :class:`Refused`, with every problem, where articles, lexicons or settings cannot be used.
    """
    owned = tempfile.TemporaryDirectory(prefix="framescope-")
    folder = Path(out) if out is not None else Path(owned.name) / "run"
    arguments: List[str] = ["run", "--out", str(folder)]
    if corpus is not None:
        arguments += _corpus(corpus, Path(owned.name))
    arguments += _settings(lexicons, study, by, voices, columns, seed, charts)
    done = _program.call([*arguments, *_options(options)])
    return Run(folder, engine=engine, messages=done.problems(), owned=owned)


def rates(
    corpus: Corpus,
    lexicons: Union[PathLike, Sequence[PathLike]],
    *,
    by: Union[str, Sequence[str]] = "outlet",
    engine: Optional[str] = None,
    **settings: Any,
) -> Any:
    """Rates of frames by group, per 1,000 words, with intervals: the table ``frames``."""
    return run(corpus, lexicons=lexicons, by=by, engine=engine, charts=False, **settings)["frames"]


def diff(before: Union[Run, PathLike], after: Union[Run, PathLike]) -> str:
    """What changed between two runs, and which entries did it, as text."""
    folders = [str(side.path if isinstance(side, Run) else side) for side in (before, after)]
    return _program.call(["diff", *folders]).output


def _options(options: Sequence[str]) -> List[str]:
    """Further arguments, with Parquet where they do not speak of it: quicker to read than CSV, and its columns have types."""
    options = list(map(str, options))
    return options if {"--parquet", "--no-parquet"} & set(options) else ["--parquet", *options]


def _settings(
    lexicons: Union[PathLike, Sequence[PathLike], None] = None,
    study: Optional[PathLike] = None,
    by: Union[str, Sequence[str], None] = None,
    voices: Union[str, Sequence[str], None] = None,
    columns: Optional[Mapping[str, str]] = None,
    seed: Optional[int] = None,
    charts: bool = True,
) -> List[str]:
    """What decides the numbers of a run, as arguments of the command line."""
    arguments: List[str] = []
    for lexicon in _several(lexicons):
        arguments += ["--lexicon", str(lexicon)]
    if study is not None:
        arguments += ["--study", str(study)]
    for name, values in (("--by", by), ("--voice", voices)):
        if values is not None:
            arguments += [name, ",".join(map(str, _several(values)))]
    for role, column in (columns or {}).items():
        arguments += [f"--{role}", column]
    if seed is not None:
        arguments += ["--seed", str(seed)]
    if not charts:
        arguments.append("--no-charts")
    return arguments


def _several(values: Any) -> List[Any]:
    if values is None:
        return []
    return [values] if isinstance(values, (str, Path)) else list(values)


def _corpus(corpus: Corpus, folder: Path) -> List[str]:
    if _tables.is_table(corpus):
        path = folder / "articles.parquet"
        _tables.write(corpus, path)
        return [str(path)]
    return [str(path) for path in _several(corpus)]
