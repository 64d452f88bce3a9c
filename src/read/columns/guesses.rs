//! The names that columns have in the tables of services, archives and programs.
//!
//! In any language that the shipped lexicons know, and some more.

use super::{Layout, Role, plain};
use std::collections::HashMap;

/// Role, its name, and the column names that mean it: the likelier first, in lower case, without `_`, `-`, `.` and spaces.
pub(super) const GUESSES: [(Role, &str, &str); super::ROLES] = [
    (
        Role::Text,
        "text",
        "fulltext text articletext articlebody articlecontent bodytext body content contents maintext maincontent \
         plaintext rawtext storytext story article document contentencoded encoded testo текст texte texto тело содержание \
         volltext inhalt artikel artikeltext beitragstext contenu contenuarticle texteintegral corps cuerpo contenido textocompleto artículo articulo \
         conteúdo conteudo corpo contenuto articolo metin içerik haber haberi treść tresc tekst teksti szöveg artykuł полныйтекст статья содержимое мәтін зміст 正文 内容 內容 本文 본문 paragraphs \
         contenthtml contenttext newstext posttext selftext transcript speech speechtext message tweet tweettext cleanedtext \
         cleantext textclean textcleaned originaltext newscontent newsbody fullarticle texten",
    ),
    (
        Role::Outlet,
        "outlet",
        "outlet outletname mediaoutlet newsoutlet publication publicationname publicationtitle pubtitle newspaper newspapername newspapertitle \
         nameofnewspaper subreddit sitename zeitung journal titrepresse periódico periodico diario giornale testata jornal veículo gazete gazeta krant \
         tidning avis lehti noviny издание газета видання 報紙 新聞 신문 언론사 newspapers publisher sourcehostname source sourcename \
         sourcecommonname newssource medianame media domain sourcedomain sitefull site paper источник сми quelle média medio medium fuente fonte \
         kaynak źródło zrodlo zdroj sursa kilde källa forrás lähde bron джерело змі дереккөз 媒体 媒體 来源 來源 articlesource userscreenname \
         screenname opengraphsitename origin hostname sourceurl siteurl pagename channelname channeltitle extrasourceattributesname \
         domainurl sourcetitle mediasource website network",
    ),
    (
        Role::Date,
        "date",
        "date publicationdate publishdate publisheddate datepublished datepublish pubdate articledate publishedat \
         publishedon published createdat created createdutc datetime datetimestamp timestamp time newsdate firstpublicationdate webpublicationdate publishingdate publishedtime dateofpublication datetimepublished updated versioncreated contentcreated firstcreated postcreateddate postdate dateposted posteddate postedat postedon postcreated дата datum fecha \
         datepublication datedepublication dateparution parution erscheinungsdatum publikationsdatum veröffentlicht veröffentlichungsdatum fechapublicación \
         fechapublicacion fechadepublicación datapubblicazione datadipubblicazione datapublicacao datapublicação tarih yayıntarihi \
         датапубликации датавыхода күні 日期 日付 发布时间 發布時間 날짜 일자 dato päivämäärä dátum ngày releasedate issuedate data",
    ),
    (
        Role::Title,
        "title",
        "title headline articletitle heading newsheadline titolo webtitle hl1 заголовок titel titre titulo \
         überschrift ueberschrift schlagzeile título titular manchete başlık baslik tytuł tytul titulek titlu titel rubrik overskrift otsikko cím kop название \
         названиестатьи тақырып 标题 標題 見出し 제목 articleheadline newstitle header",
    ),
    (Role::Id, "id", "id articleid docid documentid storyid uuid guid"),
    (
        Role::Language,
        "language",
        "language lang languagecode lingua язык sprache langue idioma dil język мова тіл 语言",
    ),
    (Role::Url, "url", "url link articleurl weburl permalink href uri"),
    (Role::File, "file", "file filename path filepath"),
];

/// Names of columns that hold a day in parts: year, month and day of the month.
pub(super) const DATE_PARTS: [&[&str]; 3] = [
    &["year", "yyyy", "jahr", "année", "annee", "año", "ano", "anno", "год", "рік"],
    &["month", "mm", "monat", "mois", "mes", "mese", "месяц", "місяць"],
    &["day", "dd", "dayofmonth", "tag", "jour", "día", "dia", "giorno", "день"],
];

/// What a path comes down to: `content.rendered` to `content`, `_source.fields.bodyText` to `bodytext`, `source.name` to `source`.
pub(super) fn end_of_path(name: &str) -> String {
    const AROUND: &[&str] = &[
        "_source",
        "fields",
        "attributes",
        "data",
        "article",
        "tweet",
        "item",
        "doc",
        "document",
        "node",
        "post",
        "story",
        "properties",
        "thread",
        "info",
        "row",
        "metadata",
        "dc",
    ];
    const WITHIN: &[&str] =
        &["rendered", "name", "value", "#text", "text", "paragraph", "p", "str", "$date", "$oid", "$numberLong"];
    /// The title of one of these is its name.
    const NAMED: &[&str] = &["source", "outlet", "publisher", "publication", "newspaper", "site", "feed"];
    let mut parts: Vec<&str> = name.split('.').collect();
    while parts.len() > 1 && AROUND.contains(&parts[0].to_lowercase().as_str()) {
        parts.remove(0);
    }
    let is_name = matches!(parts.as_slice(), [.., of, "title"] if NAMED.contains(&of.to_lowercase().as_str()));
    if is_name {
        parts.pop();
    }
    while parts.len() > 1 && parts.last().is_some_and(|last| WITHIN.contains(last)) {
        parts.pop();
    }
    plain(&parts.concat())
}

/// What columns hold that are called by the codes of Factiva, where all of the usual ones are there.
pub(super) fn by_code(by_name: &HashMap<String, Vec<usize>>) -> Vec<(Role, usize)> {
    const CODES: [(Role, &str); 6] = [
        (Role::Text, "td"),
        (Role::Title, "hd"),
        (Role::Date, "pd"),
        (Role::Outlet, "sn"),
        (Role::Id, "an"),
        (Role::Language, "la"),
    ];
    if !["hd", "lp", "td", "pd", "sn"].iter().all(|code| by_name.contains_key(*code)) {
        return Vec::new();
    }
    CODES.iter().filter_map(|(role, code)| Some((*role, *by_name.get(*code)?.first()?))).collect()
}

/// The columns of a text that Dow Jones has in two: `LP` and `TD` of Factiva; `snippet` and `body` of its data for research, where the
/// snippet is the first paragraph. Elsewhere a snippet is a copy of how a text begins.
pub(super) fn lead_and_body(by_name: &HashMap<String, Vec<usize>>, layout: &Layout) -> Option<[usize; 2]> {
    let find = |name: &str| by_name.get(name)?.first().copied();
    let is_data = ["an", "sourcecode", "publicationdatetime"].iter().all(|name| find(name).is_some());
    let of_data = || Some([find("snippet")?, find("body")?]).filter(|_| is_data);
    let of_factiva = || Some([find("lp")?, find("td")?]).filter(|_| !by_code(by_name).is_empty());
    let parts = of_data().or_else(of_factiva)?;
    (layout.text_parts.is_empty() && layout.column(Role::Text) == Some(parts[1])).then_some(parts)
}
