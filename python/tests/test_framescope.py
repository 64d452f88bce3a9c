"""The Python module against the program; needs `$FRAMESCOPE` or an installed wheel."""

import json
from pathlib import Path

import framescope as fs
import pytest
from framescope import _program

LEXICON = """
[lexicon]
name = "who"
language = "en"
match = "stem"

[[frame]]
name = "terrorism"
terms = ["terrorist"]

[[frame]]
name = "protest"
terms = ["protester"]
"""

ROWS = [
    ("a1", "Gazette", "2022-01-05", "The terrorists seized the airport and the terrorists stayed there for two days, officers of the town said."),
    ("a2", "Gazette", "2022-01-06", "The market was quiet, and the shops of the old town were open for all of the morning."),
    ("a3", "Herald", "2022-01-05", "The protesters went home, and the protesters were tired after the long march to the square."),
    ("a4", "Herald", "2022-01-06", "A terrorist was seen near the station, the mayor of the town wrote on the wall of the hall."),
]


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    path = tmp_path / "who.toml"
    path.write_text(LEXICON, "utf-8")
    return path


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "news.csv"
    lines = ["id,outlet,date,text"] + [f'{i},{o},{d},"{t}"' for i, o, d, t in ROWS]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def hits_of(run: fs.Run, outlet: str, frame: str) -> int:
    rows = run["frames"].to_dicts()
    return sum(row["hits"] for row in rows if row["outlet"] == outlet and row["frame"] == frame)


def test_a_run_counts_what_the_texts_say(articles, lexicon, tmp_path):
    run = fs.run(articles, lexicons=lexicon, out=tmp_path / "out")
    assert hits_of(run, "Gazette", "terrorism") == 2
    assert hits_of(run, "Gazette", "protest") == 0
    assert hits_of(run, "Herald", "terrorism") == 1
    assert hits_of(run, "Herald", "protest") == 2
    assert run["hits"].height == 5
    assert run.page.is_file() and "frames" in run.charts
    assert json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8")) == run.manifest


@pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow"])
def test_a_table_gives_what_a_file_gives(engine, articles, lexicon):
    library = pytest.importorskip(engine)
    if engine == "polars":
        table = library.read_csv(articles)
    elif engine == "pandas":
        table = library.read_csv(articles)
    else:
        import pyarrow.csv

        table = pyarrow.csv.read_csv(articles)
    of_table = fs.run(table, lexicons=lexicon, charts=False)
    of_file = fs.run(articles, lexicons=lexicon, charts=False)
    columns = ["frame", "hits", "rate"]
    assert of_table["frames"].select(columns).equals(of_file["frames"].select(columns))


def test_every_engine_reads_the_same_numbers(articles, lexicon, tmp_path):
    fs.run(articles, lexicons=lexicon, out=tmp_path / "out", charts=False)
    of_polars = fs.open_run(tmp_path / "out", engine="polars")["frames"]["hits"].to_list()
    of_pandas = fs.open_run(tmp_path / "out", engine="pandas")["frames"]["hits"].to_list()
    of_arrow = fs.open_run(tmp_path / "out", engine="pyarrow")["frames"]["hits"].to_pylist()
    assert of_polars == of_pandas == of_arrow


def test_an_outlet_may_be_called_na(lexicon, tmp_path):
    path = tmp_path / "news.csv"
    path.write_text("outlet,text\nNational,The terrorists came to the town in the night and left it again.\n", "utf-8")
    run = fs.run(path, lexicons=lexicon, charts=False, engine="pandas")
    assert list(run["frames"]["outlet"].unique()) == ["National"]


