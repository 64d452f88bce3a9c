//! The page in a browser: Chromium opens it from the disk, as a reader does, and does what a reader does.
//!
//! Where there is no Chromium, the test says so and passes.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod phone;

use crate::cache::temporary;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

fn browser() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let all = std::env::split_paths(&paths).flat_map(|folder| BROWSERS.map(|name| folder.join(name)));
    let found = all.into_iter().find(|path| path.is_file());
    if found.is_none() {
        println!("NOT TESTED: there is no Chromium here, so nobody opened the page");
    }
    found
}

/// A corpus in which everything that a page shows is an attack; `articles` of them.
fn attacks(articles: usize) -> String {
    let evil = [
        "<script>window.pwned=1</script>",
        "\"\"><img src=x onerror=window.pwned=1>",
        "]]></script><script>window.pwned=1</script>",
    ];
    let mut csv = "id,outlet,date,title,url,text\n".to_string();
    for number in 0..articles {
        let mark = evil[number % 3];
        let url = ["javascript:window.pwned=1", "https://example.org/a?b=1&c=\"\"><script>window.pwned=1</script>", ""]
            [number % 3];
        csv.push_str(&format!(
            "\"{number}{mark}\",\"Outlet {} {mark}\",2022-01-{:02},\"Title {number} {mark}\",\"{url}\",\"A riot came {mark} to town. The riot grew and he said “no riot here” {number}.\"\n",
            number % 39,
            number % 28 + 1,
        ));
    }
    csv
}

/// Opens a copy of the page with a script that does what a reader does and writes down what came of it.
fn probe(browser: &Path, run: &Path, script: &str) -> serde_json::Value {
    let html = fs::read_to_string(run.join("index.html")).unwrap();
    let script = format!(
        "<script>//<![CDATA[\n(async () => {{ const wait = (ms) => new Promise((done) => setTimeout(done, ms)); let found;\n\
         try {{ {script} }} catch (error) {{ found = {{ error: String(error) }}; }}\n\
         const pre = document.createElement(\"pre\"); pre.id = \"probe\"; pre.textContent = JSON.stringify(found); document.body.append(pre); }})();\n//]]></script></body>"
    );
    let page = run.join("probe.html");
    fs::write(&page, html.replace("</body>", &script)).unwrap();
    let done = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", run.join(".browser").display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&done.stdout).into_owned();
    let found = dom.split("<pre id=\"probe\">").nth(1).and_then(|rest| rest.split("</pre>").next());
    let found = found.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(&done.stderr)));
    serde_json::from_str(&found.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        .unwrap()
}

fn run(name: &str, articles: usize) -> PathBuf {
    let folder = temporary(name);
    fs::write(folder.join("c.csv"), attacks(articles)).unwrap();
    fs::write(folder.join("l.toml"), "[lexicon]\nname = 'l<script>window.pwned=1</script>'\n[[frame]]\nname = 'order'\nlabel = 'Order <img src=x onerror=window.pwned=1>'\nterms = ['riot']\n").unwrap();
    let kept = ["--keep-duplicates", "--keep-repeats", "--keep-furniture"];
    let words = ["run", "c.csv", "-l", "l.toml", "--out", "o", "--quiet"];
    let out =
        Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&folder).args(words).args(kept).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    folder.join("o")
}

/// What a reader does: open the page, read all sentences of a frame, filter them, choose groups to draw, sort, filter.
const READER: &str = r##"
  const form = document.querySelector("form.reader");
  const [frame, group, voice] = form.querySelectorAll("select");
  const text = form.querySelector("input");
  const says = () => form.querySelector("output").textContent;
  const ask = async () => { form.requestSubmit(); await wait(2500); return says(); };
  found = { pwned: typeof window.pwned };
  found.all = await ask();
  found.rows = document.querySelectorAll("#all-sentences li").length;
  found.links = [...document.querySelectorAll("#all-sentences a")].map((a) => a.protocol).filter((p, i, all) => all.indexOf(p) === i);
  voice.value = "quoted"; found.quoted = await ask(); voice.value = "";
  text.value = "GREW"; found.grew = await ask(); text.value = "";
  group.selectedIndex = 1; found.group = await ask();
  found.groups = document.querySelectorAll("#all-groups tbody").length;
  document.querySelectorAll("#all-groups input")[0].click(); document.querySelectorAll("#all-groups input")[1].click();
  found.drawn = document.querySelectorAll("#chosen li").length;
  found.open = [...document.querySelectorAll("details.frame h4 button")].length > 0;
  document.querySelector("#all-groups thead th:nth-child(3) button").click();
  found.sorted = document.querySelector("#all-groups thead th:nth-child(3)").getAttribute("aria-sort");
  document.getElementById("filter-group").value = "Outlet 38"; document.getElementById("filter").dispatchEvent(new Event("input"));
  found.filtered = document.querySelectorAll("#all-groups tbody:not([hidden])").length;
  found.marks = document.querySelectorAll("figure svg a").length > 0;
  found.pwned_at_last = typeof window.pwned;
  found.images = document.querySelectorAll("img").length;
