//! Speech behind dashes in five languages, headlines that name who says so, and block quotations: sentences that were made for the test.

use super::score;
use framescope::text::Language;

const RUSSIAN: &[&str] = &[
    "quoted|— [Мятежники] ушли из города, — сказал мэр.",
    "quoted|– Нас [бросили] без света, – рассказала жительница посёлка.",
    "quoted|- [Штурм] начался ночью, - сообщил полковник.",
    "own|— Мятежники ушли из города, — сказал [мэр] у [руин] школы.",
    "quoted|«[Мятежники] ушли из города», — сказал мэр.",
    "own|«Мятежники ушли из города», — заявил [мэр].",
    "quoted|— Мы видели [танки], — говорит он. — Потом начался [погром].",
    "quoted|— Кто [стрелял] в толпу?\n\n— Мы не знаем. [Снайперы] были на крыше.",
    "quoted|— [Войны] не будет! — воскликнул губернатор.",
    "own|— [хлеб];\n— [вода];\n— [соль]",
    "quoted|«Это был [переворот], — считает эксперт. — Его готовили давно».",
    "quoted|— Почему [солдаты] молчали? — спросила она.",
];

const UKRAINIAN: &[&str] = &[
    "quoted|— [Окупанти] пішли з міста, — сказав мер.",
    "quoted|– Нас [покинули] без світла, – розповіла мешканка села.",
    "quoted|- [Штурм] почався вночі, - повідомив полковник.",
    "own|— Окупанти пішли з міста, — сказав [мер] біля [руїн] школи.",
    "quoted|«[Окупанти] пішли з міста», — сказав мер.",
    "own|«Окупанти пішли з міста», — заявив [мер].",
    "quoted|— Ми бачили [танки], — каже він. — Потім почався [погром].",
    "quoted|— Хто [стріляв] у натовп?\n\n— Ми не знаємо. [Снайпери] були на даху.",
    "quoted|— [Війни] не буде! — вигукнув губернатор.",
    "own|— [хліб];\n— [вода];\n— [сіль]",
    "quoted|«Це був [переворот], — вважає експерт. — Його готували давно».",
    "quoted|— Чому [солдати] мовчали? — запитала вона.",
];

const SPANISH: &[&str] = &[
    "quoted|—Los [rebeldes] se fueron de la ciudad —dijo el alcalde.",
    "quoted|—Nos [abandonaron] sin luz —contó una vecina del pueblo.",
    "quoted|– El [asalto] empezó de noche – informó el coronel.",
    "own|—Los rebeldes se fueron —dijo el [alcalde] junto a las [ruinas].",
    "quoted|«Los [rebeldes] se fueron de la ciudad», dijo el alcalde.",
    "own|«Los rebeldes se fueron de la ciudad», afirmó el [alcalde].",
    "quoted|—Vimos los [tanques] —dice él—. Luego empezó el [saqueo].",
    "quoted|—¿Quién [disparó] a la gente?\n\n—No lo sabemos. Los [francotiradores] estaban arriba.",
    "quoted|—¡No habrá [guerra]! —exclamó el gobernador.",
    "own|— [pan];\n— [agua];\n— [sal]",
    "quoted|«Fue un [golpe] —explicó el experto—. Lo preparaban desde hace tiempo».",
    "quoted|—¿Por qué callaron los [soldados]? —preguntó ella.",
];