def test_what_is_refused_has_its_problems(articles, tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("[lexicon\nname = 1\n", "utf-8")
    with pytest.raises(fs.Refused) as refused:
        fs.run(articles, lexicons=broken, charts=False)
    assert refused.value.code == 2
    rows = refused.value.rows()
    assert all(row["severity"] == "error" for row in rows)
    assert any(row["place"].endswith("broken.toml:1:9") for row in rows)


def test_helpers(articles, lexicon):
    assert fs.hits(articles, lexicon).height == 5
    rates = fs.rates(articles, lexicon, by="outlet")
    assert set(rates["outlet"]) == {"Gazette", "Herald"}


def test_a_diff_tells_what_an_edit_did(articles, lexicon, tmp_path):
    before = fs.run(articles, lexicons=lexicon, out=tmp_path / "before", charts=False)
    lexicon.write_text(LEXICON.replace('"protester"', '"=protester"'), "utf-8")
    after = fs.run(articles, lexicons=lexicon, out=tmp_path / "after", charts=False)
    assert "protester" in fs.diff(before, after)


def test_unknown_tables_are_named(articles, lexicon):
    run = fs.run(articles, lexicons=lexicon, charts=False)
    with pytest.raises(KeyError, match="frames"):
        run["no such table"]


def test_hits_are_those_of_a_run(articles, lexicon):
    columns = ["article", "frame", "surface", "voice", "byte_start", "counted"]
    of_run = fs.run(articles, lexicons=lexicon, charts=False)["hits"].select(columns).sort(columns)
    assert fs.hits(articles, lexicon).select(columns).sort(columns).equals(of_run)
    own = fs.hits(articles, lexicon, voices="own")
    assert set(own["counted"]) <= {"yes", "voice"} and own.height == of_run.height


def test_a_table_goes_in_and_hits_come_out(articles, lexicon):
    import polars

    table = polars.read_csv(articles).rename({"text": "body"})
    assert fs.hits(table, lexicon, columns={"text": "body"}).height == 5
    with pytest.raises(fs.Refused):
        fs.hits(table, lexicon, columns={"text": "no such column"})


def test_kwic_reads_a_run_and_a_corpus(articles, lexicon, tmp_path):
    run = fs.run(articles, lexicons=lexicon, out=tmp_path / "out", charts=False)
    lines = fs.kwic("#terrorism", run, n=None)
    assert lines.height == 3
    assert fs.kwic("terrorist", articles, n=2).height == 2
    assert fs.kwic("terrorist", articles, n=None, outlets="Herald").height == 1
    assert fs.kwic("terrorist", articles, n=None, where='date < "2022-01-06"').height == 2


def test_lazy_tables_and_problems(articles, lexicon):
    run = fs.run(articles, lexicons=lexicon, charts=False)
    import polars

    found = run.lazy("hits").filter(polars.col("outlet") == "Gazette").select("surface").collect()
    assert found.height == 2
    assert run.problems().columns[:2] == ["severity", "kind"]


def test_charts_show_in_a_notebook(articles, lexicon):
    assert "<svg" in fs.run(articles, lexicons=lexicon)._repr_html_()


def test_a_sample_is_drawn_for_people(articles, lexicon, tmp_path):
    run = fs.run(articles, lexicons=lexicon, out=tmp_path / "out", charts=False)
    said = fs.validate_sample(run, tmp_path / "coding", hits=2, sentences=1, coders=1, overlap=0)
    assert said and (tmp_path / "coding" / "key.json").is_file()
    with pytest.raises(fs.Refused):
        fs.validate_score(tmp_path / "coding")


def test_the_readme_plots_two_outlets_in_six_lines(monkeypatch, tmp_path):
    matplotlib = pytest.importorskip("matplotlib")
    readme = Path(__file__).parents[2] / "README.md"
    code = readme.read_text("utf-8").split("```python\n", 1)[1].split("```", 1)[0]
    assert len(code.strip().splitlines()) == 6
    matplotlib.use("Agg")
    _program.call(["demo", str(tmp_path / "sample")])
    monkeypatch.chdir(tmp_path / "sample")
    exec(compile(code, str(readme), "exec"), {})
    assert (tmp_path / "sample" / "two-outlets.png").stat().st_size > 10_000


def test_the_notebook_runs(monkeypatch, tmp_path):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    path = Path(__file__).parents[2] / "docs" / "notebook.ipynb"
    if not path.is_file():
        pytest.skip("the wheel comes without documents")
    monkeypatch.setenv("PYTHONPATH", str(Path(fs.__file__).resolve().parents[1]))
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("text/html" in output.get("data", {}) for output in outputs)
    assert any("report: done after" in output.get("text", "") for output in outputs)


@pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow"])
@pytest.mark.parametrize("form", ["--parquet", "--no-parquet"])
def test_texts_are_as_they_were_written(engine, form, tmp_path):
    """Identifiers keep their zeros and entries their marks, in whatever files the tables are."""
    pytest.importorskip(engine)
    corpus, lexicon = tmp_path / "news.csv", tmp_path / "who.toml"
    lines = ["id,outlet,date,edition,post,text"]
    lines += [f'{n:04},{o},{d},{n:03},1234567890123456789{n},"{t}"' for n, (_, _, d, t), o in zip(range(4), ROWS, ["007", "007", "09", "09"])]
    corpus.write_text("\n".join(lines) + "\n", "utf-8")
    lexicon.write_text(LEXICON.replace('"terrorist"', '"=terrorists", "terrorist"'), "utf-8")
    run = fs.run(corpus, lexicons=lexicon, charts=False, engine=engine, options=[form])
    column = lambda table, name: list(table[name]) if engine != "pyarrow" else table[name].to_pylist()
    assert column(run["articles"], "article") == ["0000", "0001", "0002", "0003"]
    assert column(run["articles"], "edition") == ["000", "001", "002", "003"]
    assert column(run["articles"], "post")[3] == "12345678901234567893"
    assert set(column(run["frames"], "outlet")) == {"007", "09"}
    assert set(column(run["terms"], "entry")) >= {"=terrorists", "terrorist"}
    assert sorted(set(column(run["hits"], "entry"))) == ["=terrorists", "protester", "terrorist"]
    assert all(isinstance(n, (int,)) or n == int(n) for n in column(run["frames"], "hits"))
    assert str(column(run["articles"], "date")[0]) == "2022-01-05"
    lazy = run.lazy("hits")
    rows = lazy.collect().height if engine == "polars" else lazy.to_table().num_rows
    assert rows == 5


def test_a_table_that_was_moved_aside_is_in_no_count(articles, lexicon, tmp_path):
    run = fs.run(articles, lexicons=lexicon, out=tmp_path / "out", charts=False, options=["--no-parquet"])
    for name in ("terrorism.edited-1.csv", "terrorism.csv.edited-1"):
        (tmp_path / "out" / "hits" / name).write_bytes((tmp_path / "out" / "hits" / "terrorism.csv").read_bytes())
    assert fs.open_run(tmp_path / "out")["hits"].height == run["hits"].height == 5


def test_what_the_program_warns_of_is_a_warning(articles, lexicon, tmp_path):
    with pytest.warns(fs.ProgramWarning, match="operator"):
        fs.kwic("crowd AND police", articles)
    mixed = tmp_path / "mixed.csv"
    french = "Les manifestants ont marché dans les rues de la ville et la police les a suivis toute la journée."
    mixed.write_text(articles.read_text("utf-8") + f'a5,Courrier,2022-01-05,"{french}"\n', "utf-8")
    with pytest.warns(fs.ProgramWarning, match="1 in `fr`"):
        fs.hits(mixed, lexicon)
    assert any("1 in `fr`" in problem.found for problem in fs.run(mixed, lexicons=lexicon, charts=False).messages)


def test_a_run_of_a_lazy_frame_says_nothing_of_speed(articles, lexicon, recwarn):
    polars = pytest.importorskip("polars")
    fs.run(polars.scan_csv(articles), lexicons=lexicon, charts=False)
    assert not [one for one in recwarn if "Performance" in type(one.message).__name__]


def test_a_run_without_charts_is_shown_as_text(articles, lexicon):
    assert fs.run(articles, lexicons=lexicon, charts=False)._repr_html_().startswith("&lt;framescope run in")
