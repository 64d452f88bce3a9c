//! The pages in a window of 375 pixels, without script, in the dark, and by keyboard.

use super::{browser, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Opens a page in a frame of this width and asks it: `page` is its document, `view` its window.
fn ask(browser: &Path, page: &Path, (width, sandbox): (u32, &str), flags: &[&str], script: &str) -> serde_json::Value {
    let folder = page.parent().unwrap();
    let html = format!(
        "<!DOCTYPE html><iframe id=\"frame\" width=\"{width}\" height=\"800\" style=\"border:0\" {sandbox} src=\"{}\"></iframe>\n\
         <script>document.getElementById(\"frame\").addEventListener(\"load\", async ({{ target }}) => {{ let found;\n\
         const wait = (ms) => new Promise((done) => setTimeout(done, ms)); await wait(500);\n\
         try {{ const page = target.contentDocument; const view = target.contentWindow; {script} }} catch (error) {{ found = {{ error: String(error) }}; }}\n\
         const pre = document.createElement(\"pre\"); pre.id = \"probe\"; pre.textContent = JSON.stringify(found); document.body.append(pre); }});</script>",
        page.file_name().unwrap().to_string_lossy()
    );
    let framed = folder.join("framed.html");
    fs::write(&framed, html).unwrap();
    let done = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"])
        .args(["--allow-file-access-from-files", "--window-size=1300,900"])
        .args(flags)
        .arg(format!("--user-data-dir={}", folder.join(".browser").display()))
        .arg(format!("file://{}", framed.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&done.stdout).into_owned();
    let found = dom.split("<pre id=\"probe\">").nth(1).and_then(|rest| rest.split("</pre>").next());
    let found = found.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(&done.stderr)));
    serde_json::from_str(&found.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        .unwrap()
}

/// A run with stories and with a run before it, so that it has every kind of page.
fn pages(name: &str) -> (PathBuf, Vec<PathBuf>) {
    let out = run(name, 60);
    let folder = out.parent().unwrap().to_path_buf();
    let mut csv = "id,outlet,date,title,event,text\n".to_string();
    for n in 0..24 {
        let outlet = ["The Northern Morning Herald", "Courier"][n % 2];
        csv.push_str(&format!("{n},{outlet},2022-01-05,A long title of number {n},e{},\"The riot number {n} came to the long square of the town.\"\n", n % 3));
    }
    fs::write(folder.join("c.csv"), csv).unwrap();
    for terms in ["'riot'", "'riot', 'square'"] {
        fs::write(
            folder.join("l.toml"),
            format!("[lexicon]\nname = 'l'\n[[frame]]\nname = 'order'\nterms = [{terms}]\n"),
        )
        .unwrap();
        let study = "[corpus]\npaths = ['c.csv']\n[lexicons]\npaths = ['l.toml']\n[stories]\ncolumn = 'event'\n[report]\nout = 'o'\n";
        fs::write(folder.join("s.toml"), study).unwrap();
        let words = ["run", "--study", "s.toml", "--quiet"];
        let done = Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&folder).args(words).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let pages = ["index.html", "diff/index.html", "stories/index.html", "stories/1.html"].map(|page| out.join(page));
    (folder, pages.to_vec())
}

/// What is wider than the window scrolls in a region of its own, in light and in the dark.
#[test]
fn no_page_scrolls_sideways_at_375_pixels() {
    let Some(browser) = browser() else { return };
    let (folder, pages) = pages("browser-phone");
    let script = r#"
      for (const fold of page.querySelectorAll("details")) fold.open = true;
      const root = page.documentElement;
      const wide = [...page.body.querySelectorAll("*")].filter((part) => !part.closest(".scroll, svg") && part.getBoundingClientRect().right > 376);
      const [red] = view.getComputedStyle(page.body).backgroundColor.match(/\d+/g).map(Number);
      found = { width: root.clientWidth, needs: root.scrollWidth, wide: wide.slice(0, 3).map((part) => part.outerHTML.slice(0, 120)), dark: red < 60 };
    "#;
    for page in &pages {
        for (flag, is_dark) in
            [("--blink-settings=preferredColorScheme=1", false), ("--blink-settings=preferredColorScheme=0", true)]
        {
            let found = ask(&browser, page, (375, ""), &[flag], script);
            assert_eq!(found["error"], serde_json::Value::Null, "{found}");
            assert!(found["needs"].as_u64() <= found["width"].as_u64(), "{}: {found:#}", page.display());
            assert!(found["width"].as_u64() <= Some(375), "{found}");
            assert_eq!(
                (&found["wide"], &found["dark"]),
                (&serde_json::json!([]), &is_dark.into()),
                "{}: {found:#}",
                page.display()
            );
        }
    }
    fs::remove_dir_all(folder).unwrap();
}

/// Without script everything is there that needs none, and what needs one says so.
#[test]
fn without_script_the_page_says_everything_but_what_it_says_it_cannot() {
    let Some(browser) = browser() else { return };
    let (folder, pages) = pages("browser-no-script");
    let script = r##"
      const shown = (selector) => [...page.querySelectorAll(selector)].filter((part) => part.getClientRects().length > 0).length;
      const anchors = [...page.querySelectorAll("a[href^='#']")].map((link) => decodeURIComponent(link.getAttribute("href").slice(1)));
      found = { filter: shown("#filter"), notes: shown("[data-needs-script]"), rows: shown("#rates tbody tr"), charts: shown("figure svg"),
        marks: shown("figure svg a"), lost: anchors.filter((name) => name && !page.getElementById(name)) };
    "##;
    let found = ask(&browser, &pages[0], (1_200, "sandbox=\"allow-same-origin\""), &[], script);
    assert_eq!(found["error"], serde_json::Value::Null, "{found}");
    assert_eq!(
        (&found["filter"], &found["notes"], &found["lost"]),
        (&0.into(), &2.into(), &serde_json::json!([])),
        "{found:#}"
    );
    for what in ["rows", "charts", "marks"] {
        assert!(found[what].as_u64() > Some(0), "{what}: {found}");
    }
    fs::remove_dir_all(folder).unwrap();
}

/// A table is sorted by a button in its heading, and its numbers are one stop with arrows inside; nothing that can be used is without a name.
#[test]
fn the_keyboard_reaches_everything() {
    let Some(browser) = browser() else { return };
    let (folder, pages) = pages("browser-keyboard");
    let script = r##"
      const press = (target, key) => target.dispatchEvent(new view.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      const table = page.querySelector("#rates table");
      const heading = table.querySelector("thead th:nth-child(3)");
      heading.querySelector("button").click(); found = { sorted: heading.getAttribute("aria-sort") };
      const stops = [...table.querySelectorAll(".t")];
      found.stops = stops.filter((stop) => stop.tabIndex === 0).length;
      stops[0].focus(); press(stops[0], "ArrowDown");
      found.moved = page.activeElement !== stops[0] && page.activeElement.matches("#rates .t");
      found.regions = [...page.querySelectorAll(".scroll")].filter((region) => region.tabIndex !== 0).length;
      const named = (part) => (part.textContent + (part.labels ? [...part.labels].map((label) => label.textContent).join("") : "") + (part.getAttribute("aria-label") ?? "")).trim();
      found.nameless = [...page.querySelectorAll("a, button, input, select, summary")].filter((part) => !part.hidden && !named(part)).map((part) => part.outerHTML.slice(0, 120));
    "##;
    let found = ask(&browser, &pages[0], (1_200, ""), &[], script);
    assert_eq!(found["error"], serde_json::Value::Null, "{found}");
    assert_eq!(
        (&found["sorted"], &found["stops"], &found["moved"]),
        (&"descending".into(), &1.into(), &true.into()),
        "{found:#}"
    );
    assert_eq!(&found["regions"], 0, "{found:#}");
    assert_eq!(found["nameless"], serde_json::json!([]), "{found:#}");
    fs::remove_dir_all(folder).unwrap();
}
