//! Voice: sentences coded by reading, the laws of the room, and the gold labels where they are at hand.

use framescope::text::{Language, Span};
use framescope::tokenise::Tokens;
use framescope::voice::{CueEntry, Cues, Marked, Options, RULES, Verdict, Voice, mark, read_cues};
use std::path::PathBuf;

fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let named = std::env::var_os("FRAMESCOPE_SHARED").map(PathBuf::from);
    let found = named.into_iter().chain([beside]).find(|path| path.is_dir());
    if found.is_none() {
        println!("../shared is absent: skipped");
    }
    found
}

/// One text, marked.
struct Read {
    tokens: Tokens,
    marked: Marked,
}

fn read(text: &str, language: Language, options: &Options) -> Read {
    let mut tokens = Tokens::default();
    tokens.push(text, Some(language), None);
    let cues = Cues::shipped(language).map(|cues| cues.expect("the shipped cues are sound")).unwrap_or_default();
    let cues = cues.compile(tokens.vocabulary.iter());
    let marked = mark(&tokens.article(0, text), &cues, options);
    Read { tokens, marked }
}

fn english(text: &str) -> Read {
    read(text, Language::ENGLISH, &Options::default())
}

impl Read {
    fn at_token(&self, token: usize) -> Verdict {
        self.marked.at(Span::new(token as u32, token as u32 + 1))
    }

    fn at_byte(&self, byte: usize) -> Verdict {
        self.at_token(self.tokens.spans.partition_point(|span| span.end as usize <= byte))
    }

    /// The verdict of the first word written so.
    fn of(&self, text: &str, word: &str) -> Verdict {
        self.at_byte(text.find(word).expect("the word is in the text"))
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
    "scare|В городе появились «[освободители]» и вынесли все магазины.",
    "scare|Так называемые [миротворцы] остались в городе.",
    "scare|На площади стояли «[добровольцы]» с автоматами.",
    "mention|Фильм «[Война] и мир» идет вечером.",
    "mention|Слово «[террорист]» не имеет точного значения.",
    "own|Он вышел из дома, а соседа [убили].",
    "own|Пока же в городе хоронят [погибших], ищут пропавших и вставляют стёкла.",
    "attributed|Социолог из Нур-Султана считает, что без честного расследования [неравенство] снова выведет людей на площадь.",
    "quoted|«[Порядок] вернули, — говорит она, — а [доверие] никто и не искал».",
    "own|[Борьба] элит в Казахстане идёт давно, и близкие к ней [олигархи] контролируют банки.",
    "quoted|«Потом подъехали машины, и нам [посоветовали] уйти домой», — рассказал житель города.",
    "own|[Бандиты] не щадили ни пожарных, ни врачей.",
    "scare|Кто-то платит за «[порядок]» и за «дружбу народов» из своего кармана.",
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
    "scare|In città sono arrivati i «[liberatori]» e hanno svuotato i negozi.",
    "scare|I cosiddetti [pacificatori] sono rimasti.",
    "scare|Davanti al municipio stavano i “[volontari]” con i fucili.",
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