"##;

#[test]
fn a_reader_finds_every_sentence_and_no_payload_runs() {
    let Some(browser) = browser() else { return };
    // a small study carries its sentences itself, a large one loads them from beside the page
    for (name, articles) in [("browser-small", 60), ("browser-large", 1_200)] {
        let out = run(name, articles);
        let html = fs::read_to_string(out.join("index.html")).unwrap();
        assert_eq!(html.contains("data-file=\"sentences/"), articles < 100, "{name}");
        let found = probe(&browser, &out, READER);
        assert_eq!(found["error"], serde_json::Value::Null, "{found}");
        assert_eq!((&found["pwned"], &found["pwned_at_last"]), (&"undefined".into(), &"undefined".into()), "{found}");
        let all = |n: usize| {
            format!(
                "1–{} of {} hits",
                n.min(25),
                if n >= 1_000 { format!("{},{:03}", n / 1_000, n % 1_000) } else { n.to_string() }
            )
        };
        assert_eq!(found["all"], all(3 * articles), "{found}");
        assert_eq!(found["rows"], 25, "{found}");
        assert_eq!(found["links"], serde_json::json!(["https:"]), "only addresses of the web are links: {found}");
        assert_eq!(found["quoted"], all(articles), "{found}");
        assert_eq!(found["grew"], all(2 * articles), "both hits of the sentence: {found}");
        assert_eq!((&found["groups"], &found["drawn"]), (&39.into(), &2.into()), "{found}");
        assert_eq!(
            (&found["open"], &found["sorted"], &found["marks"]),
            (&true.into(), &"descending".into(), &true.into()),
            "{found}"
        );
        assert_eq!((&found["filtered"], &found["images"]), (&1.into(), &0.into()), "{found}");
        fs::remove_dir_all(out.parent().unwrap()).unwrap();
    }
}

/// Twenty-five outlets and twelve frames, as a newspaper study has them.
#[test]
fn a_page_of_25_outlets_is_small_and_prints_on_twenty_pages() {
    let folder = temporary("browser-25");
    let words =
        ["riot", "police", "coup", "strike", "army", "border", "vote", "court", "oil", "price", "troops", "square"];
    let frames = words
        .map(|word| format!("[[frame]]\nname = 'frame-of-{word}'\nlabel = 'A frame of {word}s'\nterms = ['{word}']\n"));
    fs::write(folder.join("l.toml"), format!("[lexicon]\nname = 'l'\n{}", frames.concat())).unwrap();
    let mut csv = "id,outlet,date,title,text\n".to_string();
    for n in 0..400_usize {
        let said = |i: usize| words[(n * n + 7 * i + n / 25) % 12];
        let text: String = (0..9)
            .map(|i| {
                format!(
                    "Number {n} said that the {} of day {i} came before the {}, “a {} of the town”. ",
                    said(i),
                    said(i + 3),
                    said(i + 5)
                )
            })
            .collect();
        csv.push_str(&format!(
            "{n},The Morning Herald {},2022-01-{:02},Day of the {} {n},\"{text}\"\n",
            n % 25,
            n % 28 + 1,
            said(1)
        ));
    }
    fs::write(folder.join("c.csv"), csv).unwrap();
    fs::write(
        folder.join("s.toml"),
        "[corpus]\npaths = ['c.csv']\n[lexicons]\npaths = ['l.toml']\n[keyness]\n[report]\nout = 'o'\n",
    )
    .unwrap();
    let words = ["run", "--study", "s.toml", "--quiet"];
    let done = Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&folder).args(words).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let page = folder.join("o/index.html");
    let size = fs::metadata(&page).unwrap().len();
    assert!(size < 2_500_000, "{size} bytes");
    if let Some(browser) = browser() {
        let pdf = folder.join("page.pdf");
        Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
            .arg(format!("--user-data-dir={}", folder.join(".browser").display()))
            .arg(format!("--print-to-pdf={}", pdf.display()))
            .arg(format!("file://{}", page.display()))
            .output()
            .unwrap();
        let bytes = fs::read(&pdf).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let pages = text.matches("/Type /Page\n").count().max(text.matches("/Type /Page ").count());
        println!("{size} bytes, {pages} pages");
        assert!((1..=20).contains(&pages), "{pages} pages of {} bytes", bytes.len());
    }
    fs::remove_dir_all(folder).unwrap();
}

