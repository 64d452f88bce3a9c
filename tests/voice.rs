//! Voice: sentences coded by reading, and the laws of the room.

#![allow(clippy::expect_used)]

mod between;
mod speech;

use framescope::text::{Language, Span};
use framescope::tokenise::Tokens;
use framescope::voice::{
    self, CueEntry, Cues, Flagged, Marked, Marker, Options, RULES, Run, Verdict, Voice, read_cues,
};

/// One text, marked.
pub struct Read {
    tokens: Tokens,
    marked: Marked,
    work: u64,
}

fn read(text: &str, language: Language, options: &Options) -> Read {
    let mut tokens = Tokens::default();
    tokens.push(text, Some(language), None);
    let cues = Cues::shipped(language).map(|cues| cues.expect("the shipped cues are sound")).unwrap_or_default();
    let cues = cues.compile(tokens.vocabulary.iter());
    let mut marker = Marker::default();
    let marked = marker.mark(&tokens.article(0, text), &cues, options);
    Read { work: marker.work(), tokens, marked }
}

pub fn english(text: &str) -> Read {
    read(text, Language::ENGLISH, &Options::default())
}

impl Read {
    fn at_token(&self, token: usize) -> Verdict {
        self.marked.at(Span::new(token as u32, token as u32 + 1))
    }

    pub fn at_byte(&self, byte: usize) -> Verdict {
        self.at_token(self.tokens.spans.partition_point(|span| span.end as usize <= byte))
    }

    /// The verdict of the first word written so.
    fn of(&self, text: &str, word: &str) -> Verdict {
        self.at_byte(text.find(word).expect("the word is in the text"))
    }

    /// Each token: its first byte, the number of its sentence, what is known of it.
    pub fn each(&self) -> impl Iterator<Item = (usize, usize, Verdict)> + '_ {
        let sentences = self.tokens.article(0, "").sentences.to_vec();
        self.tokens.spans.iter().enumerate().map(move |(token, span)| {
            let sentence = sentences.partition_point(|&begin| begin as usize <= token);
            (span.start as usize, sentence, self.at_token(token))
        })
    }

    fn voices(&self) -> Vec<Voice> {
        (0..self.tokens.spans.len()).map(|token| self.at_token(token).voice).collect()
    }
}

/// Takes the `[…]` out of a coded line: the text, and the byte at which each coded word begins.
fn coded(line: &str) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut hits = Vec::new();
    for c in line.chars() {
        match c {
            '[' => hits.push(text.len()),
            ']' => {}
            _ => text.push(c),
        }
    }
    (text, hits)
}

/// How many of the coded words get the voice that a reader gave them, and the ones that do not.
fn score(lines: &[&str], language: Language) -> (usize, usize, Vec<String>) {
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for line in lines {
        let (voice, line) = line.split_once('|').expect("voice|text");
        let (text, hits) = coded(line);
        let read = read(&text, language, &Options::default());
        for byte in hits {
            let verdict = read.at_byte(byte);
            all += 1;
            if verdict.voice.name() == voice {
                right += 1;
            } else {
                wrong.push(format!("{voice}: {} by {} | {line}", verdict.voice.name(), verdict.rule));
            }
        }
    }
    (right, all, wrong)
}

