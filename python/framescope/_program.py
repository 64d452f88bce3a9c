"""Finds the program, calls it, and turns what it refuses into an exception."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, List, Optional, Sequence, Tuple

#: Set this environment variable to use another build of the program.
OVERRIDE = "FRAMESCOPE"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what was found, what was expected, and what to type instead."""

    severity: str
    place: str
    found: str
    expected: str = ""
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.severity}: {self.place}: {self.found}"
        if self.expected:
            text += f"; expected {self.expected}"
        if self.hint:
            text += f"\n  hint: {self.hint}"
        return text


class Refused(Exception):
    """The program could not do what it was asked; earlier results are untouched.

    ``problems`` has one :class:`Problem` for each thing that is wrong, ``code`` the exit code (2: refused, 70: a fault of
    the program itself, 130: interrupted).
    """

    def __init__(self, problems: Sequence[Problem], code: int, output: str):
        self.problems: List[Problem] = list(problems)
        self.code = code
        self.output = output
        super().__init__("\n".join(map(str, self.problems)) or output.strip() or f"exit code {code}")

    def rows(self) -> List[dict]:
        """The problems as dictionaries, ready for a DataFrame."""
        return [vars(problem).copy() for problem in self.problems]


@dataclass(frozen=True)
class Finished:
    """A call that ended well: what was printed, and whether the program asks for attention (exit code 1)."""

    output: str
    messages: str
    needs_attention: bool

    def problems(self) -> List[Problem]:
        """Notes and warnings that the program printed."""
        return parse_problems(self.messages)


def find() -> str:
    """The path of the program: ``$FRAMESCOPE``, the one of this Python environment, or the first on the PATH."""
    name = "framescope.exe" if sys.platform == "win32" else "framescope"
    override = os.environ.get(OVERRIDE)
    if override:
        if not Path(override).is_file():
            raise FileNotFoundError(f"${OVERRIDE} names no file: {override}")
        return override
    places = [Path(sysconfig.get_path("scripts")), Path(sys.prefix) / "bin", Path(sys.prefix) / "Scripts"]
    user = sysconfig.get_preferred_scheme("user") if hasattr(sysconfig, "get_preferred_scheme") else None
    if user:
        places.append(Path(sysconfig.get_path("scripts", user)))
    for place in places:
        if (place / name).is_file():
            return str(place / name)
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"the program `framescope` is neither in this environment nor on the PATH; set ${OVERRIDE} to its path")
    return found


def call(arguments: Sequence[str], *, cwd: Optional[str] = None) -> Finished:
    """Calls the program; raises :class:`Refused` where it refuses."""
    command = [find(), *map(str, arguments)]
    with tempfile.TemporaryFile() as printed:
        code, messages = _run(command, cwd, printed)
        printed.seek(0)
        output = printed.read().decode("utf-8", "replace")
    if code not in (0, 1):
        raise Refused([p for p in parse_problems(messages) if p.severity == "error"], code, messages)
    return Finished(output, messages, code == 1)


def _run(command: Sequence[str], cwd: Optional[str], printed: IO[bytes]) -> Tuple[int, str]:
    """Runs a command to its end; in a notebook, shows which step is done. Gives back exit code and messages."""
    show = _in_notebook()
    lines: List[str] = []
    with subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.PIPE) as process:
        try:
            assert process.stderr is not None
            for raw in process.stderr:
                lines.append(raw.decode("utf-8", "replace"))
                if show and _STEP.match(lines[-1]):
                    print(f"\r{lines[-1].rstrip():<{WIDTH}}", end="", flush=True)
        except BaseException:
            process.kill()
            raise
        finally:
            if show and lines:
                print("\r" + " " * WIDTH + "\r", end="", flush=True)
    return process.returncode, "".join(lines)


def _in_notebook() -> bool:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return type(shell).__name__ == "ZMQInteractiveShell"


def version() -> str:
    """The version of the program that is called."""
    return call(["--version"]).output.split()[-1]


#: A step that is done, such as `report: done after 0.7 s`.
_STEP = re.compile(r"^[a-z, ]+: .* after [0-9.]+ s$")
#: Characters of the line that tells of steps.
WIDTH = 72
_HEAD = re.compile(r"^(error|warning|note): (.*?): (.*)$")


def parse_problems(text: str) -> List[Problem]:
    """Reads the problems that the program printed; other lines are left out."""
    problems: List[Problem] = []
    for line in text.splitlines():
        head = _HEAD.match(line)
        hint = re.match(r"^\s+hint: (.*)$", line)
        if head:
            severity, place, rest = head.groups()
            found, _, expected = rest.partition("; expected ")
            problems.append(Problem(severity, place, found, expected))
        elif hint and problems:
            last = problems[-1]
            problems[-1] = Problem(last.severity, last.place, last.found, last.expected, hint.group(1))
    return problems