/// Charts fade what the filters of the page leave out, and links there are no stops any more.
#[test]
fn charts_follow_the_filters() {
    let Some(browser) = browser() else { return };
    let out = run("browser-filters", 60);
    let script = r##"
      const count = (selector) => document.querySelectorAll(selector).length;
      const filter = document.getElementById("filter");
      const set = (id, value) => { document.getElementById(id).value = value; filter.dispatchEvent(new Event("input")); };
      const parts = (chart) => `figure[data-axes="${chart}"] svg [data-r]`;
      found = { idle: count("svg .off") };
      set("filter-group", "outlet 3");
      const rows = [...document.querySelectorAll(parts("r:g p:f"))];
      found.rows = [rows.some((part) => part.classList.contains("off")), rows.some((part) => !part.classList.contains("off"))];
      const names = [...document.querySelectorAll("#rates .matrix tbody")].map((body) => body.dataset.g);
      found.wrong = rows.filter((part) => part.classList.contains("off") === ["outlet", "3"].every((word) => names[part.dataset.r].toLowerCase().includes(word))).length;
      found.stops = [...document.querySelectorAll("svg a.off")].filter((link) => getComputedStyle(link).display !== "none").length;
      set("filter-group", ""); set("filter-voice", "quoted");
      found.voices = [...document.querySelectorAll('figure[data-axes="r:g p:f c:v"] svg g[data-c]')].map((part) => [part.dataset.c, part.classList.contains("off")]);
      found.sentences = [...document.querySelectorAll("#sentences .kwic li")].filter((item) => item.hidden !== (item.querySelector("div b").textContent !== "quoted")).length;
      found.quoted = document.querySelectorAll("#sentences .kwic li:not([hidden])").length;
      set("filter-voice", ""); set("filter-frame", "no such frame");
      found.frames = [count("figure[data-axes] svg g[data-p].off") > 0, count("figure[data-axes] svg g[data-p]:not(.off)")];
      set("filter-frame", "");
      found.again = count("svg .off");
      found.fonts = (await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 20px framescope`)))).flat().map((font) => `${font.weight} ${font.status}`);
    "##;
    let found = probe(&browser, &out, script);
    assert_eq!(found["error"], serde_json::Value::Null, "{found}");
    assert_eq!((&found["idle"], &found["again"]), (&0.into(), &0.into()), "{found}");
    assert_eq!(found["rows"], serde_json::json!([true, true]), "{found}");
    assert_eq!((&found["wrong"], &found["stops"], &found["sentences"]), (&0.into(), &0.into(), &0.into()), "{found}");
    let voices = found["voices"].as_array().unwrap();
    // quoted is the third of the voices
    assert!(voices.len() > 3 && voices.iter().all(|of| (of[0] != "2") == of[1].as_bool().unwrap()), "{found}");
    assert_eq!(found["frames"][0], true, "{found}");
    assert!(found["quoted"].as_u64() > Some(0), "{found}");
    assert_eq!(found["fonts"], serde_json::json!(["400 loaded", "700 loaded"]), "the fonts of the drawings: {found}");
    fs::remove_dir_all(out.parent().unwrap()).unwrap();
}

/// From any mark of any chart to its sentences: at most two clicks.
#[test]
fn every_mark_leads_to_its_sentences() {
    let Some(browser) = browser() else { return };
    let folder = temporary("browser-marks");
    let mut csv = "id,outlet,date,title,text\n".to_string();
    for n in 0..60 {
        let (crowd, tone) = (["protesters", "thugs", "thugs"][n % 3], ["good", "awful"][n % 2]);
        let more =
            if n % 2 == 0 { "A riot, a riot and calm. Police said “the riot is over”." } else { "Calm and riot." };
        csv.push_str(&format!(
            "{n},{},2022-{:02}-{:02},Title {n},\"{more} The {crowd} number {n} met a {tone} end.\"\n",
            ["Herald", "Courier"][n % 2],
            n % 3 + 1,
            n % 28 + 1
        ));
    }
    fs::write(folder.join("c.csv"), csv).unwrap();
    let frames = "[[frame]]\nname = 'order'\nterms = ['riot']\n[[frame]]\nname = 'peace'\nterms = ['calm']\n";
    let labels = "[[labels]]\nreferent = 'the crowd'\nchoices = { protesters = ['protesters'], thugs = ['thugs'] }\n";
    fs::write(folder.join("l.toml"), format!("[lexicon]\nname = 'l'\n{frames}{labels}")).unwrap();
    let tones = "[lexicon]\nname = 't'\nkind = 'sentiment'\n[[frame]]\nname = 'tone'\nterms = [{ term = 'good', weight = 1 }, { term = 'awful', weight = -1 }]\n";
    fs::write(folder.join("t.toml"), tones).unwrap();
    let words = ["run", "c.csv", "-l", "l.toml", "-l", "t.toml", "--period", "month", "--out", "o", "--quiet"];
    let out = Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&folder).args(words).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let script = r##"
      const says = () => document.querySelector("form.reader output").textContent;
      found = { figures: [], stops: [], wrong: [] };
      for (const figure of document.querySelectorAll("figure:has(svg)")) {
        const links = [...figure.querySelectorAll("svg a")];
        found.figures.push([figure.querySelector("b").textContent, links.length, figure.querySelectorAll("svg g > title").length]);
        found.stops.push(links.filter((link) => link.tabIndex === 0).length);
        for (const link of links) {
          if (!link.dataset.read) {
            const place = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
            if (!place?.parentNode.querySelector("li")) found.wrong.push([figure.querySelector("b").textContent, link.getAttribute("href")]);
            continue;
          }
          link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
          await wait(60);
          const asked = JSON.parse(link.dataset.read);
          const items = [...document.querySelectorAll("#all-sentences li")];
          const dates = items.map((item) => item.textContent.match(/2022-\d\d-\d\d/)?.[0] ?? "");
          const fits = (asked.d === undefined || dates.every((date) => date.startsWith(asked.d[0])))
            && (asked.e === undefined || items.every((item) => item.textContent.includes(`entry “${asked.e}”`)));
          const none = link.textContent.includes(" 0 ") || / 0(\.0+)? \[/.test(link.textContent) || /: 0(\.0+)?$/.test(link.textContent);
          if ((!/^1–\d+ of \d+ hits?$/.test(says()) && !none) || !fits) found.wrong.push([link.textContent, link.dataset.read, says(), fits]);
        }
      }
      const first = document.querySelector("figure svg a");
      first.focus();
      first.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
      found.moved = document.activeElement !== first && document.activeElement.matches("svg a");
    "##;
    let found = probe(&browser, &folder.join("o"), script);
    assert_eq!(found["error"], serde_json::Value::Null, "{found}");
    assert_eq!((&found["wrong"], &found["moved"]), (&serde_json::json!([]), &true.into()), "{found:#}");
    let figures = found["figures"].as_array().unwrap();
    let named = |what: &str| figures.iter().any(|figure| figure[0].as_str().unwrap().contains(what));
    for what in [
        "Rates",
        "Who is speaking",
        "Over time",
        "Frames that occur together",
        "Sentiment",
        "Rival labels",
        "Each group",
    ] {
        assert!(named(what), "{what}: {found:#}");
    }
    for figure in figures {
        assert!(figure[1].as_u64() > Some(0) && figure[2] == 0, "a mark that leads nowhere: {figure}");
    }
    assert!(found["stops"].as_array().unwrap().iter().all(|stops| *stops == 1), "{found:#}");
    fs::remove_dir_all(folder).unwrap();
}

/// Without the files beside it the page says what is missing.
#[test]
fn a_page_that_was_sent_alone_says_where_its_sentences_are() {
    let Some(browser) = browser() else { return };
    let out = run("browser-alone", 1_200);
    fs::remove_dir_all(out.join("sentences")).unwrap();
    let script = "const form = document.querySelector(\"form.reader\"); form.requestSubmit(); await wait(2000); found = form.querySelector(\"output\").textContent;";
    let found = probe(&browser, &out, script);
    assert!(found.as_str().unwrap().contains("sentences/order.js is not beside this page"), "{found}");
    fs::remove_dir_all(out.parent().unwrap()).unwrap();
}

/// The rules of axe, where `AXE_CORE` names its `axe.min.js`.
#[test]
fn axe_finds_no_violation() {
    let Some(browser) = browser() else { return };
    let Some(axe) = std::env::var_os("AXE_CORE").and_then(|path| fs::read_to_string(path).ok()) else {
        println!(
            "NOT TESTED: AXE_CORE names no axe.min.js (npm package axe-core), so nobody checked accessibility by its rules"
        );
        return;
    };
    let out = run("browser-axe", 60);
    let script = "const form = document.querySelector(\"form.reader\"); form.requestSubmit(); await wait(1500); document.querySelector(\"#all-groups input\").click();\n\
                  for (const fold of document.querySelectorAll(\"details\")) fold.open = true;\n\
                  const result = await axe.run(document, { resultTypes: [\"violations\"] });\n\
                  found = result.violations.map((v) => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200)]);";
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    let axe = format!("<script>//<![CDATA[\n{}\n//]]></script></body>", axe.replace("]]>", "]]\\x3e"));
    fs::write(out.join("index.html"), page.replace("</body>", &axe)).unwrap();
    let found = probe(&browser, &out, script);
    assert_eq!(found, serde_json::json!([]), "{found:#}");
    fs::remove_dir_all(out.parent().unwrap()).unwrap();
}