const RUSSIAN: &[&str] = &[
    "own|В Алматы [горят] машины, на площади [стреляют].",
    "own|Это была [попытка] государственного [переворота].",
    "own|[Погромы] начались ночью, [власти] закрыли аэропорт.",
    "own|Цены на газ выросли [вдвое], и люди вышли на [площадь].",
    "own|Никто не знает, сколько людей [погибло].",
    "own|Сильное [государство] и верные [союзники] спасли страну от [хаоса].",
    "attributed|Президент заявил, что в стране действуют [террористы].",
    "attributed|Министр сообщил, что [боевики] захватили [аэропорт].",
    "attributed|[Террористы] прошли подготовку за рубежом, заявил президент.",
    "attributed|[Мятеж] подавлен, сообщило министерство.",
    "attributed|По словам министра, [бандиты] действовали по единому плану.",
    "attributed|По данным полиции, [погибли] двадцать человек.",
    "attributed|По мнению экспертов, это был [переворот].",
    "attributed|Как сообщило агентство, [террористы] напали на больницу.",
    "attributed|Как отметил депутат, [оккупанты] уйдут скоро.",
    "attributed|Власти утверждают, что протест был [заговором].",
    "attributed|Очевидцы рассказали, что солдаты [стреляли] без предупреждения.",
    "attributed|Оппозиция считает, что режим [преступен].",
    "attributed|Он обвинил Запад в подготовке [переворота].",
    "attributed|Токаев назвал протестующих [террористами].",
    "attributed|Аналитик полагает, что [хаос] вернется.",
    "attributed|Эксперты опасаются, что начнется [война].",
    "attributed|Москва надеется, что [порядок] восстановят.",
    "attributed|Активисты уверены, что выборы были [фальшивыми].",
    "attributed|Правительство отрицает, что [пытки] были.",
    "attributed|Премьер пообещал, что [преступники] ответят.",
    "attributed|Президент хочет [наказать] виновных.",
    "attributed|Якобы [террористы] пришли из-за границы.",
    "attributed|Утверждение, что это [мятеж], не доказано.",
    "attributed|Бои, говорит он, идут у [вокзала].",
    "quoted|«Это [террористы]», — сказал президент.",
    "quoted|«Мы видели [трупы] на площади», — рассказала жительница города.",
    "quoted|Министр заявил: «[Оккупантов] здесь нет и не было».",
    "quoted|Президент назвал их «[бандитами]».",
    "quoted|По словам депутата, это «[цветная] революция».",
    "quoted|«Никакого [переворота] не было», — отметил источник.",
    "quoted|Глава ведомства говорит о «[террористах]».",
    "quoted|“Мы не [боимся]”, — ответила она.",
    "quoted|«Они [убивали] людей, — сказал врач. — Мы это [видели]».",
    "own|«Они убивали людей, — [сказал] врач. — Мы это видели».",
    "quoted|Он написал: „Это конец [режима], и другого не будет“.",
    "marked|В городе появились «[освободители]» и вынесли все магазины.",
    "scare|Так называемые [миротворцы] остались в городе.",
    "marked|На площади стояли «[добровольцы]» с автоматами.",
    "mention|Фильм «[Война] и мир» идет вечером.",
    "mention|Слово «[террорист]» не имеет точного значения.",
    "own|Он вышел из дома, а соседа [убили].",
    "own|Пока же в городе хоронят [погибших], ищут пропавших и вставляют стёкла.",
    "attributed|Социолог из Нур-Султана считает, что без честного расследования [неравенство] снова выведет людей на площадь.",
    "quoted|«[Порядок] вернули, — говорит она, — а [доверие] никто и не искал».",
    "own|[Борьба] элит в Казахстане идёт давно, и близкие к ней [олигархи] контролируют банки.",
    "quoted|«Потом подъехали машины, и нам [посоветовали] уйти домой», — рассказал житель города.",
    "own|[Бандиты] не щадили ни пожарных, ни врачей.",
    "marked|Кто-то платит за «[порядок]» и за «дружбу народов» из своего кармана.",
];

