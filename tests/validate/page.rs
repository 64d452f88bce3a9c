//! The page of a coder, in a browser where there is one.

use super::{ok, temporary, world};
use std::fs;
use std::process::Command;

#[test]
fn the_page_of_a_coder_holds_texts_as_data_and_loads_nothing() {
    let folder = temporary("page");
    world(&folder);
    let news = fs::read_to_string(folder.join("news.csv")).unwrap();
    let evil = news.replace("The council met", "The </script><script>alert(1)</script> <b>council</b> met");
    fs::write(folder.join("news.csv"), evil).unwrap();
    ok(&folder, &super::RUN);
    ok(&folder, &["validate", "sample", "output", "--hits", "10", "--sentences", "30", "--overlap", "5"]);
    let page = fs::read_to_string(folder.join("coding/A.html")).unwrap();
    assert_eq!(page.matches("</script>").count(), 2, "a text ends no script");
    assert!(page.contains("default-src 'none'") && page.contains("connect-src 'none'"));
    let data = page.split("id=\"data\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    // blind: neither outlet nor voice nor hit
    let item = &data["items"][0];
    let known: Vec<&String> = item.as_object().unwrap().keys().collect();
    assert_eq!(known, ["id", "frame", "language", "before", "text", "after", "shown"]);
    assert!(item["shown"].as_array().unwrap().is_empty());
    assert!(!page.contains("North") && !page.contains("http:") && !page.contains("https:"));
    in_a_browser(&folder);
    let _ = fs::remove_dir_all(&folder);
}

/// Codes the page with the keyboard in Chromium, by Playwright for Python, where both are there.
fn in_a_browser(folder: &std::path::Path) {
    let python = std::env::var("FRAMESCOPE_PLAYWRIGHT").unwrap_or_else(|_| "python3".to_string());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scripts/coder_page.py");
    let has_browser = Command::new(&python)
        .args(["-c", "import playwright, shutil, sys; sys.exit(shutil.which('chromium') is None)"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !has_browser {
        println!("no Chromium with Playwright here: the page was not tried in a browser");
        return;
    }
    let output = Command::new(python).arg(script).arg(folder.join("coding")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&[output.stdout, output.stderr].concat()));
    // what the browser exported is a sheet of ours
    let scored = super::framescope(folder, &["validate", "score", "coding"]);
    let said = String::from_utf8_lossy(&scored.stderr).into_owned();
    assert!(!said.contains("coding/A.csv:"), "{said}");
}