const FRENCH: &[&str] = &[
    "quoted|— Les [rebelles] ont quitté la ville, a dit le maire.",
    "quoted|— Les [rebelles] ont quitté la ville, dit le maire.",
    "quoted|– L'[assaut] a commencé la nuit, raconte le colonel.",
    "own|— Les rebelles sont partis, dit le [maire] près des [ruines].",
    "quoted|« Les [rebelles] ont quitté la ville », a déclaré le maire.",
    "own|« Les rebelles ont quitté la ville », a déclaré le [maire].",
    "quoted|« Nous avons vu les [chars], raconte-t-il. Puis le [pillage] a commencé. »",
    "quoted|— Qui a [tiré] sur la foule ?\n\n— Nous ne savons pas. Les [tireurs] étaient en haut.",
    "quoted|— Il n'y aura pas de [guerre] ! s'est exclamé le gouverneur.",
    "own|— [pain] ;\n— [eau] ;\n— [sel]",
    "quoted|— Pourquoi les [soldats] se taisaient-ils ? a-t-elle demandé.",
    "quoted|— C'était un [coup] d'État, explique l'expert.",
];

const POLISH: &[&str] = &[
    "quoted|— [Rebelianci] odeszli z miasta — powiedział burmistrz.",
    "quoted|– [Porzucono] nas bez światła – opowiadała mieszkanka wsi.",
    "quoted|- [Szturm] zaczął się w nocy - poinformował pułkownik.",
    "own|— Rebelianci odeszli — powiedział [burmistrz] przy [ruinach] szkoły.",
    "quoted|„[Rebelianci] odeszli z miasta” — powiedział burmistrz.",
    "own|„Rebelianci odeszli z miasta” — oświadczył [burmistrz].",
    "quoted|— Widzieliśmy [czołgi] — mówi on. — Potem zaczął się [pogrom].",
    "quoted|— Kto [strzelał] do tłumu?\n\n— Nie wiemy. [Snajperzy] byli na dachu.",
    "quoted|— [Wojny] nie będzie! — zawołał gubernator.",
    "own|— [chleb];\n— [woda];\n— [sól]",
    "quoted|— To był [zamach] — uważa ekspert. — Szykowano go od dawna.",
    "quoted|— Dlaczego [żołnierze] milczeli? — zapytała ona.",
];

