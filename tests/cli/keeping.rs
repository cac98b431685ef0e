use crate::support::{Cli, fields, in_folder};

fn with_rania() -> Cli {
    let cli = Cli::with_book();
    let list = cli.file("people.csv", "Name,Phone\nRania Haddad,07 3000 1234\n");
    assert_eq!(cli.json(["import", list.to_str().unwrap()])["created"], 1);
    cli
}

fn knows_rania(cli: &Cli) -> bool {
    !cli.json(["search", "rania"])["people"].as_array().unwrap().is_empty()
}

#[test]
fn a_backup_brings_everything_back_on_another_computer() {
    let mut cli = with_rania();
    let file = cli.path("chamber.db");
    let file = file.to_str().unwrap();
    let done = cli.json(["backup", file]);
    assert_eq!(fields(&done), ["file", "key_file"]);
    cli.run(["backup", file]).refused(2, "there already");

    std::fs::remove_dir_all(&cli.book).unwrap();
    cli.book = cli.path("new/computer/book");
    let done = cli.json(["restore", file]);
    assert_eq!(fields(&done), ["book", "from"]);
    assert!(knows_rania(&cli));
    assert_eq!(cli.json(["check"])["ok"], true);

    // Without its wrapped key a copy is worth nothing, and that is said before anything is made.
    std::fs::remove_file(format!("{file}.json")).unwrap();
    cli.book = cli.path("third");
    cli.run(["restore", file]).refused(1, "chamber.db.json");
    assert!(!cli.book.join("book.db").exists());
}

#[test]
fn what_was_there_is_kept_beside_it() {
    let cli = with_rania();
    let file = cli.path("monday.db");
    let file = file.to_str().unwrap();
    cli.json(["backup", file]);
    let list = cli.file("more.csv", "Name\nNadia Farah\n");
    cli.json(["import", list.to_str().unwrap()]);
    cli.json(["restore", file]);
    let nadia = cli.json(["search", "nadia"]);
    assert_eq!(nadia["people"].as_array().unwrap().len(), 0, "as it was on Monday");
    assert!(knows_rania(&cli));
    assert!(
        in_folder(&cli.book).iter().any(|name| name.starts_with("book.db.replaced-")),
        "{:?}",
        in_folder(&cli.book)
    );
}

#[test]
fn a_damaged_book_comes_back_from_its_backup() {
    let cli = with_rania();
    let file = cli.path("monday.db");
    let file = file.to_str().unwrap();
    cli.json(["backup", file]);
    std::fs::write(cli.book.join("book.db"), b"not a book at all").unwrap();
    assert_eq!(cli.run(["today"]).code, 1);
    cli.json(["restore", file]);
    assert!(knows_rania(&cli));
}

#[test]
fn only_a_whole_backup_of_this_book_is_restored() {
    let cli = with_rania();
    let before = std::fs::read(cli.book.join("book.db")).unwrap();
    let rubbish = cli.file("rubbish.db", &"rubbish ".repeat(2000));
    cli.run(["restore", rubbish.to_str().unwrap()]).refused(1, "not a backup of this book");

    let good = cli.path("good.db");
    cli.json(["backup", good.to_str().unwrap()]);
    let before_damage = std::fs::read(&good).unwrap();
    let cut = cli.path("cut.db");
    std::fs::write(&cut, &before_damage[..before_damage.len() / 2]).unwrap();
    let ran = cli.run(["restore", cut.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "half a backup is none: {}", ran.err);

    let other = Cli::with_book();
    let others = cli.path("others.db");
    assert_eq!(other.run(["backup", others.to_str().unwrap()]).code, 0);
    std::fs::remove_file(format!("{}.json", others.display())).unwrap();
    cli.run(["restore", others.to_str().unwrap()]).refused(1, "not a backup of this book");

    assert_eq!(std::fs::read(cli.book.join("book.db")).unwrap(), before, "and the book is as it was");
    assert!(knows_rania(&cli));
}
