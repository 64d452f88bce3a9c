"""Runs on a real Spark cluster of this machine: a master and two workers on the loopback, killed in every way there is.

Needs Java, PySpark and pyarrow; says so where they are not there. ``$FRAMESCOPE_NEWS`` names a table of articles to be counted
instead of the sample of the program.
"""

import csv
import filecmp
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import framescope as fs
import pytest
from framescope import _program

MISSING = [] if shutil.which("java") else ["java"]
try:
    import pyarrow
    import pyspark
except ImportError as error:
    MISSING.append(error.name)
if "FRAMESCOPE_SPARK" not in os.environ:
    pytest.skip("Spark is not tested unless FRAMESCOPE_SPARK is set", allow_module_level=True)
if MISSING:
    pytest.skip(f"Spark is not tested: there is no {', '.join(MISSING)} here", allow_module_level=True)

HOST = "127.0.0.1"
HERE = Path(__file__).parent
SETTINGS = {"lexicons": "framing-en", "options": ["--no-charts"]}

# The part that is to be hit starts the program, stops it while it works, says who its parent is, and waits; that once.
TRAP = """#!/bin/bash
if [ "$1 $2 ${@: -1}" = "part $TRAP_STEP 1" ] && mkdir "$TRAP_MARK" 2> /dev/null; then
    "$TRAP_PROGRAM" "$@" & child=$!
    sleep 0.1
    kill -STOP $child 2> /dev/null
    echo $child > "$TRAP_MARK/child"
    echo $PPID > "$TRAP_MARK/parent.part" && mv "$TRAP_MARK/parent.part" "$TRAP_MARK/parent"
    sleep 3000
fi
exec "$TRAP_PROGRAM" "$@"
"""


class Cluster:
    """A master and two workers with one core each."""

    def __init__(self, folder: Path):
        self.folder, self.processes = folder, []
        self.home = Path(pyspark.__file__).parent
        self.port, self.page = free_port(), free_port()
        self.start("master", HOST, "deploy.master.Master", "--port", self.port, "--webui-port", self.page)
        self.wait_for(0)
        self.workers = 0
        self.top_up()

    def start(self, name, host, main, *arguments):
        command = [self.home / "bin" / "spark-class", f"org.apache.spark.{main}", "--host", host, *arguments]
        environment = {**os.environ, "SPARK_LOCAL_IP": host, "SPARK_HOME": str(self.home), "SPARK_NO_DAEMONIZE": "1", "SPARK_DAEMON_MEMORY": "256m"}
        with open(self.folder / f"{name}.log", "wb") as log:
            self.processes.append(subprocess.Popen(list(map(str, command)), env=environment, stdout=log, stderr=log))

    def top_up(self):
        """Starts workers until two are alive."""
        while self.alive() < 2:
            self.workers += 1
            arguments = ["--cores", 1, "--memory", "1g", "--webui-port", 0, "--work-dir", self.folder / f"worker-{self.workers}"]
            before = self.alive()
            # each on a host of its own: Spark starts no twin of a task on the host where that runs
            self.start(f"worker-{self.workers}", f"127.0.0.{self.workers + 1}", "deploy.worker.Worker", *arguments, f"spark://{HOST}:{self.port}")
            self.wait_for(before + 1)

    def alive(self):
        with urllib.request.urlopen(f"http://{HOST}:{self.page}/json/", timeout=10) as page:
            return sum(worker["state"] == "ALIVE" for worker in json.load(page)["workers"])

    def wait_for(self, workers):
        wait(lambda: self.alive() >= workers, f"{workers} workers; see {self.folder}")

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait()


def free_port():
    with socket.socket() as door:
        door.bind((HOST, 0))
        return door.getsockname()[1]


def wait(is_so, what, seconds=900):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if is_so():
                return
        except (OSError, ValueError):  # not there yet, or a page that is no JSON yet
            pass
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


def ancestor(pid, wanted):
    """The nearest process above ``pid`` with a word in its command line."""
    while pid > 1:
        if wanted in Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace"):
            return pid
        pid = int(Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[1])
    raise AssertionError(f"no {wanted} above")


