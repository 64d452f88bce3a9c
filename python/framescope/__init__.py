"""Sentiment and framing statistics for news corpora.

This module calls the program ``framescope``, which comes in the same wheel, and opens what it wrote. It counts nothing
itself, so every number is the one that the command line gives.

>>> import framescope as fs
>>> run = fs.run("news.csv", lexicons="who.toml", by="outlet")
>>> run["frames"]

Tables are polars DataFrames where polars is installed, else pandas DataFrames, else pyarrow Tables; ``engine=`` chooses.
"""

from ._program import Refused, version
from ._runs import Run, diff, open_run, rates, run
from ._words import ProgramWarning, hits, kwic, validate_apply, validate_sample, validate_score

__all__ = [
    "ProgramWarning",
    "Refused",
    "Run",
    "diff",
    "hits",
    "kwic",
    "open_run",
    "rates",
    "run",
    "validate_apply",
    "validate_sample",
    "validate_score",
    "version",
]