const ITALIAN: &[&str] = &[
    "own|Ad Almaty [bruciano] le auto e nelle strade si [spara].",
    "own|È stato un tentativo di [colpo] di Stato, fallito in [tre] giorni.",
    "own|Il prezzo del gas è [raddoppiato] e la gente è scesa in [piazza].",
    "own|I [saccheggi] sono cominciati di notte.",
    "own|Nessuno sa quanti siano i [morti].",
    "own|La [repressione] interna non ha bisogno di [soldati] stranieri.",
    "attributed|Il presidente ha detto che il paese è pieno di [terroristi].",
    "attributed|Il ministro afferma che i [ribelli] hanno preso l'[aeroporto].",
    "attributed|I [terroristi] sono stati addestrati all'estero, ha dichiarato il presidente.",
    "attributed|La [rivolta] è finita, ha annunciato il governo.",
    "attributed|Secondo il ministro, i [banditi] seguivano un piano.",
    "attributed|Secondo le autorità del Kazakistan i responsabili sono [terroristi] stranieri.",
    "attributed|A detta di molti, è stato un [golpe].",
    "attributed|Stando alla polizia, ci sono venti [morti].",
    "attributed|Come ha detto il ministro, i [terroristi] hanno attaccato un ospedale.",
    "attributed|Gli avvocati denunciano che i fermati sono stati [torturati].",
    "attributed|L'opposizione sostiene che il regime è [criminale].",
    "attributed|Gli esperti temono che scoppi una [guerra].",
    "attributed|Il governo nega che ci siano state [torture].",
    "attributed|Ha accusato l'Occidente di preparare un [golpe].",
    "attributed|Il presidente vuole [punire] i colpevoli.",
    "attributed|I testimoni raccontano che i soldati [sparavano] sulla folla.",
    "attributed|L'accusa che fosse un [golpe] non è provata.",
    "attributed|Gli [occupanti], dicono, resteranno poco.",
    "attributed|È convinto che il [caos] tornerà.",
    "attributed|Il presunto [terrorista] è stato arrestato.",
    "attributed|Il segretario ha promesso che i [criminali] pagheranno.",
    "attributed|Mosca ritiene che l'[ordine] sia stato ristabilito.",
    "quoted|“Sono [terroristi]”, ha detto il presidente.",
    "quoted|«Abbiamo visto i [cadaveri] sulla piazza», racconta una donna.",
    "quoted|Il ministro ha detto: «Non ci sono [occupanti] in questo paese».",
    "quoted|Il presidente ha chiamato i manifestanti «[terroristi]».",
    "quoted|Secondo il deputato è stata una “[rivoluzione] colorata”.",
    "quoted|“Se questo è un [terrorista], allora lo siamo tutti.”",
    "quoted|Il governo parla di un tentato “[colpo] di Stato” e di “[estremisti]”.",
    "quoted|«Hanno [ucciso] tutti», racconta un saldatore che preferisce restare anonimo. «Io li ho [visti].»",
    "quoted|\"Non abbiamo [paura]\", ha risposto la donna.",
    "marked|In città sono arrivati i «[liberatori]» e hanno svuotato i negozi.",
    "scare|I cosiddetti [pacificatori] sono rimasti.",
    "marked|Davanti al municipio stavano i “[volontari]” con i fucili.",
    "mention|Il film “[Guerra] e pace” va in onda stasera.",
    "mention|La parola “[terrorista]” non ha un senso preciso.",
    "mention|Il suo romanzo «Il [Deserto] dei Tartari» è del 1940.",
    "own|Davanti all'obitorio di Almaty la fila comincia prima dell'alba, e nessuno parla ad alta [voce].",
    "quoted|“Mio fratello aveva in tasca le [chiavi] e un chilo di zucchero”, dice una donna che chiede di non essere nominata.",
    "attributed|Alcuni avvocati affermano di non poter [incontrare] i loro assistiti.",
    "attributed|Il ministero dell'Interno assicura che le [denunce] saranno esaminate.",
    "own|Il [neocolonialismo] ha oligarchi locali come [amministratori].",
    "attributed|La [repressione] interna, avvertono, non ha bisogno di soldati stranieri.",
    "attributed|Il presidente ha detto che il [ritiro] comincerà fra due giorni.",
    "own|Il mercato ha riaperto e le [scuole] restano [chiuse].",
    "own|L'esercito controlla le [centrali] e gli [aeroporti].",
];

/// What the rules for English decide, each in both directions: what is attributed, and where that ends.
const ENGLISH: &[&str] = &[
    "attributed|The senator opposes a [ban] on all sales to [rebels].",
    "own|The senator opposes a ban after the [attack] of May.",
    "attributed|She recognised that the [crisis] would not end.",
    "attributed|The poll also finds that [rebels] lead.",
    "attributed|The crowd seemed ready to [storm] the hall.",
    "own|The crowd seemed ready to shout, and the [attack] began.",
    "attributed|The minister hopes to end the [crisis].",
    "own|The minister hopes to stay, a [crisis] on his hands.",
    "attributed|He said the army, which he led, had been [defeated].",
    "own|He found a [crisis] in the town.",
    "attributed|He found that the [crisis] was over.",
    "own|The firm added a [rebel] to its board.",
    "attributed|The firm added that the [crisis] was over.",
    "attributed|He pushed for [sanctions] last year.",
    "attributed|A bill that would [punish] rebels fell.",
    "attributed|She said that the so-called [liberators] left.",
    "scare|The so-called [liberators] left.",
    "marked|The “[liberators]” left the town empty.",
    "scare|The “[liberators]” came at dawn. By noon the “liberators” had left.",
    "attributed|He promises to mend roads, [schools] and airports.",
    "own|He promises to mend roads, and the [crisis] goes on.",
    "attributed|They attacked Gov. John B. [Terrorist] of the north.",
    "own|They sold [rebels] over the border, and it was there, after all, that the unrest began.",
    "own|He says the town fell, according to a [terrorist].",
    "own|The alleged rebels fled, and the [crisis] went on.",
];

