"""Finds the program, calls it, and turns what it refuses into an exception."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Sequence

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
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    output = done.stdout.decode("utf-8", "replace")
    messages = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 1):
        raise Refused([p for p in parse_problems(messages) if p.severity == "error"], done.returncode, messages)
    return Finished(output, messages, done.returncode == 1)


def version() -> str:
    """The version of the program that is called."""
    return call(["--version"]).output.split()[-1]


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