@pytest.fixture
def start(cluster):
    """Starts drivers on the whole cluster, and leaves none behind."""
    drivers = []

    def start(*arguments, **settings):
        drivers.append(Driver(cluster, *arguments, **settings))
        return drivers[-1]

    cluster.top_up()
    yield start
    for driver in drivers:
        driver.process.kill()
        driver.process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("spark"))
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """Articles, as a table; those of the sample many times over, so that reprints lie in different parts."""
    if "FRAMESCOPE_NEWS" in os.environ:
        return Path(os.environ["FRAMESCOPE_NEWS"])
    folder = tmp_path_factory.mktemp("news")
    subprocess.run([_program.find(), "demo", str(folder / "sample")], check=True, capture_output=True)
    head, *rows = csv.reader((folder / "sample" / "news.csv").open(encoding="utf-8", newline=""))
    with (folder / "news.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *head])
        writer.writerows([f"{again:02}-{number:02}", *row] for again in range(20) for number, row in enumerate(rows))
    return folder / "news.csv"


@pytest.fixture(scope="module")
def expected(news, tmp_path_factory):
    return fs.run(news, out=tmp_path_factory.mktemp("one") / "run", **SETTINGS).path


def program_file(folder, step):
    """The program, that stops in the middle of a task once."""
    path = folder / "framescope"
    path.write_text(TRAP, "utf-8")
    path.chmod(0o755)
    return {"TRAP_PROGRAM": _program.find(), "TRAP_MARK": str(folder / "hit"), "TRAP_STEP": step}


class Driver:
    """A program that runs on the cluster, in a process of its own."""

    def __init__(self, cluster, folder, source, *, trap=None, configuration=None, door="file"):
        self.folder = folder
        step = program_file(folder, trap or "nothing")
        settings = {
            "spark.executor.memory": "512m",
            "spark.cores.max": 2,
            "spark.executor.cores": 1,
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.python.worker.faulthandler.enabled": "false",
            "spark.sql.shuffle.partitions": 3,
            **{f"spark.executorEnv.{name}": value for name, value in step.items()},
            "spark.executorEnv.FRAMESCOPE": folder / "framescope",
            "spark.executorEnv.PYTHONPATH": Path(fs.__file__).parents[1],
            **(configuration or {}),
        }
        master = f"spark://{HOST}:{cluster.port}"
        arguments = [master, door, source, folder / "work", folder / "out", *(f"{name}={value}" for name, value in settings.items())]
        environment = {
            **os.environ,
            "FRAMESCOPE": _program.find(),
            "PYTHONPATH": str(Path(fs.__file__).parents[1]),
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_LOCAL_IP": HOST,
        }
        with open(folder / "driver.log", "ab") as log:
            command = [sys.executable, str(HERE / "spark_driver.py"), *map(str, arguments)]
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=source.parent)

    def parent_of_hit(self):
        """Waits until the task that is to be hit is at work."""
        file = self.folder / "hit" / "parent"
        wait(lambda: file.is_file() or self.process.poll() is not None, f"the task; see {self.folder / 'driver.log'}")
        assert file.is_file(), self.log()
        return int(file.read_text("utf-8"))

    def log(self):
        return (self.folder / "driver.log").read_text("utf-8", "replace")[-6000:]

    def end(self):
        assert self.process.wait(timeout=900) == 0, self.log()
        return self.folder / "out"

    def wake_the_dead(self):
        """Lets the program of the task that was hit go on: what it writes so late must do no harm."""
        child = int((self.folder / "hit" / "child").read_text("utf-8"))
        try:
            os.kill(child, signal.SIGCONT)
        except ProcessLookupError:
            return
        wait(lambda: not Path(f"/proc/{child}").exists() or " (framescope) Z " in Path(f"/proc/{child}/stat").read_text("utf-8"), "the program")


def listed(folder):
    """The files that a manifest lists, and the manifest: all that depends on articles, settings and lexicons."""
    outputs = json.loads((folder / "manifest.json").read_text("utf-8"))["outputs"]
    return ["manifest.json", *(output["file"] for output in outputs)]