#[test]
fn english_sentences_get_the_voice_a_reader_gave_them() {
    let (_, _, wrong) = score(ENGLISH, Language::ENGLISH);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn russian_sentences_get_the_voice_a_reader_gave_them() {
    let (right, all, wrong) = score(RUSSIAN, Language::RUSSIAN);
    assert!(all >= 60, "{all} coded words");
    assert!(right * 100 >= all * 92, "{right} of {all}\n{}", wrong.join("\n"));
}

#[test]
fn italian_sentences_get_the_voice_a_reader_gave_them() {
    let (right, all, wrong) = score(ITALIAN, Language::ITALIAN);
    assert!(all >= 60, "{all} coded words");
    assert!(right * 100 >= all * 92, "{right} of {all}\n{}", wrong.join("\n"));
}

const PARAGRAPHS: &str = "“We saw no soldiers,” she said. The airport, he added, had fallen.\n\n\
The minister called them “terrorists” and said that order would return.\n\n\
It was “grim”, a doctor told us. According to the ministry, 20 people died.\n\n\
The so-called liberators left. Nobody paid the workers’ wages.\n";

#[test]
fn one_unpaired_mark_changes_voice_only_inside_its_paragraph() {
    let before = english(PARAGRAPHS);
    let starts: Vec<usize> = [0].into_iter().chain(PARAGRAPHS.match_indices("\n\n").map(|(at, _)| at + 2)).collect();
    let mut changed = 0;
    for mark in ["“", "”", "\"", "''", "«", "»", "‘", "’", "'"] {
        for (at, _) in PARAGRAPHS.char_indices() {
            // A mark inside a word would make other words; the law is about marks.
            if !PARAGRAPHS[..at].ends_with([' ', '\n']) && !PARAGRAPHS[at..].starts_with([' ', '\n']) {
                continue;
            }
            let own = starts.partition_point(|&start| start <= at);
            let text = format!("{}{mark}{}", &PARAGRAPHS[..at], &PARAGRAPHS[at..]);
            let after = english(&text);
            assert_eq!(before.tokens.spans.len(), after.tokens.spans.len(), "{text}");
            let (old, new) = (before.voices(), after.voices());
            for (token, span) in before.tokens.spans.iter().enumerate() {
                let inside = starts.partition_point(|&start| start <= span.start as usize) == own;
                // A gap between two paragraphs belongs to either.
                let edge = PARAGRAPHS[..at].ends_with('\n') || PARAGRAPHS[at..].starts_with('\n');
                if !inside && !edge {
                    assert_eq!(old[token], new[token], "{mark} at {at}: {text}");
                }
                changed += usize::from(old[token] != new[token]);
            }
        }
    }
    assert!(changed > 0, "some mark must change something");
}

#[test]
fn straight_and_curly_marks_give_the_same_voices() {
    let texts = [
        PARAGRAPHS,
        "“We don’t know,” he said, “what the ‘liberators’ want. It’s the workers’ fault.”\n\n“And more,” he added.",
        "“He told us: ‘Leave now.’ We left,” she said.\n“It was cold.\n“It was dark,” she said.",
        "‘Nobody came,’ said the mayor. The ‘90s were worse’ than this. ‘We waited.’",
        "The board is 12″ long. He is 6' 2\" tall, “too tall”, they joked.",
    ];
    for text in texts {
        let straight = text.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
        let doubled = text.replace(['“', '”'], "''");
        assert_eq!(english(text).voices(), english(&straight).voices(), "{text}");
        assert_eq!(english(text).voices(), english(&doubled).voices(), "{text}");
    }
}

#[test]
fn removing_a_rule_moves_only_the_words_it_had_decided() {
    let text =
        format!("{PARAGRAPHS}\nHer book, “The Long Winter”, sold well. The word “war” was avoided. “Liberators” came.");
    let whole = english(&text);
    let mut moved = 0;
    for rule in RULES {
        let off = Options { off: vec![rule.name.to_string()], ..Options::default() };
        let without = read(&text, Language::ENGLISH, &off);
        for token in 0..whole.tokens.spans.len() {
            let (old, new) = (whole.at_token(token), without.at_token(token));
            if old != new {
                assert_eq!(old.rule, rule.name, "token {token}");
                assert_ne!(new.rule, rule.name);
                moved += 1;
            }
        }
    }
    assert!(moved > 10);
}

#[test]
fn cues_and_sources_are_words_of_the_same_paragraph() {
    let read = english(PARAGRAPHS);
    let paragraph = |token: u32| PARAGRAPHS[..read.tokens.spans[token as usize].start as usize].matches("\n\n").count();
    let mut seen = 0;
    for token in 0..read.tokens.spans.len() as u32 {
        let verdict = read.at_token(token as usize);
        for span in [verdict.cue, verdict.source].into_iter().flatten() {
            assert!(span.end as usize <= read.tokens.spans.len() && !span.is_empty());
            assert_eq!(paragraph(token), paragraph(span.start));
            seen += 1;
        }
    }
    assert!(seen > 10);
}

#[test]
fn speakers_are_written_without_the_possessive_and_with_their_stop() {
    let written = |text: &str, source: &str, verb: &str| {
        let at = |words: &str| text.find(words).map(|start| start..start + words.len());
        let verb = Some(verb).filter(|verb| !verb.is_empty()).and_then(at);
        voice::written(text, at(source).unwrap(), verb).to_string()
    };
    assert_eq!(written("Mr Macron's decision to ban it", "Mr Macron's", ""), "Mr Macron");
    assert_eq!(written("Trump\u{2019}s travel ban, he said", "Trump\u{2019}s", "said"), "Trump");
    assert_eq!(written("Moody's said so", "Moody's", "said"), "Moody's");
    assert_eq!(written("He's suggesting it", "He's", "suggesting"), "He");
    assert_eq!(written("The U.S. says so", "The U.S", "says"), "The U.S.");
    assert_eq!(written("So says the U.S", "the U.S", "says"), "the U.S");
    assert_eq!(written("So said Lee.", "Lee", "said"), "Lee");
}

#[test]
fn a_hit_carries_its_cue_and_the_words_of_its_speaker() {
    let text = "On Friday the interior ministry said that terrorists had come from abroad.";
    let read = english(text);
    let verdict = read.of(text, "terrorists");
    let words = |span: Option<Span<_>>| {
        let span: Span<framescope::text::ArticleToken> = span.expect("known");
        let from = read.tokens.spans[span.start as usize].start as usize;
        let to = read.tokens.spans[span.end as usize - 1].end as usize;
        text[from..to].to_string()
    };
    assert_eq!((verdict.voice, verdict.rule), (Voice::Attributed, "said"));
    assert_eq!(words(verdict.cue), "said");
    assert!(words(verdict.source).ends_with("interior ministry"));
}

/// Source and speaker of the first word written so.
fn source_and_speaker(text: &str, word: &str) -> (String, String) {
    let read = english(text);
    let verdict = read.of(text, word);
    let words = |span: Option<Span<framescope::text::ArticleToken>>| {
        let Some(span) = span else { return String::new() };
        let [first, last] = [span.start, span.end - 1].map(|token| read.tokens.spans[token as usize]);
        text[first.start as usize..last.end as usize].to_string()
    };
    (words(verdict.source), words(verdict.speaker))
}

#[test]
fn a_source_is_a_noun_phrase_that_may_speak() {
    for (text, word, source) in [
        ("Mr. Sanders showed no sign of backing down, saying that rebels had won.", "rebels", "Mr. Sanders"),
        ("The paper has been outspoken in its opposition, arguing that rebels had won.", "rebels", "The paper"),
        ("The town burned, the company said in a statement.", "burned", "the company"),
        ("More recently, it was said that rebels had won.", "rebels", ""),
        ("The idea is that rebels had won.", "rebels", ""),
        ("Many on the left feared that rebels had won.", "rebels", "Many on the left"),
        ("Protesters said that rebels had won.", "rebels", "Protesters"),
        ("On Friday the interior ministry said that rebels had won.", "rebels", "the interior ministry"),
        // a pronoun is a phrase of its own
        ("A few hours later he said that rebels had won.", "rebels", "he"),
        ("His wife and he said that rebels had won.", "rebels", "he"),
        ("It said that rebels had won.", "rebels", "It"),
        ("It's a story; it's said that rebels had won.", "rebels", ""),
        // "that" after a noun begins another clause, with a subject of its own or without
        ("They entered an area that protesters say the rebels hold.", "rebels", "protesters"),
        ("A study that appeared on Friday found that rebels had won.", "rebels", "A study that appeared on Friday"),
        // a participle opens the sentence
        (
            "Alarmed by the unrest, Senator Ada Holm, the minority leader, said that rebels had won.",
            "rebels",
            "Senator Ada Holm",
        ),
        // the speaker behind a comma, and a name that looks like a verb
        (
            "Critics charged them with fraud. \u{201c}The rebels have won,\u{201d} the annual report said.",
            "rebels",
            "the annual report",
        ),
        ("Holm told the Morning Post, \u{201c}The rebels have won the whole of the valley.\u{201d}", "rebels", "Holm"),
        // who has spoken before the comma goes on; the subject of what is said does not
        ("The airport fell, the minister said, adding that rebels had fled.", "rebels", "the minister"),
        ("The protests ended, officials said, warning that rebels had fled.", "rebels", "officials"),
        ("\u{201c}It fell,\u{201d} said Smith, claiming that rebels came.", "rebels", "Smith"),
        ("\u{201c}Moscow sent them,\u{201d} says Smith, \u{201c}and rebels left.\u{201d}", "rebels", "Smith"),
        // a second speaker behind "and"
        ("Jones said that troops left and Brown said that rebels came.", "rebels", "Brown"),
        ("Jones said that troops left, and Brown said that rebels came.", "rebels", "Brown"),
        ("Jones replied \u{201c}No way\u{201d} and Brown wrote that rebels came.", "rebels", "Brown"),
        ("Jones said that troops left and warned that rebels came.", "rebels", "Jones"),
        ("No one said rebels came.", "rebels", ""),
        // what stands in for a subject, what opens a sentence, and events say nothing
        ("There is a claim that rebels had won.", "rebels", ""),
        ("Riot warned that rebels had won.", "rebels", ""),
        ("However said that rebels had won.", "rebels", ""),
    ] {
        assert_eq!(source_and_speaker(text, word).0, source, "{text}");
    }
}

/// Voice of the first word written so.
fn voice(text: &str, language: Language, word: &str) -> Voice {
    read(text, language, &Options::default()).of(text, word).voice
}

#[test]
fn a_clause_that_an_adverbial_opens_is_a_clause() {
    for (text, language) in [
        ("At least five rebels were held, police said.", Language::ENGLISH),
        ("In the city rebels had seized the airport, Smith said on Monday.", Language::ENGLISH),
        ("Alleged rebels were held on Monday.", Language::ENGLISH),
        ("Allegedly, rebels came to the town.", Language::ENGLISH),
        ("Ночью rebels захватили аэропорт, сообщил министр.", Language::RUSSIAN),
        ("Rebels захватили аэропорт, сообщил министр внутренних дел Иванов.", Language::RUSSIAN),
        ("Rebels, сообщил Иванов, ушли.", Language::RUSSIAN),
        ("По его словам, rebels ушли.", Language::RUSSIAN),
        ("Nella notte i rebels hanno preso l’aeroporto, ha detto il ministro.", Language::ITALIAN),
        ("I rebels - spiega Rossi - restano.", Language::ITALIAN),
    ] {
        let word = if text.contains("rebels") { "rebels" } else { "Rebels" };
        assert_eq!(voice(text, language, word), Voice::Attributed, "{text}");
    }
    // an adverbial alone is nothing that anybody says
    for text in
        ["In recent days, advisers to the rebels say, the town was calm.", "Near the rebels, police said nothing."]
    {
        assert_eq!(voice(text, Language::ENGLISH, "rebels"), Voice::Own, "{text}");
    }
}

#[test]
fn what_is_seen_or_feared_is_not_said_and_a_listener_says_nothing() {
    for text in [
        "Residents saw the rebels in the town.",
        "Police feared rebels.",
        "He told the rebels to leave.",
        "The army asked the rebels to surrender.",
    ] {
        assert_eq!(voice(text, Language::ENGLISH, "rebels"), Voice::Own, "{text}");
    }
    for text in [
        "Police feared that rebels had come.",
        "Police feared the rebels would come.",
        "He saw the rebels as heroes.",
        "He told the army to spare the rebels.",
    ] {
        assert_eq!(voice(text, Language::ENGLISH, "rebels"), Voice::Attributed, "{text}");
    }
}

#[test]
fn a_pronoun_of_one_person_is_no_pair_and_no_crowd() {
    for text in [
        "Anna Brown and John Smith said the army left. She said the rebels came.",
        "Soldiers said the army left. He said the rebels came.",
    ] {
        assert_eq!(source_and_speaker(text, "rebels").1, "", "{text}");
    }
    assert_eq!(
        source_and_speaker("Anna Brown said the army left. She said the rebels came.", "rebels").1,
        "Anna Brown"
    );
}

#[test]
fn compounds_before_a_noun_and_titles_are_mentions() {
    for (text, word, voice) in [
        ("The state tried a \u{201c}red flag\u{201d} measure.", "flag", Voice::Mention),
        ("The new rate for \u{201c}pass-through\u{201d} companies is low.", "pass", Voice::Mention),
        ("Holm said on \u{201c}Face the Valley\u{201d} that it rained.", "Valley", Voice::Mention),
        ("They had another punishment, called \u{201c}the game\u{201d}.", "game", Voice::Mention),
        ("She said it was \u{201c}not very much\u{201d} trouble.", "much", Voice::Quoted),
        ("They said \u{201c}no more war\u{201d} and left.", "war", Voice::Quoted),
    ] {
        assert_eq!(english(text).of(text, word).voice, voice, "{text}");
    }
}

#[test]
fn a_speaker_is_the_fullest_name_so_far() {
    let text = "Sen. John McCain said the vote was fair. McCain said the riot was staged. He said the rebels were paid. \
                The officials said the siege was over. They said the curfew was over. Eric Blair said the coup was over. \
                Cherie Blair said the crisis was over. Blair said the war was over.";
    let of = |word| source_and_speaker(text, word).1;
    assert_eq!(of("riot"), "Sen. John McCain");
    assert_eq!(of("rebels"), "Sen. John McCain");
    assert_eq!(of("siege"), "officials");
    assert_eq!(of("curfew"), "", "who they are is not known");
    assert_eq!(of("crisis"), "Cherie Blair");
    assert_eq!(of("war"), "Blair", "two have that name");
}

#[test]
fn negation_hedge_and_question_have_scopes() {
    let text = "It was not a coup. It was perhaps a coup. Was it a coup? It was a coup.";
    let read = english(text);
    let flags = |at: usize| {
        let verdict = read.at_byte(text.match_indices("coup").nth(at).expect("four coups").0);
        (verdict.negated, verdict.hedged, verdict.question)
    };
    assert_eq!(
        [flags(0), flags(1), flags(2), flags(3)],
        [(true, false, false), (false, true, false), (false, false, true), (false, false, false)]
    );
}

#[test]
fn apostrophes_inches_and_elisions_are_no_quotations() {
    for text in [
        "The workers' wages and the players' shoes were stolen by rebels.",
        "He is 6'2\" tall and the rebels are smaller.",
        "In the '90s rebels came, and 'tis so again, and rebels' fires burn.",
        "Rock 'n' roll rebels and the boss's rebels' guns.",
    ] {
        let read = english(text);
        assert!(read.voices().iter().all(|&voice| voice == Voice::Own), "{text}: {:?}", read.voices());
        assert_eq!(read.marked.quotes_repaired, 0, "{text}");
    }
}

#[test]
fn quotations_survive_missing_doubled_and_mismatched_marks() {
    for (text, quoted, own, repaired) in [
        ("“We saw the rebels burn it all, said the mayor of Astana.", "rebels", "Astana", 1),
        ("“We saw the rebels burn it all» said the mayor of Astana.", "rebels", "Astana", 1),
        ("““We saw the rebels burn it all,”” said the mayor of Astana.", "rebels", "Astana", 0),
        ("''We saw the rebels burn it all,'' said the mayor of Astana.", "rebels", "Astana", 0),
        ("„We saw the rebels burn it all“, said the mayor of Astana.", "rebels", "Astana", 0),
        ("»We saw the rebels burn it all«, said the mayor of Astana.", "rebels", "Astana", 0),
        ("“We saw ‘rebels’ burn it all, and the «rebels» too,” said the mayor of Astana.", "rebels", "Astana", 0),
        ("“The rebels came.\n\n“They burned the bank,” said the mayor of Astana.", "rebels", "Astana", 1),
    ] {
        let read = english(text);
        assert_eq!(read.of(text, quoted).voice, Voice::Quoted, "{text}");
        assert_eq!(read.of(text, own).voice, Voice::Own, "{text}");
        assert_eq!(read.marked.quotes_repaired, repaired, "{text}");
    }
}

#[test]
fn every_rule_example_is_decided_by_its_rule() {
    for rule in RULES {
        let (text, hits) = coded(rule.example);
        let verdict = english(&text).at_byte(hits[0]);
        assert_eq!((verdict.rule, verdict.voice), (rule.name, rule.voice), "{}", rule.example);
    }
}

#[test]
fn a_class_that_no_rule_knows_is_a_problem() {
    let entries = read_cues("[[frame]]\nname = \"sayy\"\nterms = [\"said\"]\n", "mine.toml").expect("it is TOML");
    let problems = Cues::new(&entries).expect_err("refused").to_string();
    assert!(problems.contains("mine.toml") && problems.contains("did you mean `say`"), "{problems}");
    let broken = read_cues("[[frame]\n", "mine.toml").expect_err("no TOML").to_string();
    assert!(broken.contains("mine.toml:1"), "{broken}");
    let entry = CueEntry { class: "say".into(), words: vec!["opined loudly".into()], place: entries[0].place.clone() };
    assert!(Cues::new(&[entry]).is_ok());
}

#[test]
fn a_language_without_cues_has_quotations_all_the_same() {
    let german = Language::parse("de").expect("a language");
    assert!(Cues::shipped(german).is_none());
    let text = "Der Minister sagte: „Die Terroristen kamen nachts in die Stadt.“ Dann ging er.";
    let read = read(text, german, &Options::default());
    assert_eq!(read.of(text, "Terroristen").voice, Voice::Quoted);
    assert_eq!(read.of(text, "ging").voice, Voice::Own);
}

#[test]
fn voices_are_kept_as_stretches_and_read_back_equal() {
    for text in [PARAGRAPHS, "", "Nobody came.", "Was it not “war”? He said so, perhaps."] {
        let read = english(text);
        let (runs, flagged) = (read.marked.runs().to_vec(), read.marked.flagged().to_vec());
        let again = Marked::from_parts(runs, flagged, read.marked.quotes_repaired);
        assert_eq!(again.as_ref(), Some(&read.marked), "{text}");
        assert!(read.marked.fits(read.tokens.spans.len() as u32), "{text}");
        let mut bytes = Vec::new();
        read.marked.write(&mut bytes);
        read.marked.write(&mut bytes);
        let mut rest = bytes.as_slice();
        assert_eq!(Marked::read(&mut rest).as_ref(), Some(&read.marked), "{text}");
        assert_eq!(Marked::read(&mut rest).as_ref(), Some(&read.marked), "{text}");
        assert!(rest.is_empty());
        let covered: u32 = read.marked.runs().iter().map(|run| run.end - run.start).sum();
        let decided = (0..read.tokens.spans.len()).filter(|&token| read.at_token(token).rule != "own").count();
        assert_eq!(covered as usize, decided, "{text}");
    }
}

#[test]
fn stretches_that_nobody_wrote_are_refused_not_believed() {
    let run = |start, end, rule| Run { start, end, rule, cue: None, source: None, speaker: None };
    let flagged = |start, end| Flagged { start, end, flags: Flagged::ASKED };
    assert!(Marked::from_parts(vec![run(0, 2, 0), run(2, 3, 1)], vec![flagged(1, 4)], 0).is_some());
    assert!(Marked::from_parts(vec![run(0, 2, 0), run(1, 3, 1)], Vec::new(), 0).is_none());
    assert!(Marked::from_parts(vec![run(2, 2, 0)], Vec::new(), 0).is_none());
    assert!(Marked::from_parts(vec![run(0, 2, RULES.len() as u8)], Vec::new(), 0).is_none());
    assert!(Marked::from_parts(Vec::new(), vec![flagged(3, 4), flagged(0, 1)], 0).is_none());
    let mut bytes = Vec::new();
    english(PARAGRAPHS).marked.write(&mut bytes);
    assert!(!english(PARAGRAPHS).marked.fits(20));
    for cut in 0..bytes.len() {
        assert_eq!(Marked::read(&mut &bytes[..cut]), None, "cut at {cut}");
    }
    for at in 0..bytes.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff] {
            let mut spoilt = bytes.clone();
            spoilt[at] = value;
            // Whatever is read, a look-up answers.
            if let Some(marked) = Marked::read(&mut spoilt.as_slice()) {
                marked.at(Span::new(at as u32, at as u32 + 1));
            }
        }
    }
}

#[test]
fn the_work_is_linear_in_the_text_whatever_it_is_made_of() {
    let units = [
        "\"a ",
        "\"a\" ",
        "« “ a ",
        "\u{27}\u{27}\u{27}\" a ",
        "‘a b’s “c ",
        "a\" ",
        "he said that she said, ",
        "according to, he said: ",
        "the so-called alleged claim of fear that ",
    ];
    let mut texts: Vec<String> = units.iter().map(|unit| unit.repeat(10_000)).collect();
    texts.push(PARAGRAPHS.repeat(300));
    texts.push("\"war\" ".repeat(100_000));
    for text in texts {
        let (once, twice) = (english(&text), english(&format!("{text}{text}")));
        let tokens = once.tokens.spans.len() as u64;
        assert!(once.work <= 200 * tokens + 1_000, "{} for {tokens} tokens", once.work);
        let start: String = text.chars().take(20).collect();
        assert!(10 * twice.work <= 22 * once.work + 1_000, "{start:?}");
    }
}
