//! What `script/bench` times inside the core: an import, the search of each keystroke, duplicates. Prints one line a
//! figure, `name<TAB>milliseconds` where it is a time.
//!
//!   bench csv FILE ROWS        writes a list of people, the same for the same ROWS
//!   bench import FILE BOOK     imports it into a new book
//!   bench export BOOK FILE     writes everyone to it, with the columns of `bench csv`
//!   bench search BOOK          types a mixed list of words, letter by letter
//!   bench list BOOK            puts everyone in order by each column, and shows rows anywhere
//!   bench plain-search DB      types the same into the plain FTS5 table `words` of DB
//!   bench demo BOOK PEOPLE     makes a new book of a believable association
//!   bench duplicates BOOK      looks for who is there twice, and says what memory that took
//!   bench plans BOOK PEOPLE    makes a new book, enters everyone into a plan, and plans anew round a new holiday
//!   bench typed BOOK           asks of new people, letter by letter, whom of the book they may be

#![allow(clippy::print_stdout, reason = "its figures are read from there")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use wellmet_core::exchange::demo::{self, Size};
use wellmet_core::exchange::{export, import};
use wellmet_core::first_run::{NewAssociation, set_up};
use wellmet_core::host::{Host, NoSecrets, WallClock};
use wellmet_core::ids::VolunteerId;
use wellmet_core::people::duplicates::{self, Level};
use wellmet_core::people::{NewPerson, PeopleQuery, PeopleSort, finding, list, order, person};
use wellmet_core::plans::enter::{self, Entering};
use wellmet_core::plans::forecast::{self, ForecastAsk};
use wellmet_core::plans::load::Load;
use wellmet_core::plans::setting::Setting;
use wellmet_core::plans::{catalogue, replan};
use wellmet_core::promises::business_time::Closure;
use wellmet_core::store::{Key, Unlock, undo_last};
use wellmet_core::team::availability::{self, Capacity, Weekdays};
use wellmet_core::team::standards;
use wellmet_core::team::volunteers::{self, NewVolunteer, VolunteerRole};
use wellmet_core::{Actor, Book, Result};

const PASSPHRASE: &str = "only for the bench";

const GIVEN: &[&str] = &[
    "Rania", "Tom", "Ngozi", "Margaret", "Lukas", "Siobhan", "Mei", "Priya", "Ana", "Helen", "José", "Zoë", "Ahmed",
    "Ingrid", "Kofi", "Yuki", "Olga", "Pedro", "Fatima", "Liam", "Chloé", "Søren", "Aiko", "Dmitri", "Nia",
];
const FAMILY: &[&str] = &[
    "Haddad",
    "Ashby",
    "Eze",
    "O'Donnell",
    "Brandt",
    "Kelly",
    "Tanaka",
    "Nair",
    "Silva",
    "Barrow",
    "García",
    "Müller",
    "Khan",
    "Larsen",
    "Mensah",
    "Sato",
    "Petrova",
    "Costa",
    "Hassan",
    "Murphy",
    "Dubois",
    "Jensen",
    "Ito",
    "Volkov",
];
const WORK: &[&str] = &["Interiors", "& Sons", "Bakery", "Joinery", "Law", "Physio", "Studio", "Consulting", "Foods"];

#[tokio::main]
async fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["csv", file, rows] => write_csv(Path::new(file), rows.parse().unwrap_or(100_000)),
        ["import", file, book] => time_import(Path::new(file), Path::new(book)).await,
        ["export", book, file] => time_export(Path::new(book), Path::new(file)).await,
        ["search", book] => time_search(Path::new(book)).await,
        ["list", book] => time_list(Path::new(book)).await,
        ["plain-search", file] => time_plain_search(Path::new(file)).await,
        ["demo", book, people] => make_demo(Path::new(book), people.parse().unwrap_or(100_000)).await,
        ["duplicates", book] => time_duplicates(Path::new(book)).await,
        ["plans", book, people] => time_plans(Path::new(book), people.parse().unwrap_or(100_000)).await,
        ["typed", book] => time_typed(Path::new(book)).await,
        _ => Err(wellmet_core::Error::invalid(
            "bench csv FILE ROWS | import FILE BOOK | export BOOK FILE | search BOOK | list BOOK | plain-search DB | \
             demo BOOK PEOPLE | duplicates BOOK | plans BOOK PEOPLE | typed BOOK",
        )),
    }
}

