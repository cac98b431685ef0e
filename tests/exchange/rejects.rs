//! The list of what was not brought in: it comes back whole, and what is wrong with it stays wrong until somebody mends it.

use std::path::{Path, PathBuf};

use wellmet_core::exchange::import;
use wellmet_core::people::{finding, person};

use super::import::{bring, file};
use crate::support::TestBook;

/// The text of what came back of a list, and where it stands.
async fn rejected(test: &TestBook, path: &Path) -> (String, PathBuf) {
    let done = bring(test, path).await;
    let back = PathBuf::from(done.rejects_file.as_ref().unwrap_or_else(|| panic!("nothing came back: {done:?}")));
    (std::fs::read_to_string(&back).expect("readable"), back)
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn a_cell_that_is_too_long_comes_back_whole_and_stays_out_until_it_is_mended() {
    let test = TestBook::new().await;
    let long = format!("first word {} last word", "x".repeat(300_000));
    let list = file(&test, "list.csv", &format!("Name,Email,Notes\nAnn Lee,ann@lee.example,{long}\n"));
    let (text, back) = rejected(&test, &list).await;
    assert_eq!(rows(&text)[1][2], long);
    let again = bring(&test, &back).await;
    assert_eq!((again.created, again.rejected), (0, 1), "not mended: not in");
    std::fs::write(&back, text.replace(&"x".repeat(300_000), "x")).expect("mended");
    assert_eq!(bring(&test, &back).await.created, 1);
    let mut db = test.book.read().await.expect("a reader");
    let found = finding::find(&mut db, "ann lee", 2).await.expect("a search");
    let ann = person::get(&mut db, found[0]).await.expect("Ann");
    assert_eq!(ann.facts[0].words, "first word x last word");
}

#[tokio::test]
async fn a_line_that_could_not_be_read_to_its_end_is_nobodys_name() {
    let test = TestBook::new().await;
    let (text, back) = rejected(
        &test,
        &file(
            &test,
            "list.csv",
            "Name,Email,Notes\nTom Ashby,tom@ashby.example,ok\nAnn Lee,ann@x.example,\"never closed\n",
        ),
    )
    .await;
    let once = rows(&text);
    assert_eq!(once[1][0], "Ann Lee,ann@x.example,\"never closed");
    for round in 0..2 {
        let (text, _) = rejected(&test, &back).await;
        let twice = rows(&text);
        assert_eq!(twice[0], ["Name", "Email", "Notes", "Why not imported"], "{round}: one column for the reason");
        assert_eq!(twice[1][..3], once[1][..3]);
        std::fs::write(&back, text).expect("what came back last");
    }
    let mended = text.replace("\"Ann Lee,ann@x.example,\"\"never closed\",,", "Ann Lee,ann@x.example,never closed");
    assert_ne!(mended, text);
    std::fs::write(&back, mended).expect("mended");
    let done = bring(&test, &back).await;
    assert_eq!((done.created, done.rejected), (1, 0), "the reason may stay");
    let one = file(&test, "list.csv", "Name\nAda King\nLi \"Wei\n\"Ann Lee\n");
    let (text, back) = rejected(&test, &one).await;
    assert_eq!(bring(&test, &back).await.created, 0);
    std::fs::write(&back, text.replace("\"\"\"Ann Lee\"", "Ann Lee")).expect("mended");
    assert_eq!(bring(&test, &back).await.created, 1, "in one column, too");
}

#[tokio::test]
async fn why_stands_last_however_many_cells_a_row_has() {
    let test = TestBook::new().await;
    let list = format!("Name,Email\nAnn Lee,ann@x.example,more,and more\nWide{}\n", ",w".repeat(1_200));
    let (text, back) = rejected(&test, &file(&test, "list.csv", &list)).await;
    let once = rows(&text);
    assert_eq!(once[0], ["Name", "Email", "Why not imported"]);
    assert_eq!(once[1][..4], ["Ann Lee", "ann@x.example", "more", "and more"]);
    assert!(once[1][4].ends_with("4 cells where the header has 2: a quotation mark or delimiter is probably missing"));
    assert_eq!(once[2].len(), 1_202, "no cell is lost");
    let (again, _) = rejected(&test, &back).await;
    let twice = rows(&again);
    assert_eq!((twice[1].len(), &twice[1][..4]), (5, &once[1][..4]), "the old reason makes way for the new one");
    std::fs::write(&back, text.replace(",more,and more", "").lines().take(2).collect::<Vec<_>>().join("\n"))
        .expect("mended");
    assert_eq!(bring(&test, &back).await.created, 1);
}

#[tokio::test]
async fn an_address_that_is_none_is_named_and_not_at_length() {
    let test = TestBook::new().await;
    let list = file(&test, "list.csv", &format!("Name,Email\nAnn Lee,ann at {}\n", "é".repeat(100)));
    let (text, _) = rejected(&test, &list).await;
    assert_eq!(rows(&text)[1][2], format!("“ann at {}…” is not an e-mail address", "é".repeat(53)));
    let list = file(&test, "list.csv", "Name,Email\nAnn Lee,ann@x.example,too,many\n");
    let preview = import::preview(&test.book, &list, None).await.expect("a preview");
    assert_eq!(preview.remarks, ["One row cannot be read. It comes back as a file with the reason."]);
}
