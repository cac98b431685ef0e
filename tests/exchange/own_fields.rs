//! The association's own fields in lists: out and in again to the byte, known by their names, made where one says so, and
//! nothing lost that does not fit.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use wellmet_core::exchange::export::{ExportColumn, ExportForm, Order, export};
use wellmet_core::exchange::import::{self, Choices, ImportProgress, Preflight};
use wellmet_core::ids::{FieldId, PersonId};
use wellmet_core::people::fields::{self, FieldKind, NewCustomField};
use wellmet_core::people::{finding, list, person};
use wellmet_core::{Code, Result};

use crate::support::TestBook;

async fn add(t: &TestBook, name: &str, kind: FieldKind, options: &[&str]) -> FieldId {
    let options = options.iter().map(|&option| option.to_owned()).collect();
    let mut edit = t.book.write(t.helen(), "add_field").await.unwrap();
    let id = fields::add(&mut edit, &NewCustomField { name: name.into(), kind, options }).await.unwrap();
    edit.commit().await.unwrap();
    id
}

async fn set(t: &TestBook, person: PersonId, field: FieldId, typed: &str) {
    let mut edit = t.book.write(t.helen(), "set_field").await.unwrap();
    fields::set(&mut edit, person, field, typed).await.unwrap();
    edit.commit().await.unwrap();
}

