//! XML of agencies and databases, and exports whose headers have no empty lines.

use super::{Folder, Read};

const SAID: &str = "The gunmen took the port on Thursday and held the harbour master for an hour.";

fn one(read: &Read, outlets: &[&str], dates: &[&str], titles: &[&str]) {
    let outlets: Vec<Option<&str>> = outlets.iter().map(|outlet| Some(*outlet)).collect();
    assert_eq!(read.outlets(), outlets, "{:#?}", read.problems);
    assert_eq!(read.dates(), dates);
    assert_eq!(read.articles.iter().map(|article| article.title.as_str()).collect::<Vec<_>>(), titles);
    for text in read.texts() {
        assert!(text.contains(SAID) && !text.contains('<') && !text.contains("Jane"), "{text}");
    }
}

// 02-json-and-html-files-read-as-one-text
#[test]
fn case_02_news_xml_is_articles_and_no_page() {
    let folder = Folder::new("agency");
    let nitf = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE nitf SYSTEM \"nitf-3-5.dtd\">\n<nitf><head><title>Gunmen take the port</title><docdata>\
         <doc-id id-string=\"E7\"/><date.issue norm=\"20210304T080000Z\"/></docdata><pubdata name=\"Harbour Echo\"/></head><body><body.head>\
         <hedline><hl1>Gunmen take the port</hl1></hedline><byline>By Jane Roe</byline></body.head><body.content><p>{SAID}</p>\
         <media><media-caption><p>Jane Roe at the port</p></media-caption></media><p>They left.</p></body.content></body></nitf>"
    );
    folder.put("a.xml", nitf);
    one(&folder.read("a.xml"), &["Harbour Echo"], &["2021-03-04"], &["Gunmen take the port"]);
    let item = |n: u32| {
        format!(
            "<newsItem guid=\"tag:echo,{n}\"><itemMeta><provider literal=\"Harbour Echo\"/></itemMeta><contentMeta><contentCreated>\
             2021-03-0{n}T09:00:00Z</contentCreated><headline>Story {n}</headline><by>Jane Roe</by></contentMeta><contentSet><inlineXML>\
             <html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>no text</title></head><body><p>{SAID}</p><p>Part {n}.</p></body>\
             </html></inlineXML></contentSet></newsItem>"
        )
    };
    let message = format!(
        "<?xml version=\"1.0\"?><newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>{}{}</itemSet></newsMessage>",
        item(4),
        item(5)
    );
    folder.put("g2.xml", message);
    let read = folder.read("g2.xml");
    one(&read, &["Harbour Echo", "Harbour Echo"], &["2021-03-04", "2021-03-05"], &["Story 4", "Story 5"]);
    let factiva = |n: u32, outlet: &str| {
        format!(
            "<article><headline><paragraph>Story {n}</paragraph></headline><leadParagraph><paragraph>{SAID}</paragraph></leadParagraph>\
             <tailParagraphs><paragraph>Part {n}.</paragraph></tailParagraphs><publicationDate><date>2021-03-0{n}</date></publicationDate>\
             <sourceName>{outlet}</sourceName></article>"
        )
    };
    let body = format!("<?xml version=\"1.0\"?><response>{}{}</response>", factiva(4, "Echo"), factiva(5, "Dawn"));
    folder.put("f.xml", body);
    let read = folder.read("f.xml");
    one(&read, &["Echo", "Dawn"], &["2021-03-04", "2021-03-05"], &["Story 4", "Story 5"]);
    assert!(read.texts()[0].ends_with("Part 4."));
}

#[test]
fn a_document_type_with_entities_is_refused() {
    let folder = Folder::new("entities");
    folder.put("e.xml", "<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY a \"gunmen\">]><nitf><body.content><p>&a;</p></body.content></nitf>");
    let problems = folder.refused("e.xml");
    assert!(problems[0].found.contains("DTD"), "{problems:#?}");
}

// 03-many-articles-in-one-text-file
#[test]
fn case_03_a_header_without_empty_lines_is_read_by_the_form_of_its_lines() {
    let folder = Folder::new("dense");
    let story = |title: &str, by: &str, day: u32, outlet: &str, code: &str| {
        format!(
            "{title}\n{by}\n14 words\n{day} March 2021\n{outlet}\n{code}\n7\nEnglish\n(c) 2021 {outlet}\n\n{SAID}\n\nDocument \
             {code}00002021030{day}eh340000{day}\n\n"
        )
    };
    let text = story("Gunmen take the port", "By Jane Roe", 4, "Harbour Echo", "HECH")
        + &story("Calm returns to town", "Jane Doe", 5, "The Dawn", "DAWN");
    folder.put("f.txt", text);
    let read = folder.read("f.txt");
    one(
        &read,
        &["Harbour Echo", "The Dawn"],
        &["2021-03-04", "2021-03-05"],
        &["Gunmen take the port", "Calm returns to town"],
    );
}

#[test]
fn pages_of_europresse_are_told_by_the_line_of_their_document() {
    let folder = Folder::new("europresse");
    let story = |outlet: &str, day: &str, title: &str, n: u32| {
        format!(
            "<article><header><div><span class=\"DocPublicationName\">{outlet}</span></div><div class=\"DocHeader\">{day}</div><div class=\"titreArticle\">\
             <p>{title}</p></div></header><section><p>{SAID}</p></section><footer><div>news·2021030{n}·EC·0{n}</div></footer></article>"
        )
    };
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Europresse</title></head><body>{}{}</body></html>",
        story("L'Écho", "jeudi 4 mars 2021", "Le port est pris", 4),
        story("Le Soir", "vendredi 5 mars 2021", "Le calme revient", 5)
    );
    folder.put("e.html", page);
    one(
        &folder.read("e.html"),
        &["L'Écho", "Le Soir"],
        &["2021-03-04", "2021-03-05"],
        &["Le port est pris", "Le calme revient"],
    );
}

#[test]
fn a_record_that_unpacks_without_end_is_refused_by_a_limit_that_is_named() {
    use std::io::Write;
    let folder = Folder::new("bomb");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"id,text\n1,Gunmen left the port and went home.\n2,").unwrap();
    let block = vec![b'a'; 1 << 20];
    (0..130).for_each(|_| packed.write_all(&block).unwrap());
    folder.put("t.csv.gz", packed.finish().unwrap());
    let read = folder.read("t.csv.gz");
    assert_eq!(read.articles.len(), 1);
    assert!(read.problem("article-too-large").found.contains("128 MiB"));
}
