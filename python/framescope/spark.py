"""A run on a Spark cluster, byte for byte the run folder that :func:`framescope.run` writes on one machine.

Spark decides where tasks run and runs them again where they are lost; what they do is ``framescope part``. Text never passes
through Spark unless it is in Spark already. Every node needs this package, the files of the corpus, and the work folder,
under the same paths.

>>> from framescope import spark
>>> run = spark.run("/shared/news", "/shared/study.toml", "/shared/work", "results")
"""

from __future__ import annotations

import filecmp
import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Iterator, List, Mapping, Optional, Sequence, Union

from . import _program
from ._program import Problem, Refused
from ._runs import PathLike, Run, _options, _settings, _several

#: Articles of a row group of the table that a DataFrame becomes. The bytes of the table depend on it.
ROW_GROUP = 8192
#: Bytes of what a failed task printed that are handed on.
MOST_SAID = 4096
#: Begins the message of a task whose program ended badly.
FAILED = "framescope part"


def run(
    source: Any,
    study: Optional[PathLike] = None,
    work: PathLike = "work",
    out: PathLike = "results",
    *,
    lexicons: Union[PathLike, Sequence[PathLike], None] = None,
    by: Union[str, Sequence[str], None] = None,
    voices: Union[str, Sequence[str], None] = None,
    columns: Optional[Mapping[str, str]] = None,
    part_bytes: Optional[str] = None,
    threads: Optional[int] = None,
    spark: Any = None,
    engine: Optional[str] = None,
    options: Sequence[str] = (),
) -> Run:
    """Counts lexicons in articles on a Spark cluster; the same as :func:`framescope.run`, byte for byte.

    ``source`` is a path, or several, that every node sees; or a Spark DataFrame with one article a row and a unique ``id``, which
    is first written to ``work/articles.parquet``, sorted by id: the run is one over that table. ``work`` is a folder that every
    node sees and that the caller deletes when the results are there. The driver plans, surveys and merges; tasks index and count
    parts of at least ``part_bytes`` (such as ``"500M"``) with ``threads`` threads each (that of ``spark.task.cpus``).

    A call that was killed is called again with the same arguments: parts that are whole are not done twice.

    Raises :class:`framescope.Refused` where articles, lexicons or settings cannot be used, where ids are missing or repeat, and
    where a task failed as often as Spark tries it.
    """
    session = spark or _session(source)
    folder = Path(work)
    corpus = [str(_export(source, folder, (columns or {}).get("id", "id")))] if _is_spark(source) else list(map(str, _several(source)))
    plan = ["part", "plan", *corpus, *_settings(lexicons, study, by, voices, columns), "--work", str(folder), "--print", "parts"]
    if part_bytes is not None:
        plan += ["--part-bytes", part_bytes]
    parts = int(_program.call([*plan, *_options(options)]).output)
    of_each = threads or int(session.conf.get("spark.task.cpus", "1"))
    place = os.path.abspath(folder)
    _map(session, parts, _task("lay", place, of_each))
    _program.call(["part", "survey", place])
    _map(session, parts, _task("count", place, of_each))
    done = _program.call(["part", "merge", place, "--out", str(out)])
    return Run(out, engine=engine, messages=done.problems())


def _session(source: Any) -> Any:
    if _is_spark(source):
        return source.sparkSession
    from pyspark.sql import SparkSession

    return SparkSession.builder.getOrCreate()


def _is_spark(source: Any) -> bool:
    """True for a DataFrame of Spark, classic or Connect."""
    return type(source).__module__.split(".")[0] == "pyspark"


def _map(session: Any, parts: int, task: Callable[[Iterator[Any]], Iterator[Any]]) -> None:
    """One task for each part."""
    from pyspark.errors import PySparkException

    try:
        session.range(0, parts, 1, parts).mapInArrow(task, "part long").collect()
    except PySparkException as error:
        said = str(error)
        if FAILED not in said:
            raise
        problems = [problem for problem in _program.parse_problems(said) if problem.severity == "error"]
        raise Refused(problems, 2, said) from error