#[test]
fn speech_behind_a_dash_is_told_in_five_languages() {
    let mut wrong = Vec::new();
    for (lines, language) in [
        (RUSSIAN, Language::RUSSIAN),
        (UKRAINIAN, Language::UKRAINIAN),
        (SPANISH, Language::SPANISH),
        (FRENCH, Language::FRENCH),
        (POLISH, Language::POLISH),
    ] {
        let (right, all, of) = score(lines, language);
        println!("{language:?}: {right} of {all}");
        wrong.extend(of);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

const HEADLINES: &[&str] = &[
    "attributed|[Rebels] seized the airport - minister",
    "attributed|[Rebels] seized the airport – defence ministry",
    "attributed|[Massacre] kills dozens in the north — police",
    "attributed|[Rebels] seized the airport: minister",
    "attributed|Army [shelled] the town, say monitors\n\nIt rained.",
    "attributed|Minister: [rebels] seized the airport\n\nIt rained.",
    "attributed|President: [terrorists] trained abroad\n\nIt rained.",
    "attributed|UN: [famine] near in the north\n\nIt rained.",
    "attributed|Police: [riot] over in the capital\n\nIt rained.",
    "attributed|[Rebels] seized the airport - source",
    "own|[Rebels] seized the airport, said to be empty",
    "own|[Rebels] seized the airport - Herald News",
    "own|Analysis: the [rebels] and the airport\n\nIt rained.",
    "own|[Rebels] seized the airport - and left",
];

const RUSSIAN_HEADLINES: &[&str] = &[
    "attributed|[Мятежники] захватили аэропорт - министр",
    "attributed|[Мятежники] захватили аэропорт – Минобороны",
    "attributed|[Теракт] на вокзале готовили год — источник",
    "attributed|[Мятежники] захватили аэропорт: министр",
    "attributed|Министр: [мятежники] захватили аэропорт\n\nШёл дождь.",
    "attributed|Президент: [террористы] прошли подготовку за рубежом\n\nШёл дождь.",
    "attributed|ООН: [голод] близко\n\nШёл дождь.",
    "attributed|Полиция: [погромы] в столице прекратились\n\nШёл дождь.",
    "attributed|Путин: [войны] не будет\n\nШёл дождь.",
    "own|[Мятежники] захватили аэропорт - Вечерний Город",
    "own|Фото: [мятежники] в аэропорту\n\nШёл дождь.",
    "own|[Мятежники] захватили аэропорт - и ушли",
];

#[test]
fn headlines_name_who_says_so() {
    let mut wrong = Vec::new();
    for (lines, language) in [(HEADLINES, Language::ENGLISH), (RUSSIAN_HEADLINES, Language::RUSSIAN)] {
        let (right, all, of) = score(lines, language);
        println!("headlines, {language:?}: {right} of {all}");
        wrong.extend(of);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

const BLOCKS: &[&str] = &[
    "quoted|The minister wrote on his page, saying:\n\nThe [rebels] have gone and the [riot] is over.\n\nIt rained.",
    "quoted|The ministry said in a statement:\n\nThe [rebels] have gone and the airport is open again.\n\nIt rained.",
    "quoted|The president tweeted:\n\nThe [terrorists] will not win this [war] of theirs.\n\nIt rained.",
    "quoted|In a letter to the mayor she wrote:\n\nThe [siege] has left us without bread for a week.\n\nIt rained.",
    "quoted|He added:\n\nThis was a [coup], and everybody knows who paid for it.\n\nIt rained.",
    "quoted|The union explained its decision:\n\nThe [strike] goes on until the owners answer our letter.\n\nIt rained.",
    "quoted|The office of the governor told the paper:\n\nThere was no [massacre] in the town last week.\n\nIt rained.",
    "own|The minister said that he saw this:\n\n[Bread]\n\n[Water]",
    "own|These are the towns:\n\nThe [rebels] hold the north and the army holds the south.",
    "own|The ministry said in a statement:\n\nThe rebels have gone and the airport is open again.\n\nThe [riot] went on.",
    "quoted|The mayor continued:\n\nWe saw no [soldiers] in the square that night, and nobody came.\n\nIt rained.",
    "quoted|A police report read:\n\nThe [mob] broke three windows of the bank before midnight.\n\nIt rained.",
];

const RUSSIAN_BLOCKS: &[&str] = &[
    "quoted|Министр написал на своей странице:\n\n[Мятежники] ушли, и [погром] закончился.\n\nШёл дождь.",
    "quoted|В министерстве заявили:\n\n[Мятежники] ушли, аэропорт снова открыт для всех рейсов.\n\nШёл дождь.",
    "quoted|Президент сказал в обращении:\n\n[Террористы] не победят в этой [войне], и мы это знаем.\n\nШёл дождь.",
    "quoted|Он добавил:\n\nЭто был [переворот], и все знают, кто за него платил.\n\nШёл дождь.",
    "quoted|В профсоюзе пояснили:\n\n[Забастовка] продолжится, пока хозяева не ответят на письмо.\n\nШёл дождь.",
    "quoted|Губернатор подчеркнул:\n\nНикакой [бойни] в городе на прошлой неделе не было.\n\nШёл дождь.",
    "own|Вот эти города:\n\n[Мятежники] держат север, а армия держит юг страны.",
    "own|Министр сообщил, что видел:\n\n[хлеб]\n\n[воду]",
    "own|В министерстве заявили:\n\nМятежники ушли, аэропорт снова открыт для всех рейсов.\n\n[Погром] продолжился.",
    "quoted|Мэр отметил:\n\nМы не видели [солдат] на площади той ночью, и никто не пришёл.\n\nШёл дождь.",
];

#[test]
fn a_block_behind_a_verb_of_saying_is_a_quotation() {
    let mut wrong = Vec::new();
    for (lines, language) in [(BLOCKS, Language::ENGLISH), (RUSSIAN_BLOCKS, Language::RUSSIAN)] {
        let (right, all, of) = score(lines, language);
        println!("blocks, {language:?}: {right} of {all}");
        wrong.extend(of);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