fn write_csv(file: &Path, rows: u32) -> Result<()> {
    let mut random = StdRng::seed_from_u64(rows.into());
    let mut out = csv::Writer::from_path(file).map_err(|error| wellmet_core::Error::internal(error.to_string()))?;
    let fault = |error: csv::Error| wellmet_core::Error::internal(error.to_string());
    out.write_record([
        "Record ID",
        "First Name",
        "Last Name",
        "Organization",
        "E-mail",
        "Mobile Phone",
        "City",
        "Notes",
    ])
    .map_err(fault)?;
    for row in 0..rows {
        let given = GIVEN[random.random_range(0..GIVEN.len())];
        let family = FAMILY[random.random_range(0..FAMILY.len())];
        let work = format!("{family} {}", WORK[random.random_range(0..WORK.len())]);
        let phone = format!("04{:08}", random.random_range(0..100_000_000u32));
        out.write_record([
            row.to_string(),
            given.to_owned(),
            format!("{family}{}", if row % 7 == 0 { format!("-{}", row % 1000) } else { String::new() }),
            work,
            format!("person{row}@example.org"),
            phone,
            "Brisbane".to_owned(),
            format!("met at event {}", row % 50),
        ])
        .map_err(fault)?;
    }
    out.flush()?;
    Ok(())
}

fn host() -> Host {
    Host { clock: Arc::new(WallClock), secrets: Arc::new(NoSecrets) }
}

async fn make_book(folder: &Path) -> Result<(Book, VolunteerId)> {
    let created = Book::create(folder, host(), Some(PASSPHRASE.into())).await?;
    let new = NewAssociation {
        name: "Bench".into(),
        country: "AU".into(),
        zone: "Australia/Brisbane".into(),
        openings: vec![],
        director: "Bench".into(),
        pin: None,
    };
    let director = set_up(&created.book, &new).await?;
    Ok((created.book, director))
}

async fn make_demo(folder: &Path, people: u32) -> Result<()> {
    let (book, director) = make_book(folder).await?;
    demo::fill(&book, director, &Size { people, seed: people.into() }).await?;
    book.close().await;
    Ok(())
}

async fn time_import(file: &Path, folder: &Path) -> Result<()> {
    let (book, director) = make_book(folder).await?;
    let actor = Actor::Volunteer(director);
    let (began, spent) = (Instant::now(), processor_ms());
    let id = import::begin(&book, actor, file, &import::Choices::default()).await?;
    let done = import::run(&book, actor, id, &AtomicBool::new(false), &|_| {}).await?;
    println!("import\t{}", began.elapsed().as_millis());
    println!("processor\t{}", processor_ms() - spent);
    println!("memory_mib\t{}", peak_mib());
    println!("created\t{}", done.created);
    book.close().await;
    Ok(())
}

async fn time_export(folder: &Path, file: &Path) -> Result<()> {
    use export::ExportColumn::{Emails, Family, Given, Notes, Organisation, Phones, Place, RecordId};
    let book = Book::open(folder, host(), Key::Typed(Unlock::Passphrase(PASSPHRASE.into()))).await?;
    let columns = vec![RecordId, Given, Family, Organisation, Emails, Phones, Place, Notes];
    let order = export::Order { columns, form: export::ExportForm::Exact, ..export::Order::default() };
    let (began, spent) = (Instant::now(), processor_ms());
    let done = export::export(&book, Actor::Wellmet, file, &order).await?;
    println!("export\t{}", began.elapsed().as_millis());
    println!("processor\t{}", processor_ms() - spent);
    println!("memory_mib\t{}", peak_mib());
    println!("rows\t{}", done.rows);
    book.close().await;
    Ok(())
}

/// What all threads of this process have computed so far: on a machine that others share it says more than the clock.
fn processor_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Fields 14 and 15, counted behind the name in brackets, in hundredths of a second (proc(5)).
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10
}

/// Names, workplaces, accents left out, an address, a number, a town and a note that everyone has, slips of the finger: typed in
/// full, letter by letter.
const TYPED: &[&str] = &[
    "rania haddad",
    "o'donnell",
    "brandt joinery",
    "garcia",
    "person4711@",
    "0412345",
    "zoe muller",
    "kelly law",
    "brisbane",
    "event",
    "margarte",
    "yuki tnaaka",
];

fn keystrokes() -> impl Iterator<Item = &'static str> {
    TYPED.iter().flat_map(|words| words.char_indices().map(|(at, letter)| &words[..at + letter.len_utf8()]))
}