def _task(step: str, work: str, threads: int) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Does a step for the parts whose numbers come in, and gives them back."""

    def task(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            for part in batch.column(0).to_pylist():
                command = [_program.find(), "part", step, work, "--threads", str(threads), "--part", str(part)]
                done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=_end_with_parent, check=False)
                if done.returncode != 0:
                    said = done.stderr[-MOST_SAID:].decode("utf-8", "replace")
                    where = f"part {part} on {socket.gethostname()}"
                    raise RuntimeError(f"{FAILED} {step}, {where}: ended with {done.returncode}\n{said}")
            yield batch

    return task


def _end_with_parent() -> None:
    """A task that Spark kills takes its program with it, where the system can do that; elsewhere it ends by itself and does no harm."""
    if sys.platform == "linux":
        import ctypes
        import signal

        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def _export(table: Any, work: Path, key: str) -> Path:
    """Writes a DataFrame to one Parquet file, sorted by id, whose bytes do not depend on how Spark cuts it."""
    if key not in table.columns:
        raise _refused(f"no column `{key}`", "a unique id for every article", 'give its name, as in columns={"id": "url"}')
    work.mkdir(parents=True, exist_ok=True)
    # a name of its own: what an earlier call left behind may be cut otherwise
    scratch = work / f"export-{secrets.token_hex(8)}"
    scratch.mkdir()
    try:
        written = table.sort(key).mapInArrow(_writer(os.path.abspath(scratch)), "part long, rows long").collect()
        files = [scratch / _name(row["part"]) for row in sorted(written) if row["rows"] > 0]
        return _join(files, work / "articles.parquet", key)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _name(part: int) -> str:
    return f"{part:06}.parquet"


def _writer(scratch: str) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Writes a partition to a file, whole or not at all: two tasks of one partition write the same."""

    def write(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow
        import pyarrow.parquet
        from pyspark import TaskContext

        part = TaskContext.get().partitionId()
        partial = os.path.join(scratch, f"{_name(part)}.{secrets.token_hex(8)}.partial")
        writer, rows = None, 0
        for batch in batches:
            writer = writer or pyarrow.parquet.ParquetWriter(partial, batch.schema, compression="zstd")
            writer.write_batch(batch)
            rows += batch.num_rows
        if writer is not None:
            writer.close()
            os.replace(partial, os.path.join(scratch, _name(part)))
        yield pyarrow.RecordBatch.from_pydict({"part": [part], "rows": [rows]})

    return write


def _join(files: List[Path], target: Path, key: str) -> Path:
    """Joins sorted files into one, in row groups of one size; refuses ids that are missing or repeat."""
    import pyarrow.parquet

    if not files:
        raise _refused("no row", "a DataFrame with one article a row")
    partial = target.with_name(f"{target.name}.{secrets.token_hex(8)}.partial")
    ids = _Ids(key)
    try:
        with pyarrow.parquet.ParquetWriter(partial, pyarrow.parquet.read_schema(files[0]), compression="zstd") as writer:
            for group in _groups(files):
                ids.see(group.column(key).combine_chunks())
                writer.write_table(group, row_group_size=ROW_GROUP)
        ids.refuse()
        if not target.exists():
            os.replace(partial, target)
        elif not filecmp.cmp(partial, target, shallow=False):
            raise _refused(f"{target} holds other articles", "the same DataFrame", "give a new work folder", str(target))
    finally:
        partial.unlink(missing_ok=True)
    return target


def _groups(files: List[Path]) -> Iterator[Any]:
    """The rows of all files, in tables of one size."""
    import pyarrow
    import pyarrow.parquet

    waiting: List[Any] = []
    for file in files:
        for batch in pyarrow.parquet.ParquetFile(file).iter_batches(batch_size=ROW_GROUP):
            waiting.append(batch)
            rows = pyarrow.Table.from_batches(waiting)
            while rows.num_rows >= ROW_GROUP:
                yield rows.slice(0, ROW_GROUP).combine_chunks()
                rows = rows.slice(ROW_GROUP)
            waiting = rows.to_batches()
    if waiting:
        yield pyarrow.Table.from_batches(waiting).combine_chunks()


class _Ids:
    """Sorted ids, as they pass: counts those that are missing or there twice."""

    def __init__(self, key: str):
        self.key, self.missing, self.repeated = key, 0, 0
        self.last: Any = None

    def see(self, ids: Any) -> None:
        import pyarrow.compute

        self.missing += ids.null_count
        known = ids.drop_null()
        if len(known) == 0:
            return
        same = pyarrow.compute.equal(known.slice(1), known.slice(0, len(known) - 1))
        self.repeated += pyarrow.compute.sum(same).as_py() or 0
        self.repeated += known[0].as_py() == self.last
        self.last = known[-1].as_py()

    def refuse(self) -> None:
        if self.missing or self.repeated:
            found = f"{self.missing} rows without `{self.key}`, {self.repeated} rows whose `{self.key}` an earlier row has"
            raise _refused(found, "a unique id for every article")


def _refused(found: str, expected: str, hint: str = "", place: str = "the DataFrame") -> Refused:
    return Refused([Problem("error", place, found, expected, hint)], 2, found)
