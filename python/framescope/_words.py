"""Questions to a corpus or a run that are no run: hits, concordances, and validation by people."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any, List, Mapping, Optional, Sequence, Union

from . import _program, _tables
from ._runs import Corpus, PathLike, Run, _corpus, _settings, _several


#: Columns of a concordance; all others are texts.
KWIC_TYPES = {
    **dict.fromkeys(("left", "hit", "right", "outlet", "title", "voice", "source", "url", "at"), "text"),
    **dict.fromkeys(("article", "frame", "entry", "counted"), "text"),
    **{"date": "date", "byte_start": "integer", "byte_end": "integer"},
}


class ProgramWarning(UserWarning):
    """What the program warned of, where it gave a table or a text all the same."""


def _warn(done: _program.Finished) -> _program.Finished:
    """Passes the warnings of the program on to Python's."""
    for problem in done.problems():
        if problem.severity == "warning":
            # the caller of the caller
            warnings.warn(str(problem), ProgramWarning, stacklevel=3)
    return done


def hits(
    corpus: Corpus,
    lexicons: Union[PathLike, Sequence[PathLike], None] = None,
    *,
    study: Optional[PathLike] = None,
    voices: Union[str, Sequence[str], None] = None,
    columns: Optional[Mapping[str, str]] = None,
    engine: Optional[str] = None,
    options: Sequence[str] = (),
) -> Any:
    """Every hit of some lexicons as one table: where it stands, what was found, in whose voice, and whether it counts.

    The same as ``framescope hits``: nothing is estimated and no folder is written. ``corpus`` is a path, several, or a
    DataFrame with one article a row; what is in no count (furniture, duplicates have no row at all) says why in ``counted``.
    """
    with tempfile.TemporaryDirectory(prefix="framescope-") as folder:
        file = Path(folder) / "hits.parquet"
        arguments = ["hits", "--format", "parquet", "--out", str(file), *_corpus(corpus, Path(folder))]
        arguments += _settings(lexicons, study, voices=voices, columns=columns)
        _warn(_program.call([*arguments, *map(str, options)]))
        return _tables.read([file], engine)


def kwic(
    term: str,
    source: Union[Run, Corpus],
    lexicons: Union[PathLike, Sequence[PathLike], None] = None,
    *,
    n: Optional[int] = 20,
    where: Optional[str] = None,
    voices: Union[str, Sequence[str], None] = None,
    outlets: Union[str, Sequence[str], None] = None,
    seed: Optional[int] = None,
    sentence: bool = False,
    uncounted: bool = False,
    sort: str = "text",
    engine: Optional[str] = None,
) -> Any:
    """Hits in their context: of a word or pattern, of a frame (``"#coup"``) or of a target (``"@police"``).

    ``source`` is a :class:`Run`, its folder, or articles: a path, several, or a DataFrame. ``n`` lines are drawn by the seed;
    ``n=None`` gives all.
    """
    with tempfile.TemporaryDirectory(prefix="framescope-") as folder:
        paths = [str(source.path)] if isinstance(source, Run) else _corpus(source, Path(folder))
        arguments = ["kwic", "--format", "csv", "--sort", sort, *(["--all"] if n is None else ["-n", str(n)])]
        for name, value in (("--where", where), ("--seed", seed)):
            if value is not None:
                arguments += [name, str(value)]
        if voices is not None:
            arguments += ["--voice", ",".join(map(str, _several(voices)))]
        for name, values in (("--outlet", outlets), ("--lexicon", lexicons)):
            for value in _several(values):
                arguments += [name, str(value)]
        arguments += [flag for flag, asked in (("--sentence", sentence), ("--uncounted", uncounted)) if asked]
        # a term may begin with a hyphen
        done = _program.call([*arguments, "--", term, *paths])
        file = Path(folder) / "kwic.csv"
        file.write_bytes(done.output.encode("utf-8"))
        _warn(done)
        return _tables.read([file], engine, KWIC_TYPES)


def validate_sample(
    run: Union[Run, PathLike],
    out: PathLike = "coding",
    *,
    frames: Union[str, Sequence[str], None] = None,
    hits: int = 100,
    sentences: int = 100,
    coders: int = 2,
    overlap: int = 50,
    seed: int = 1,
    options: Sequence[str] = (),
) -> str:
    """Draws a sample of a run for people to code into the new folder ``out``: sheets, pages, a codebook, a locked key."""
    folder = str(run.path if isinstance(run, Run) else run)
    arguments: List[str] = ["validate", "sample", folder, "--out", str(out)]
    if frames is not None:
        arguments += ["--frame", ",".join(map(str, _several(frames)))]
    numbers = (("hits", hits), ("sentences", sentences), ("coders", coders), ("overlap", overlap), ("seed", seed))
    for name, number in numbers:
        arguments += [f"--{name}", str(number)]
    return _warn(_program.call([*arguments, *map(str, options)])).output


def validate_score(coding: PathLike) -> str:
    """Scores the sheets that came back: agreement, precision, recall; as text, and as tables in the folder ``coding``."""
    return _warn(_program.call(["validate", "score", str(coding)])).output


def validate_apply(
    coding: PathLike,
    lexicons: Union[PathLike, Sequence[PathLike]],
    *,
    date: Optional[str] = None,
    coders: Union[str, Sequence[str], None] = None,
) -> str:
    """Writes the scores beside lexicon files; the next run says how its frames were validated."""
    arguments = ["validate", "apply", str(coding), *map(str, _several(lexicons))]
    if date is not None:
        arguments += ["--date", date]
    if coders is not None:
        arguments += ["--coders", ",".join(map(str, _several(coders)))]
    return _warn(_program.call(arguments)).output