async fn time_search(folder: &Path) -> Result<()> {
    let book = Book::open(folder, host(), Key::Typed(Unlock::Passphrase(PASSPHRASE.into()))).await?;
    let mut db = book.read().await?;
    let mut times = Vec::new();
    for typed in keystrokes() {
        let began = Instant::now();
        finding::find(&mut db, typed, 50).await?;
        times.push((began.elapsed(), typed));
    }
    print_search(times);
    Ok(())
}

/// Rows of one page, at places all through the list.
const PAGE: usize = 50;

async fn time_list(folder: &Path) -> Result<()> {
    let book = Book::open(folder, host(), Key::Typed(Unlock::Passphrase(PASSPHRASE.into()))).await?;
    let mut db = book.read().await?;
    let query = PeopleQuery::default();
    let began = Instant::now();
    list::first(&mut db, book.now(), &query, PAGE as u32).await?;
    println!("first\t{:.2}", began.elapsed().as_secs_f64() * 1000.0);
    let mut whole = Vec::new();
    for sort in std::iter::once(None).chain(PeopleSort::ALL.iter().copied().map(Some)) {
        let began = Instant::now();
        let order = order::order(&mut db, book.now(), &PeopleQuery { sort, ..query.clone() }).await?;
        println!("order_{}\t{}", sort.map_or("everyone", PeopleSort::as_str), began.elapsed().as_millis());
        whole = order.ids;
    }
    let mut random = StdRng::seed_from_u64(1);
    let mut times = Vec::new();
    for _ in 0..200 {
        let from = random.random_range(0..whole.len().saturating_sub(PAGE).max(1));
        let to = (from + PAGE).min(whole.len());
        let began = Instant::now();
        list::rows(&mut db, &whole[from..to]).await?;
        times.push((began.elapsed(), "a page"));
    }
    print_search(times);
    println!("memory_mib\t{}", peak_mib());
    Ok(())
}

async fn time_plain_search(file: &Path) -> Result<()> {
    use sqlx::Connection as _;
    let mut db = sqlx::SqliteConnection::connect(&file.to_string_lossy()).await?;
    let mut times = Vec::new();
    for typed in keystrokes() {
        let terms: Vec<String> = typed.split_whitespace().map(|word| format!("\"{word}\"*")).collect();
        let began = Instant::now();
        let found: Vec<(i64,)> = sqlx::query_as("SELECT rowid FROM words WHERE words MATCH $1 ORDER BY rank LIMIT 50")
            .bind(terms.join(" "))
            .fetch_all(&mut db)
            .await?;
        times.push((began.elapsed(), typed));
        drop(found);
    }
    print_search(times);
    Ok(())
}

async fn time_duplicates(folder: &Path) -> Result<()> {
    let book = Book::open(folder, host(), Key::Typed(Unlock::Passphrase(PASSPHRASE.into()))).await?;
    let mut db = book.read().await?;
    println!("people\t{}", list::count(&mut db).await?);
    let began = Instant::now();
    let found = duplicates::find(&mut db).await?;
    println!("duplicates\t{}", began.elapsed().as_millis());
    println!("pairs\t{}", found.len());
    println!("narrow\t{}", found.iter().filter(|pair| pair.level == Level::Narrow).count());
    println!("memory_mib\t{}", peak_mib());
    Ok(())
}

/// So many for each volunteer; each does twenty a day, so that all of them fill a quarter.
const PEOPLE_A_VOLUNTEER: u32 = 1_000;
const TOUCHES_A_DAY: u32 = 20;

