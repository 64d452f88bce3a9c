//! The news sample in shards, tables of counts by other programs, and where we hit.

use flate2::read::GzDecoder;
use framescope::index::Shard;
use framescope::lexicon::Lexicon;
use framescope::lookup::{EntryId, Plan, VoiceLookup, look_up};
use framescope::read::Article;
use framescope::stem::Stems;
use framescope::text::Language;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Bytes of a text.
pub type Place = (u32, u32);
/// Places of an article, category by category.
pub type Places = BTreeMap<String, Vec<Place>>;

/// The folder of samples, where it is there.
pub fn shared() -> Option<PathBuf> {
    let told = std::env::var_os("FRAMESCOPE_SHARED").map(PathBuf::from);
    let folder = told.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")));
    if folder.join("samples/news-3719.csv.gz").is_file() {
        return Some(folder);
    }
    println!("../shared is absent: skipped");
    None
}

/// Rows of a packed table, its header first.
pub fn rows(path: &Path) -> Vec<csv::StringRecord> {
    let file = GzDecoder::new(File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file);
    reader.records().map(|row| row.expect("a row")).collect()
}

/// The news sample: one index for all tests.
pub fn news(shared: &Path) -> &'static [Shard] {
    static NEWS: OnceLock<Vec<Shard>> = OnceLock::new();
    NEWS.get_or_init(|| {
        let rows = rows(&shared.join("samples/news-3719.csv.gz"));
        let column = |name: &str| rows[0].iter().position(|column| column == name).expect("a column");
        let (id, text) = (column("id"), column("text"));
        let articles = rows[1..].iter().map(|row| Article {
            id: row[id].to_string(),
            text: row[text].to_string(),
            language: Some(Language::ENGLISH),
            ..Article::default()
        });
        let articles: Vec<Article> = articles.collect();
        let mut stems = Stems::default();
        articles.chunks(1_000).map(|chunk| Shard::build(chunk.to_vec(), None, &mut stems)).collect()
    })
}

/// Every article of the sample, with its shard and its number there.
pub fn articles(shards: &[Shard]) -> impl Iterator<Item = (&Shard, usize)> {
    shards.iter().flat_map(|shard| (0..shard.len()).map(move |i| (shard, i)))
}

/// The texts of the sample.
pub fn texts(shards: &[Shard]) -> Vec<String> {
    let of_shard = |shard: &Shard| {
        let mut reader = shard.reader();
        (0..shard.len()).map(|i| reader.article(i).text.to_string()).collect::<Vec<_>>()
    };
    shards.iter().flat_map(of_shard).collect()
}

/// Where a lexicon hits in the sample, article by article, and the entry; `category` names the category of an entry.
pub fn our_places(
    shards: &[Shard],
    lexicon: &Lexicon,
    category: &dyn Fn(&Lexicon, usize) -> String,
) -> Vec<BTreeMap<String, Vec<(Place, EntryId)>>> {
    let plan = Plan::new(std::slice::from_ref(lexicon));
    let names: Vec<String> = (0..lexicon.entries.len()).map(|entry| category(lexicon, entry)).collect();
    let mut stems = Stems::default();
    let mut all = Vec::new();
    // nothing is furniture, nothing is a repeat: every hit is a hit
    for shard in shards {
        let removed = vec![Vec::new(); shard.len()];
        let found = look_up(&plan, shard, &mut VoiceLookup::new(shard, &removed, &[]), &mut stems);
        let first = all.len();
        all.resize_with(first + shard.len(), BTreeMap::<String, Vec<(Place, EntryId)>>::new);
        let mut reader = shard.reader();
        for hit in found.hits {
            let range = shard.range(hit.article as usize);
            let view = reader.article(hit.article as usize);
            let (start, end) = (hit.tokens.start - range.start, hit.tokens.end - range.start);
            let spans = &view.spans[start as usize..end as usize];
            assert!(range.covers(&hit.tokens), "a hit stays in its article");
            let place = (spans[0].start, spans[spans.len() - 1].end);
            let name = names[hit.entry.entry as usize].clone();
            all[first + hit.article as usize].entry(name).or_default().push((place, hit.entry));
        }
    }
    all
}
