//! Names of months and days of the week, in the languages that archives are written in.
//!
//! Full names, as they stand in dates (`5 января`, `5 stycznia`); any beginning of three letters or more is understood too.

/// From January to December: English, German, French, Italian, Russian, Spanish, Portuguese, Ukrainian, Turkish, Kazakh, Polish, Dutch.
pub(super) const MONTHS: [&str; 12] = [
    "january januar jänner janvier gennaio января январь enero janeiro січня січень ocak қаңтар қаңтардың stycznia styczeń januari",
    "february februar feber février fevrier febbraio февраля февраль febrero fevereiro лютого лютий şubat subat ақпан ақпанның lutego luty februari",
    "march märz maerz mars marzo марта março marco березня березень mart наурыз наурыздың marca marzec maart",
    "april avril aprile апреля апрель abril квітня квітень nisan сәуір сәуірдің kwietnia kwiecień",
    "may mai maggio мая май mayo maio травня травень mayıs mayis мамыр мамырдың maja maj mei",
    "june juni juin giugno июня июнь junio junho червня червень haziran маусым маусымның czerwca czerwiec",
    "july juli juillet luglio июля июль julio julho липня липень temmuz шілде шілденің lipca lipiec",
    "august août aout agosto августа август серпня серпень ağustos agustos тамыз тамыздың sierpnia sierpień augustus",
    "september septembre settembre сентября сентябрь septiembre setiembre setembro вересня вересень eylül eylul қыркүйек қыркүйектің \
     września wrzesień",
    "october oktober octobre ottobre октября октябрь octubre outubro жовтня жовтень ekim қазан қазанның października październik",
    "november novembre ноября ноябрь noviembre novembro листопада листопад kasım kasim қараша қарашаның listopada listopad",
    "december dezember décembre decembre dicembre декабря декабрь diciembre dezembro грудня грудень aralık aralik желтоқсан желтоқсанның \
     grudnia grudzień",
];

/// Months of further languages, whole names only, as beginnings of them are other months elsewhere: Croatian, Czech, Slovak, Romanian,
/// Hungarian, Finnish, Bulgarian, Greek, Lithuanian, Latvian, Estonian, the languages of Scandinavia, Indonesian, Serbian, Arabic.
const WHOLE_MONTHS: [&str; 12] = [
    "siječnja január januára ledna ianuarie tammikuuta януари ιανουαρίου sausio janvārī jaanuar siječanj јануар يناير",
    "veljače února februára februarie február helmikuuta февруари φεβρουαρίου vasario februārī veebruar veljača фебруар فبراير",
    "ožujka března martie március maaliskuuta μαρτίου kovo martā märts marts maret март مارس",
    "travnja dubna apríla aprilie április huhtikuuta април απριλίου balandžio aprīlī aprill أبريل ابريل",
    "svibnja května mája május toukokuuta μαΐου gegužės maijā мај مايو",
    "lipnja června júna iunie június kesäkuuta юни ιουνίου birželio jūnijā juuni јун يونيو",
    "srpnja července júla iulie július heinäkuuta юли ιουλίου liepos jūlijā juuli јул يوليو",
    "kolovoza srpna augusta augusztus elokuuta αυγούστου rugpjūčio augustā augusti agustus август أغسطس اغسطس",
    "rujna září septembra septembrie szeptember syyskuuta септември σεπτεμβρίου rugsėjo septembrī septembar септембар سبتمبر",
    "října októbra octombrie október lokakuuta октомври οκτωβρίου spalio oktobrī oktoober oktobar октобар أكتوبر اكتوبر",
    "studenoga studenog listopadu novembra noiembrie marraskuuta ноември νοεμβρίου lapkričio novembrī novembar новембар نوفمبر",
    "prosinca prosince decembra decembrie joulukuuta декември δεκεμβρίου gruodžio decembrī detsember desember decembar децембар ديسمبر",
];

/// Days of the week in the same languages.
pub(super) const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so \
    lundi mardi mercredi jeudi vendredi samedi dimanche lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi venerdì venerdi sabato domenica \
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс \
    lunes martes miércoles miercoles jueves viernes sábado sabado domingo \
    segunda terça terca quarta quinta sexta \
    понеділок вівторок середа четвер п’ятниця п'ятниця субота неділя нд \
    pazartesi salı sali çarşamba carsamba perşembe persembe cuma cumartesi pazar \
    дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі \
    poniedziałek wtorek środa czwartek piątek sobota niedziela \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag";

/// The number of a month, from 1, by its name or three letters of it.
pub(super) fn month(lower: &str) -> Option<u32> {
    if lower.len() > 28 || lower.chars().count() < 3 {
        return None;
    }
    let is = |names: &&str| names.split_ascii_whitespace().any(|name| name.starts_with(lower));
    let short = || lower == "sept" || lower == "sep";
    let whole = |names: &&str| names.split_ascii_whitespace().any(|name| name == lower);
    let at = WHOLE_MONTHS.iter().position(whole);
    let at = at.or_else(|| MONTHS.iter().position(is)).or_else(|| short().then_some(8))?;
    Some(at as u32 + 1)
}

/// True for a day of the week, or three letters of it; two where they are its usual short form.
pub(super) fn is_weekday(lower: &str) -> bool {
    let mut names = WEEKDAYS.split_ascii_whitespace();
    names.any(|name| name == lower || lower.chars().count() >= 3 && name.starts_with(lower))
}