async fn time_plans(folder: &Path, people: u32) -> Result<()> {
    let (book, director) = make_book(folder).await?;
    let actor = Actor::Volunteer(director);
    let mut edit = book.write(actor, "add_volunteer").await?;
    let mut keepers = Vec::new();
    for number in 0..(people / PEOPLE_A_VOLUNTEER).max(1) {
        let new = NewVolunteer { name: format!("Volunteer {number}"), role: VolunteerRole::Volunteer, pin: None };
        let volunteer = volunteers::add(&mut edit, &new).await?;
        keepers.push(volunteer);
    }
    let takes_on = |volunteer| Capacity { volunteer, works_on: Weekdays::ALL, daily_limit: Some(TOUCHES_A_DAY) };
    availability::set_capacities(&mut edit, &keepers.iter().map(|keeper| takes_on(*keeper)).collect::<Vec<_>>())
        .await?;
    let mut all = Vec::new();
    for row in 0..people as usize {
        let name = format!("{} {}", GIVEN[row % GIVEN.len()], FAMILY[row / GIVEN.len() % FAMILY.len()]);
        let new = NewPerson { name, keeper: Some(keepers[row % keepers.len()]), ..NewPerson::default() };
        all.push(person::create(&mut edit, &new).await?);
    }
    edit.commit().await?;
    catalogue::complete(&book).await?;
    let plans = catalogue::all(&mut book.read().await?).await?;
    let plan = plans.iter().find(|plan| plan.name == "New inquiry").map(|plan| plan.id);
    let plan = plan.ok_or_else(|| wellmet_core::Error::internal("a plan of ours is not there"))?;
    let entering = Entering { plan, people: all, list: None, date: None, start: None, spread: true, again: false };
    let began = Instant::now();
    let entered = enter::enter(&book, actor, &entering).await?;
    println!("enter\t{}", began.elapsed().as_millis());
    println!("entered\t{}", entered.enter);
    let began = Instant::now();
    let foreseen = forecast::forecast(&mut book.read().await?, book.now(), &ForecastAsk::default()).await?;
    println!("forecast\t{}", began.elapsed().as_millis());
    println!("touches\t{}", foreseen.days.iter().map(|day| day.total).sum::<u32>());
    // A day on which everybody is to do something, and not the first.
    let mut db = book.read().await?;
    let setting = Setting::of(&mut db, book.now()).await?;
    let load = Load::of_ledger(&mut db, &setting).await?;
    drop(db);
    let everybody = TOUCHES_A_DAY * u32::try_from(keepers.len()).unwrap_or(u32::MAX);
    let busy = load.days().filter(|day| load.total_on(*day) >= everybody).nth(10);
    let holiday = busy.ok_or_else(|| wellmet_core::Error::internal("no day is full"))?;
    let mut edit = book.write(actor, "add_closure").await?;
    standards::add_closures(&mut edit, &[Closure::new("A holiday", holiday, holiday)]).await?;
    edit.commit().await?;
    let (began, spent) = (Instant::now(), processor_ms());
    let shown = replan::preview(&mut book.read().await?, book.now()).await?;
    println!("preview\t{}", began.elapsed().as_millis());
    replan::apply(&book, actor, &shown.stamp).await?;
    println!("replan\t{}", began.elapsed().as_millis());
    println!("processor\t{}", processor_ms() - spent);
    println!("moved\t{}", shown.move_count);
    let began = Instant::now();
    undo_last(&book, actor).await?;
    println!("undo\t{}", began.elapsed().as_millis());
    println!("memory_mib\t{}", peak_mib());
    book.close().await;
    Ok(())
}

/// The most memory that this process ever held.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// A common name, one as it sounds, crosswise, with a number, with an address, at a workplace.
fn newcomers() -> Vec<NewPerson> {
    let named = |name: &str| NewPerson { name: name.into(), ..NewPerson::default() };
    let whole = [
        named("Rania Haddad"),
        named("Ranya Hadad"),
        named("O'Donnell Margaret"),
        NewPerson { phone: "0412 345 678".into(), ..named("Tom Ashby") },
        NewPerson { email: "person4711@example.org".into(), ..named("Mei Tanaka") },
        NewPerson { organisation: "Brandt Joinery".into(), ..named("Lukas Brandt") },
    ];
    let letters = whole.iter().flat_map(|person| {
        person.name.char_indices().map(|(at, letter)| {
            let name = person.name[..at + letter.len_utf8()].to_owned();
            NewPerson { name, ..person.clone() }
        })
    });
    letters.collect()
}

async fn time_typed(folder: &Path) -> Result<()> {
    let book = Book::open(folder, host(), Key::Typed(Unlock::Passphrase(PASSPHRASE.into()))).await?;
    let mut db = book.read().await?;
    let newcomers = newcomers();
    let mut times = Vec::new();
    for person in &newcomers {
        let began = Instant::now();
        duplicates::like(&mut db, person).await?;
        times.push((began.elapsed(), person.name.as_str()));
    }
    print_search(times);
    Ok(())
}

fn print_search(mut times: Vec<(Duration, &str)>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].0.as_secs_f64() * 1000.0;
    println!("p50\t{:.2}", at(50));
    println!("p90\t{:.2}", at(90));
    println!("p99\t{:.2}", at(99));
    println!("most\t{:.2}", at(100));
    println!("most_at\t{}", times[times.len() - 1].1);
}
