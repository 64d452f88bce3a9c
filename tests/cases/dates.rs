//! Dates as exports write them.

use framescope::read::Date;
use framescope::read::dates::{DateProblem, parse};

// 32-dates-of-real-exports
#[test]
fn case_32_dates_of_real_exports() {
    let day = Date::new(2021, 3, 4);
    for text in [
        "1614852000",
        "1614852000.0",
        "1614852000123",
        "44259",
        "44259.5",
        "Donnerstag, 4. März 2021",
        "Do, 4. März 2021",
        "4. 3. 2021",
        "04. 03. 2021",
        "4 de marzo de 2021",
        "jueves, 4 de marzo de 2021",
        "4 mars 2021",
        "jeudi 4 mars 2021",
        "4 de março de 2021",
        "quinta-feira, 4 de março de 2021",
        "4 березня 2021",
        "четвер, 4 березня 2021 року",
        "4 Mart 2021 Perşembe",
        "Perşembe, 4 Mart 2021",
        "4 наурыз 2021",
        "2021 жылғы 4 наурыз",
        "4 marca 2021",
        "czwartek, 4 marca 2021",
        "4 maart 2021",
        "donderdag 4 maart 2021",
        "10:15, 04.03.2021",
        "10:15 04.03.2021",
        "10:15 AM, March 4, 2021",
        "13:15 Uhr, 4. März 2021",
        "2021年3月4日",
        "2021년 3월 4일",
        "2021-W09-4",
        "2021W094",
        "Thu, 04 Mar 2021 10:00:00 GMT",
        "Thu, 4 Mar 2021 10:00 +0000",
        "4 марта 2021 г.",
        "четверг, 4 марта 2021",
        "March 4, 2021 Thursday",
        "2021-03-04T10:15:30.000Z",
        "4 МАРТА 2021",
        "4 MART 2021",
    ] {
        assert_eq!(parse(text, None), Ok(day), "{text}");
    }
    assert_eq!(parse("1er janvier 2022", None), Ok(Date::new(2022, 1, 1)));
    assert_eq!(parse("5 січня 2022", None), Ok(Date::new(2022, 1, 5)));
    assert_eq!(parse("5 Ocak 2022", None), Ok(Date::new(2022, 1, 5)));
    assert_eq!(parse("44566", None), Ok(Date::new(2022, 1, 5)), "as Excel shows it");
    assert_eq!(parse("2021-W09", None), Err(DateProblem::Incomplete));
    assert_eq!(parse("2021-W60-1", None), Err(DateProblem::Impossible));
    assert_eq!(parse("2020-W53-5", None), Ok(Date::new(2021, 1, 1)));
    for number in ["99999", "123456", "99999999999"] {
        assert_eq!(parse(number, None), Err(DateProblem::Unreadable), "{number}");
    }
}

#[test]
fn every_month_of_every_language_is_one() {
    let months = [
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    ];
    for language in months {
        for (i, month) in language.split(' ').enumerate() {
            let text = format!("7 {month} 2021");
            assert_eq!(parse(&text, None), Ok(Date::new(2021, i as u32 + 1, 7)), "{text}");
        }
    }
}