def assert_same(run, expected):
    names = listed(expected)
    assert listed(run) == names
    same, other, missing = filecmp.cmpfiles(expected, run, names, shallow=False)
    assert not other and not missing and len(same) == len(names) > 20


def test_an_undisturbed_run_gives_the_bytes_of_one_machine(start, news, expected, tmp_path):
    assert_same(start(tmp_path, news).end(), expected)


SPARK = os.environ.get("FRAMESCOPE_SPARK", "")
# a cluster that is killed needs minutes of a quiet machine
killing = pytest.mark.skipif(SPARK not in ("kill", "all"), reason="nobody is killed unless FRAMESCOPE_SPARK is `kill` or `all`")

VICTIMS = ["driver", "python", "CoarseGrainedExecutorBackend", "deploy.worker.Worker"]
# every victim once, or in both steps
KILLED = list(itertools.product(VICTIMS, ["lay", "count"]))
if SPARK != "all":
    KILLED = list(zip(VICTIMS, itertools.cycle(["lay", "count"])))


@killing
@pytest.mark.parametrize("victim,step", KILLED)
def test_whoever_is_killed_the_bytes_are_the_same(start, news, expected, tmp_path, victim, step):
    driver = start(tmp_path, news, trap=step)
    parent = driver.parent_of_hit()
    if victim == "driver":
        os.kill(driver.process.pid, signal.SIGKILL)
        driver.process.wait()
        # the same call again
        driver = start(tmp_path, news, trap=step)
    else:
        os.kill(parent if victim == "python" else ancestor(parent, victim), signal.SIGKILL)
    assert_same(driver.end(), expected)
    driver.wake_the_dead()
    _program.call(["part", "merge", str(tmp_path / "work"), "--out", str(tmp_path / "again")])
    assert_same(tmp_path / "again", expected)


@killing
def test_a_slow_task_is_overtaken_by_its_twin(start, news, expected, tmp_path):
    speculation = {
        "spark.speculation": "true",
        "spark.speculation.interval": "100ms",
        "spark.speculation.multiplier": "1.5",
        "spark.speculation.quantile": "0.5",
        "spark.speculation.minTaskRuntime": "1s",
    }
    driver = start(tmp_path, news, trap="lay", configuration=speculation)
    driver.parent_of_hit()
    assert_same(driver.end(), expected)
    driver.wake_the_dead()
    assert_same(driver.folder / "out", expected)


@killing
def test_a_dataframe_is_counted_as_its_table(start, news, tmp_path):
    driver = start(tmp_path, news, trap="count", door="table")
    os.kill(driver.parent_of_hit(), signal.SIGKILL)
    out = driver.end()
    one = fs.run(tmp_path / "work" / "articles.parquet", out=tmp_path / "one", **SETTINGS).path
    assert_same(out, one)
    of_file = fs.run(news, out=tmp_path / "file", **SETTINGS)
    key = ["outlet", "frame"]
    columns = [*key, "hits", "words", "rate"]
    assert fs.open_run(out)["frames"].select(columns).sort(key).equals(of_file["frames"].select(columns).sort(key))


def test_ids_that_repeat_are_refused(start, news, tmp_path):
    driver = start(tmp_path, news, door="twice")
    assert driver.process.wait(timeout=900) == 3
    assert "rows whose `id` an earlier row has" in driver.log()


@killing
def test_what_a_task_refuses_is_told(start, news, tmp_path):
    copy = tmp_path / "news.csv"
    shutil.copyfile(news, copy)
    driver = start(tmp_path, copy, trap="lay")
    parent = driver.parent_of_hit()
    # an article is edited while the run is at work
    text = copy.read_bytes()
    at = len(text) // 2
    at = text.index(b" the ", at)
    copy.write_bytes(text[:at] + b" teh " + text[at + 5 :])
    os.kill(parent, signal.SIGKILL)
    assert driver.process.wait(timeout=900) == 3
    assert "are not those that were planned" in driver.log()
    driver.wake_the_dead()
