//! Who speaks in transcripts, interviews, dialogues and headlines.

use super::Folder;
use std::process::Command;

/// What `show voice` prints of a text, in one line.
fn shown(name: &str, text: &str) -> String {
    let folder = Folder::new(name);
    folder.put("t.txt", text);
    let output = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .args(["show", "voice", &folder.path("t.txt"), "--explain"])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every piece is in what is shown.
fn has(shown: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(shown.contains(piece), "no `{piece}` in\n{shown}");
    }
}

// 21-speaker-labels-of-transcripts
#[test]
fn case_21_a_turn_is_all_that_its_speaker_says() {
    let text = "JANE ROE, HARBOUR RADIO HOST: Good evening. The gunmen took the pier.\n\nWe have a guest tonight.\n\n\
        GEN. JOHN DOE (RET.): Thank you, Jane. The gunmen are strong.\n\nI saw the gunmen.\n\nROE: Did they leave?\n\nDOE: No.\n";
    has(
        &shown("turns", text),
        &[
            "HOST: [attributed: Good evening. The gunmen took the pier. We have a guest tonight].",
            "source: JANE ROE",
            "[attributed: Thank you, Jane. The gunmen are strong. I saw the gunmen].",
            "source: DOE",
        ],
    );
    let letters = "Q: Why did the gunmen leave?\n\nA: They were tired. The gunmen had no bread.\n";
    has(&shown("letters", letters), &["[attributed: They were tired. The gunmen had no bread].", "source: A"]);
    let stops = "Q. Why did the gunmen leave?\n\nA. They were tired. The gunmen had no bread.\n";
    has(&shown("stops", stops), &["[attributed: They were tired. The gunmen had no bread].", "source: A"]);
    let initials = "Q. Roe wrote of the gunmen.\n\nA. Doe wrote of the pier. The gunmen had left.\n";
    assert!(!shown("initials", initials).contains("attributed"), "{}", shown("initials", initials));
    let clip = "JANE ROE, HOST: Good evening. The gunmen took the pier.\n\n(BEGIN VIDEO CLIP)\n\nUNIDENTIFIED FEMALE: I saw \
        them. The gunmen ran.\n\n(END VIDEO CLIP)\n\nJOHN DOE, MAYOR (D): No. The gunmen were asked to go.\n";
    has(
        &shown("clip", clip),
        &[
            "[attributed: Good evening. The gunmen took the pier",
            "I saw them. The gunmen ran",
            "No. The gunmen were asked to go]",
        ],
    );
    let bold = "The harbour master met us on Monday.\n\n**Why did the gunmen leave?**\n\nThey were tired, I think. The \
        gunmen had no bread.\n\n**Where did you hide?**\n\nWe hid in the mill. The gunmen never came.\n";
    has(&shown("bold", bold), &["[attributed: We hid in the mill. The gunmen never came]."]);
}

#[test]
fn an_exchange_in_a_story_ends_where_the_story_goes_on() {
    let text = "The council met about the gunmen.\n\nRoe: I will not pay.\n\nDoe: You should.\n\nRoe: Why should I?\n\n\
        The row went on for an hour. The gunmen did not listen.\n\nNobody left the hall before nine.\n\nThe gunmen slept.\n";
    let shown = shown("exchange", text);
    has(&shown, &["Roe: [attributed: I will not pay].", "The row went on for an hour. The gunmen did not listen."]);
}

#[test]
fn headings_times_lists_and_scores_are_nobodys_words() {
    let text = "Photos: The gunmen at the pier. They left at night.\n\nNote: The gunmen were counted twice.\n\nWhere: The \
        old pier.\n\nScore: 3:2. The gunmen won at 10:30.\n\nStorm of gunmen hits the coast - Harbour News\n\nGunmen gone - live\n\n\
        - gunmen\n\n- bandits\n";
    assert!(!shown("headings", text).contains('['), "{}", shown("headings", text));
}

// 22-russian-speech-after-a-dash
#[test]
fn case_22_speech_that_a_dash_opens() {
    let russian = "— Бандиты придут, — добавила учительница.\n\nБандиты взяли мост.\n\n– Бандиты спят, – сказала она. – Их нет.\n";
    has(
        &shown("dash-ru", russian),
        &[
            "[quoted: Бандиты придут], — добавила учительница. Бандиты взяли мост. –",
            "[quoted: Их нет]",
            "source: учительница",
            "source: она",
        ],
    );
    let questions = "— Почему ушли бандиты?\n\n— Они устали. Хлеба не было.\n";
    has(&shown("dash-ask", questions), &["Они устали. Хлеба не было]"]);
    let spanish = "—Los bandidos volverán —añadió la maestra—. Nadie duda de eso en el pueblo.\n\nLos bandidos duermen ahora en el puente.\n";
    has(&shown("dash-es", spanish), &["[quoted: Los bandidos volverán] —añadió la maestra—. [quoted: Nadie duda"]);
    let french = "— Les bandits reviendront, a déclaré la maîtresse d'école.\n\nLes bandits dorment dans la maison près du pont.\n";
    has(&shown("dash-fr", french), &["— [quoted: Les bandits reviendront], a déclaré", "source: la maîtresse"]);
    let polish = "– Bandyci wrócą – dodała nauczycielka. – Wszyscy o tym wiedzą.\n\nBandyci śpią teraz pod mostem i nikt ich nie widzi.\n";
    has(&shown("dash-pl", polish), &["[quoted: Bandyci wrócą] – dodała nauczycielka. – [quoted: Wszyscy"]);
    let ukrainian = "— Бандити повернуться, — додала вчителька.\n\nБандити сплять під мостом, і ніхто їх не бачить.\n";
    has(&shown("dash-uk", ukrainian), &["[quoted: Бандити повернуться], — додала вчителька."]);
    let list = "— снижение цен;\n\n— новые дороги;\n\n— Газета «Время»\n";
    assert!(!shown("dash-list", list).contains("[quoted: снижение"));
}

// 46-headlines-that-name-the-speaker-last
#[test]
fn case_46_headlines_that_name_the_speaker_last() {
    let text = "Gunmen took the pier - governor\n\nGunmen to blame: mayor\n\nGovernor: gunmen gone\n\nGovernor: 'Gunmen' have left the pier\n";
    has(
        &shown("last", text),
        &[
            "[attributed: Gunmen took the pier] - governor",
            "[attributed: Gunmen to blame]: mayor",
            "quoted short-quotation Gunmen source: Governor",
        ],
    );
}

#[test]
fn a_block_is_quoted_after_a_verb_and_a_colon() {
    let text = "The harbour board said in a statement:\n\nThe gunmen have left the pier and all boats sail on time.\n\nThe gunmen slept.\n";
    has(
        &shown("block", text),
        &["[quoted: The gunmen have left the pier and all boats sail on time].", "source: The harbour board"],
    );
}
