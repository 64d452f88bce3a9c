"""Codes a page with the keyboard, leaves it, comes back, exports. Argument: the folder of a sample."""
import csv
import pathlib
import shutil
import sys

from playwright.sync_api import sync_playwright

folder = pathlib.Path(sys.argv[1]).resolve()
with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append("a dialog: " + dialog.message))
    page.goto((folder / "A.html").as_uri())
    all_items = int(page.inner_text("#count").split(" of ")[1].split()[0])
    page.keyboard.press("1")
    assert page.inner_text("#count").startswith("1 of"), page.inner_text("#count")
    page.keyboard.press("c")  # quoted: goes to the next
    page.keyboard.press("0")
    page.keyboard.press("?")
    page.keyboard.press("x")
    page.fill("#comment", '=1+1, "quoted"')
    assert page.inner_text("#count").startswith("3 of")
    at = page.inner_text("#text")
    page.reload()
    assert page.inner_text("#count").startswith("3 of"), "the browser kept it"
    assert page.inner_text("#text") == at, "and where the coder was"
    for _ in range(all_items - 3):
        page.keyboard.press("0")
    assert page.inner_text("#count").startswith(f"{all_items} of"), page.inner_text("#count")
    assert page.is_visible("#done")
    with page.expect_download() as download:
        page.click("#export")
    assert download.value.suggested_filename == "A.csv"
    download.value.save_as(folder / "A.csv")
    browser.close()
rows = list(csv.DictReader(open(folder / "A.csv", newline="", encoding="utf-8")))
codes = [row["code"] for row in rows]
assert len(rows) == all_items and codes.count("1") == 1 and codes.count("?") == 1, codes
assert [row["voice"] for row in rows if row["code"] == "1"] == ["quoted"]
assert any(row["comment"].startswith("'=1+1") for row in rows), "a formula is kept from being run"
assert not faults, faults
assert all(url.startswith(("file:", "blob:", "data:")) for url in asked), asked