fn file(t: &TestBook, name: &str, text: &str) -> PathBuf {
    let path = t.folder().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn mapped(columns: &[(&str, &str)]) -> Choices {
    columns.iter().map(|(header, word)| ((*header).to_owned(), (*word).to_owned())).collect::<BTreeMap<_, _>>().into()
}

async fn try_bring(t: &TestBook, path: &Path, choices: &Choices) -> Result<ImportProgress> {
    let id = import::begin(&t.book, t.helen(), path, choices).await?;
    import::run(&t.book, t.helen(), id, &AtomicBool::new(false), &|_| {}).await
}

async fn bring(t: &TestBook, path: &Path, choices: &Choices) -> [u32; 4] {
    let done = try_bring(t, path, choices).await.expect("an import");
    [done.created, done.updated, done.unchanged, done.rejected]
}

async fn look(t: &TestBook, path: &Path, choices: &Choices) -> Preflight {
    import::preflight(&t.book, t.helen(), path, choices, &AtomicBool::new(false), &|_, _| {}).await.expect("a look")
}

async fn out(t: &TestBook, name: &str, order: &Order) -> String {
    let path = t.folder().join(name);
    export(&t.book, t.helen(), &path, order).await.expect("a list");
    std::fs::read_to_string(path).unwrap()
}

fn exact() -> Order {
    Order { form: ExportForm::Exact, ..Order::default() }
}

/// What the one person that these words find has, by the field's name.
async fn has(t: &TestBook, words: &str) -> BTreeMap<String, String> {
    let mut db = t.book.read().await.unwrap();
    let found = finding::find(&mut db, words, 10).await.unwrap();
    assert_eq!(found.len(), 1, "one person for “{words}”");
    let all = person::get(&mut db, found[0]).await.unwrap().fields;
    all.into_iter().map(|one| (one.name, one.value)).collect()
}

async fn kinds(t: &TestBook) -> Vec<(String, FieldKind, Vec<String>)> {
    let all = fields::all(&mut t.book.read().await.unwrap()).await.unwrap();
    let names = |options: Vec<fields::FieldOption>| options.into_iter().map(|option| option.name).collect();
    all.into_iter().map(|field| (field.name, field.kind, names(field.options))).collect()
}

fn map<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[tokio::test]
async fn out_in_and_out_again_is_the_same_to_the_byte() {
    let t = TestBook::new().await;
    let (ada, ben) = (t.named("Ada Low").await, t.named("Ben Orr").await);
    t.named("Cas Moon").await;
    let diet = add(&t, "Diet, if any (choice)", FieldKind::Choice, &["None", "n/a", "Halal"]).await;
    let email = add(&t, "Email", FieldKind::Text, &[]).await;
    let number = add(&t, "Member number", FieldKind::Number, &[]).await;
    let joined = add(&t, "Phone since", FieldKind::Date, &[]).await;
    for (person, field, value) in [
        (ada, diet, "None"),
        (ada, email, "=1+1 \"x\" ::: \\: رانيا"),
        (ada, number, "0042.50"),
        (ada, joined, "0999-02-01"),
        (ben, diet, "n/a"),
        (ben, email, "-"),
        (ben, number, "+7"),
    ] {
        set(&t, person, field, value).await;
    }
    let first = out(&t, "first.csv", &exact()).await;
    assert!(
        first.contains("\"Diet, if any (choice) (choice)\",Email (text),Member number (number),Phone since (date)")
    );

    let path = t.folder().join("first.csv");
    assert_eq!(bring(&t, &path, &Choices::default()).await, [0, 0, 3, 0], "into the same book: nothing new");
    assert_eq!(out(&t, "again.csv", &exact()).await, first);

    let other = TestBook::new().await;
    assert_eq!(bring(&other, &path, &Choices::default()).await, [3, 0, 0, 0]);
    assert_eq!(out(&other, "second.csv", &exact()).await, first);
    let kept: Vec<(String, FieldKind)> = kinds(&other).await.into_iter().map(|(name, kind, _)| (name, kind)).collect();
    let wanted: Vec<(String, FieldKind)> = kinds(&t).await.into_iter().map(|(name, kind, _)| (name, kind)).collect();
    assert_eq!(kept, wanted, "the new book has the fields, in their order");
    assert_eq!(bring(&other, &path, &Choices::default()).await, [0, 0, 3, 0], "the same file twice changes nothing");

    // What the list made goes with it.
    let import = import::list(&mut other.book.read().await.unwrap()).await.unwrap().pop().unwrap();
    let undone = import::undo(&other.book, other.helen(), import.import).await.expect("undone");
    assert_eq!((undone.kept, undone.failed), (0, 0));
    assert_eq!(kinds(&other).await, []);
    assert_eq!(list::count(&mut other.book.read().await.unwrap()).await.unwrap(), 0);
    assert!(other.book.check().await.unwrap().ok);
}

#[tokio::test]
async fn an_export_has_the_fields_that_are_wanted() {
    let t = TestBook::new().await;
    let ada = t.named("Ada Low").await;
    let diet = add(&t, "Diet", FieldKind::Choice, &["Halal"]).await;
    let hobby = add(&t, "Hobby", FieldKind::Text, &[]).await;
    set(&t, ada, diet, "Halal").await;
    set(&t, ada, hobby, "+sails").await;
    let mut order = Order { columns: vec![ExportColumn::Name, ExportColumn::Fields], ..Order::default() };
    let text = out(&t, "all.csv", &order).await;
    assert_eq!(text.trim_start_matches('\u{feff}'), "Name,Diet,Hobby\r\nAda Low,Halal,'+sails\r\n");
    order.without_fields = vec![diet];
    assert!(out(&t, "some.csv", &order).await.contains("Name,Hobby\r\n"));
    order.columns = vec![ExportColumn::Name];
    assert!(out(&t, "none.csv", &order).await.contains("Name\r\nAda Low\r\n"));
}

#[tokio::test]
async fn a_column_goes_to_the_field_of_its_name_and_what_does_not_fit_is_named() {
    let t = TestBook::new().await;
    add(&t, "Member number", FieldKind::Number, &[]).await;
    add(&t, "Diet", FieldKind::Choice, &["Vegan", "Halal"]).await;
    add(&t, "Joined", FieldKind::Date, &[]).await;
    let text = "Name,Email,MEMBER NUMBER,diet,Joined\n\
        Ada Low,ada@example.org,\"1,250\",vegan,25/07/2019\n\
        Ben Orr,ben@example.org,twelve,,\n\
        Cas Moon,cas@example.org,7,Kosher,\n\
        Dov Katz,dov@example.org,-,,2020-02-30\n\
        Eva Lind,eva@example.org,0042,Halal,2020-02-29\n";
    let path = file(&t, "list.csv", text);
    let told = look(&t, &path, &Choices::default()).await;
    assert_eq!((told.created, told.rejected), (2, 3));
    let whys: Vec<(u32, &str)> = told.rejects.iter().map(|reason| (reason.first_row, reason.why.as_str())).collect();
    for (row, words) in [(2, "is no number"), (3, "is not among the choices of “Diet”"), (4, "is no date")] {
        assert!(whys.iter().any(|(at, why)| *at == row && why.contains(words)), "row {row}: {whys:?}");
    }
    let done = try_bring(&t, &path, &Choices::default()).await.unwrap();
    assert_eq!((done.created, done.rejected), (2, 3), "what was told is what was done");
    assert_eq!(has(&t, "ada low").await, map([("Member number", "1250"), ("Diet", "Vegan"), ("Joined", "2019-07-25")]));
    let rejects = std::fs::read_to_string(done.rejects_file.expect("the rows come back")).unwrap();
    assert!(rejects.contains("Cas Moon") && rejects.contains("Kosher"), "nothing is lost: {rejects}");

    // Told to, it adds to the choices; once, however many say it.
    let adding = Choices { add_options: true, ..Choices::default() };
    let more = "Name,Email,Diet\nCas Moon,cas@example.org,Kosher\nFay Ohm,fay@example.org,kosher\n";
    let path = file(&t, "more.csv", more);
    assert_eq!(bring(&t, &path, &adding).await, [2, 0, 0, 0]);
    assert_eq!(kinds(&t).await[1].2, ["Vegan", "Halal", "Kosher"]);
    assert_eq!(has(&t, "fay ohm").await, map([("Diet", "Kosher")]));
    assert_eq!(bring(&t, &path, &adding).await, [0, 0, 2, 0]);
}

#[tokio::test]
async fn a_list_corrects_and_the_first_of_two_rows_is_believed() {
    let t = TestBook::new().await;
    add(&t, "Diet", FieldKind::Choice, &["Vegan", "Halal"]).await;
    add(&t, "Hobby", FieldKind::Text, &[]).await;
    let first = file(&t, "first.csv", "Name,Email,Diet\nAda Low,ada@example.org,Vegan\n");
    assert_eq!(bring(&t, &first, &Choices::default()).await, [1, 0, 0, 0]);
    let text = "Name,Email,Diet,Hobby\nAda Low,ada@example.org,Halal,\nAda Low,ada@example.org,Vegan,sails\n";
    let second = file(&t, "second.csv", text);
    let told = look(&t, &second, &Choices::default()).await;
    let change = &told.changes[0].changes[0];
    assert_eq!((change.before.as_str(), change.after.as_str()), ("Diet: Vegan", "Diet: Halal"));
    assert_eq!(bring(&t, &second, &Choices::default()).await, [0, 2, 0, 0]);
    assert_eq!(has(&t, "ada low").await, map([("Diet", "Halal"), ("Hobby", "sails")]));
    assert_eq!(bring(&t, &second, &Choices::default()).await, [0, 0, 2, 0], "the same file twice changes nothing");

    let import = import::list(&mut t.book.read().await.unwrap()).await.unwrap();
    import::undo(&t.book, t.helen(), import[1].import).await.expect("undone");
    assert_eq!(has(&t, "ada low").await, map([("Diet", "Vegan")]));
}

#[tokio::test]
async fn a_column_is_kept_as_a_new_field_of_the_kind_that_it_looks_like() {
    let t = TestBook::new().await;
    let mut text = "Name,Size,Shoe,Since,Motto\n".to_owned();
    for at in 0..30 {
        let size = ["S", "M", "L"][at % 3];
        text.push_str(&format!("Person Number{at},{size},{}.5,{}/03/2019,Motto {at}\n", 36 + at % 5, 13 + at % 10));
    }
    let path = file(&t, "list.csv", &text);
    let new = mapped(&[("Size", "new_field"), ("Shoe", "new_field"), ("Since", "new_field"), ("Motto", "new_field")]);
    let preview = import::preview(&t.book, &path, Some(new.clone())).await.unwrap();
    let words: Vec<&str> = preview.columns[1..].iter().map(|column| column.field.as_str()).collect();
    assert_eq!(words, ["new_field:choice", "new_field:number", "new_field:date", "new_field:text"]);
    let before = kinds(&t).await;
    look(&t, &path, &new).await;
    assert_eq!(kinds(&t).await, before, "a look makes nothing");
    assert_eq!(bring(&t, &path, &new).await, [30, 0, 0, 0]);
    let mut all = kinds(&t).await;
    all[0].2.sort_unstable();
    assert_eq!(all[0], ("Size".into(), FieldKind::Choice, vec!["L".into(), "M".into(), "S".into()]));
    assert_eq!(all[2].1, FieldKind::Date);
    assert_eq!(has(&t, "number0").await["Since"], "2019-03-13");

    // The second time it is there, and is known by its name.
    assert_eq!(bring(&t, &path, &Choices::default()).await, [0, 0, 30, 0]);
    assert_eq!(bring(&t, &path, &new).await, [0, 0, 30, 0]);

    for (word, code) in
        [("new_field:colour", Code::Invalid), ("field:Nonesuch", Code::Invalid), ("field", Code::Invalid)]
    {
        let error = try_bring(&t, &path, &mapped(&[("Size", word)])).await.expect_err(word);
        assert_eq!(error.code, code, "{word}: {}", error.message);
    }
    let import = import::list(&mut t.book.read().await.unwrap()).await.unwrap().pop().unwrap();
    let undone = import::undo(&t.book, t.helen(), import.import).await.unwrap();
    assert_eq!((undone.kept, undone.failed), (0, 0));
    assert_eq!(kinds(&t).await, []);
}

#[tokio::test]
async fn a_field_that_was_filled_since_stays_when_its_list_is_undone() {
    let t = TestBook::new().await;
    let path = file(&t, "list.csv", "Name,Motto\nAda Low,Onwards\n");
    assert_eq!(bring(&t, &path, &mapped(&[("Motto", "new_field:text")])).await, [1, 0, 0, 0]);
    let ben = t.named("Ben Orr").await;
    let motto = fields::named(&mut t.book.read().await.unwrap(), "motto").await.unwrap().expect("it was made").id;
    set(&t, ben, motto, "Slowly").await;
    let import = import::list(&mut t.book.read().await.unwrap()).await.unwrap().pop().unwrap();
    let undone = import::undo(&t.book, t.helen(), import.import).await.unwrap();
    assert_eq!(undone.failed, 0);
    assert_eq!(has(&t, "ben orr").await, map([("Motto", "Slowly")]), "what somebody else wrote in it is not lost");
    assert!(t.book.check().await.unwrap().ok);
}
