//! The rules of the house, as tests that can fail. Each has a second test, with a planted violation.

use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

// --- 1. The core has no window ------------------------------------------------------------------------------------

/// What a window is made of; a name with a dash is a prefix.
const WINDOW: &[&str] = &["tauri", "tauri-", "wry", "tao", "gtk", "gtk-", "gtk4", "webkit2gtk", "webkit2gtk-", "winit"];

fn window_parts(tree: &str) -> Vec<&str> {
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|name| WINDOW.iter().any(|w| name == w || (w.ends_with('-') && name.starts_with(w)))).collect()
}

#[test]
fn the_core_is_built_without_a_window() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--offline",
            "--package",
            "wellmet-core",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let tree = String::from_utf8(output.stdout).expect("names are text");
    assert!(output.status.success(), "cargo tree failed: {}", String::from_utf8_lossy(&output.stderr));
    assert!(tree.lines().any(|line| line.starts_with("sqlx ")), "the tree was read: the core stands on sqlx");
    assert_eq!(
        window_parts(&tree),
        Vec::<&str>::new(),
        "a core that needs a window cannot be tested or served without"
    );
}

#[test]
fn a_window_in_the_core_is_caught() {
    let tree = "wellmet-core v0.1.0\ntauri-plugin-opener v2.7.0\ntaotie v1.0.0\nwry v0.54.0 (*)\ntokio v1.0.0";
    assert_eq!(window_parts(tree), ["tauri-plugin-opener", "wry"]);
}

// --- 2. Areas talk downwards --------------------------------------------------------------------------------------

/// What everything may stand on.
const GROUND: &[&str] = &["error", "host", "ids", "time", "words"];

/// Modules that know no book, only values: anyone may call them, wherever they stand, and they may name none but the
/// ground.
const PURE: &[&str] = &["promises::business_time"];

/// Each area, and the areas below it that it may name. Two that do not name each other stand side by side.
const AREAS: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("ids", &[]),
    ("words", &[]),
    // `From<sqlx::Error>` has to stand beside `Error`; what a database's error means, `store` knows.
    ("error", &["store"]),
    ("host", &[]),
    ("store", &[]),
    ("team", &["store"]),
    ("people", &["store", "team"]),
    ("promises", &["store", "people", "team"]),
    ("calls", &["store", "people", "team", "promises"]),
    ("plans", &["store", "people", "team", "promises"]),
    ("care", &["store", "people", "team", "promises"]),
    ("mail", &["store", "people", "team", "promises", "calls", "plans"]),
    ("exchange", &["store", "people", "team", "promises", "calls", "plans", "care", "mail"]),
    ("first_run", &["store", "people", "team", "promises", "calls", "exchange"]),
    ("leadership", &["store", "people", "team", "promises", "calls", "plans", "care"]),
];

/// What `crate::` offers beside the areas, and where it comes from.
const AT_THE_ROOT: &[(&str, &str)] = &[
    ("Code", "error"),
    ("Error", "error"),
    ("Result", "error"),
    ("Millis", "time"),
    ("Actor", "store"),
    ("Book", "store"),
    ("args", "store"),
    ("statements", "store"),
    ("reversals", "store"),
    ("watches", "promises"),
];

fn upward_imports(file: &str, source: &str) -> Vec<String> {
    let area = area_of(file);
    let Some((_, below)) = AREAS.iter().find(|(name, _)| *name == area) else {
        return vec![format!("{file}: the area `{area}` has no place in the order yet; give it one in tests/house.rs")];
    };
    let module = module_of(file);
    let pure = PURE.contains(&module.join("::").as_str());
    let mut named = Vec::new();
    crate_paths(&mut module.clone(), tokens(file, source), &mut named);
    named.sort();
    named.dedup();
    let allowed = |path: &String| {
        let first = path.split("::").next().unwrap_or(path);
        let from = AT_THE_ROOT.iter().find(|(item, _)| *item == first).map_or(first, |(_, from)| from);
        let in_reach = from == area || below.contains(&from);
        GROUND.contains(&from) || PURE.contains(&path.as_str()) || (in_reach && !pure)
    };
    named.into_iter().filter(|path| !allowed(path)).map(|path| format!("{file}: `{area}` names `{path}`")).collect()
}

/// The first two names after `crate::` of every path in `tokens`, with `super::` resolved from `module`.
fn crate_paths(module: &mut Vec<String>, tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(word) if word == "mod" => {
                if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                    (tokens.get(at + 1), tokens.get(at + 2))
                {
                    module.push(name.to_string());
                    crate_paths(module, body.stream(), found);
                    module.pop();
                    at += 2;
                }
            }
            TokenTree::Ident(word) if word == "crate" && is_path(&tokens, at + 1) => {
                first_names(&tokens[at + 3..], found);
            }
            TokenTree::Ident(word) if word == "super" => {
                let mut up = 1;
                while is_path(&tokens, at + 1) && is_word(&tokens, at + 3, "super") {
                    up += 1;
                    at += 3;
                }
                if up == module.len() && is_path(&tokens, at + 1) {
                    first_names(&tokens[at + 3..], found);
                }
            }
            TokenTree::Group(group) => crate_paths(module, group.stream(), found),
            _ => {}
        }
        at += 1;
    }
}

/// `a::b::c` gives `a::b`, and `{a::b, c}` gives `a::b` and `c`.
fn first_names(tokens: &[TokenTree], found: &mut Vec<String>) {
    match tokens.first() {
        Some(TokenTree::Ident(name)) => {
            let mut below = Vec::new();
            if is_path(tokens, 1) {
                first_names(&tokens[3..], &mut below);
            }
            if below.is_empty() {
                found.push(name.to_string());
            }
            let second = |path: String| format!("{name}::{}", path.split("::").next().unwrap_or_default());
            found.extend(below.into_iter().map(second));
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            inner.split(is_comma).for_each(|part| first_names(part, found));
        }
        _ => {}
    }
}

#[test]
fn areas_talk_downwards() {
    assert_none(upward_imports, core_files(), "an area that names one above it cannot be read or tested alone");
}

#[test]
fn an_upward_import_is_caught_however_it_is_written() {
    for planted in [
        "use crate::calls::Call;",
        "use crate::{people::Person, calls};",
        "fn f() -> crate::calls::Call { todo!() }",
        "fn f() { println!(\"{}\", crate::calls::NAME) }",
        "use super::calls::Call;",
        "mod inner { use super::super::calls; }",
    ] {
        let caught = upward_imports("promises/mod.rs", planted);
        assert!(caught.len() == 1 && caught[0].contains("`promises` names `calls"), "{planted}: {caught:?}");
    }
    assert_eq!(upward_imports("promises/ledger.rs", "use super::super::calls::Call;").len(), 1);
    for fine in [
        "use super::calls;", // a module of promises' own
        "use crate::people::Person; use crate::{Code, Result, time::Millis};",
        "use crate::store::{Sql, Value}; /// crate::calls\nfn f() {}",
        "fn f() { let text = \"crate::calls\"; }",
    ] {
        assert_eq!(upward_imports("promises/ledger.rs", fine), Vec::<String>::new(), "{fine}");
    }
    let pure = "use crate::promises::business_time::Window;";
    assert_eq!(
        upward_imports("team/standards.rs", pure),
        Vec::<String>::new(),
        "a pure module serves those below it too"
    );
    assert_eq!(upward_imports("team/standards.rs", "use crate::promises::{business_time, ledger};").len(), 1);
    assert_eq!(
        upward_imports("promises/business_time.rs", "use crate::people::Person;").len(),
        1,
        "then it must stay pure"
    );
    assert_eq!(upward_imports("gossip/mod.rs", "").len(), 1, "a new area is given its place first");
}

// --- 3. Only the store names a database ---------------------------------------------------------------------------

/// What an area may take from sqlx: how a row becomes a type.
const FROM_SQLX: &[&str] = &["Error", "FromRow", "Row", "Type"];

/// Names and words of one engine alone, and SQL that SQLite and PostgreSQL do not both understand.
const ENGINE_WORDS: &[&str] =
    &["Sqlite", "SqlitePool", "SqliteConnection", "SqliteRow", "PgPool", "PgConnection", "Postgres", "PgRow"];
const ENGINE_SQL: &[&str] = &[
    "PRAGMA",
    "sqlite_",
    "fts5",
    " MATCH ",
    "bm25(",
    "rowid", // the engine's own
    "strftime",
    "julianday",
    "unixepoch",
    "datetime(",
    "CURRENT_TIMESTAMP", // its times
    "json_",
    "jsonb",
    "->>",
    "->", // its JSON
    "INSERT OR ",
    "IFNULL(",
    "GROUP_CONCAT(",
    " GLOB ",
    "COLLATE NOCASE",
    "ILIKE",
    "::text", // one dialect's words
];

fn engine_names(file: &str, source: &str) -> Vec<String> {
    if area_of(file) == "store" {
        return Vec::new();
    }
    let mut found = Vec::new();
    engine_names_in(tokens(file, source), &mut found);
    found.into_iter().map(|what| format!("{file}: {what}")).collect()
}

fn engine_names_in(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if word == "sqlx" && is_path(&tokens, at + 1) => {
                let mut names = Vec::new();
                first_names(&tokens[at + 3..], &mut names);
                let may = |path: &String| FROM_SQLX.contains(&path.split("::").next().unwrap_or_default());
                found.extend(names.into_iter().filter(|path| !may(path)).map(|path| format!("names `sqlx::{path}`")));
            }
            TokenTree::Ident(word) if ENGINE_WORDS.iter().any(|w| word == w) => found.push(format!("names `{word}`")),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if is_sql(&text) {
                    let upper = text.to_uppercase();
                    let words = ENGINE_SQL.iter().filter(|word| upper.contains(&word.to_uppercase()));
                    found.extend(words.map(|word| format!("says `{}` in SQL", word.trim())));
                }
            }
            TokenTree::Group(group) => engine_names_in(group.stream(), found),
            _ => {}
        }
    }
}

fn is_sql(literal: &str) -> bool {
    let text = literal.trim_start_matches(['r', '#', '"', '\\', 'n', ' ', '\n']);
    ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "PRAGMA ", "CREATE ", "FROM ", "WHERE ", "AND "]
        .iter()
        .any(|verb| text.starts_with(verb))
}

#[test]
fn only_the_store_names_a_database() {
    assert_none(engine_names, core_files(), "teams will share a book on PostgreSQL: that must not be a rewrite");
}

#[test]
fn an_engine_outside_the_store_is_caught() {
    for planted in [
        "use sqlx::SqlitePool;",
        "use sqlx::{FromRow, query};",
        "fn f(row: &Sqlite) {}",
        "statements! { A = \"SELECT strftime('%Y', at) FROM touch\"; }",
        "statements! { A = \"SELECT data ->> 'x' FROM touch\"; }",
        "statements! { A = \"INSERT OR IGNORE INTO tag VALUES ($1)\"; }",
        "const A: &str = \"PRAGMA key = 1\";",
        "const A: &str = r#\"SELECT p.rowid FROM person p\"#;",
    ] {
        assert_ne!(engine_names("people/search.rs", planted), Vec::<String>::new(), "{planted}");
    }
    for fine in [
        "#[derive(sqlx::FromRow)] struct Row { id: i64 }",
        "use sqlx::{FromRow, Row};",
        "statements! { A = \"INSERT INTO tag (id) VALUES ($1) ON CONFLICT (id) DO NOTHING RETURNING id\"; }",
        "/// SELECT strftime\nfn f() { say(\"Helen -> Rania\") }",
    ] {
        assert_eq!(engine_names("people/search.rs", fine), Vec::<String>::new(), "{fine}");
    }
    assert_eq!(
        engine_names("store/open.rs", "use sqlx::SqlitePool;"),
        Vec::<String>::new(),
        "the store is where it stands"
    );
}

// --- 4. One clock -------------------------------------------------------------------------------------------------

fn own_clocks(file: &str, source: &str) -> Vec<String> {
    fn clocks_in(tokens: TokenStream, found: &mut Vec<String>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(of) if is_path(&tokens, at + 1) && is_word(&tokens, at + 3, "now") => {
                    found.push(format!("{of}::now"));
                }
                TokenTree::Group(group) => clocks_in(group.stream(), found),
                _ => {}
            }
        }
    }
    if file == "host.rs" {
        return Vec::new();
    }
    let mut found = Vec::new();
    clocks_in(tokens(file, source), &mut found);
    // How long something took is no matter of what time it is.
    found.into_iter().filter(|path| path != "Instant::now").map(|path| format!("{file}: asks {path}")).collect()
}

#[test]
fn only_the_host_knows_what_time_it_is() {
    assert_none(own_clocks, core_files(), "a rule about time that reads the wall cannot be tested; take host.clock");
}

#[test]
fn a_clock_of_its_own_is_caught() {
    for planted in ["fn f() { chrono::Utc::now(); }", "fn f() { g(SystemTime::now) }", "fn f() { vec![Local::now()]; }"]
    {
        assert_eq!(own_clocks("calls/outcome.rs", planted).len(), 1, "{planted}");
    }
    for fine in ["fn f() { host.clock.now(); }", "fn f() { Instant::now(); }", "/// Utc::now()\nfn now() {}"] {
        assert_eq!(own_clocks("calls/outcome.rs", fine), Vec::<String>::new(), "{fine}");
    }
    assert_eq!(own_clocks("host.rs", "fn f() { Utc::now(); }"), Vec::<String>::new(), "somebody has to");
}

// --- 5. Files that can be read in one sitting ---------------------------------------------------------------------

const ONE_SITTING_LINES: usize = 600;

fn too_long(file: &str, source: &str) -> Vec<String> {
    let lines = source.lines().count();
    if lines > ONE_SITTING_LINES { vec![format!("{file}: {lines} lines")] } else { Vec::new() }
}

#[test]
fn files_can_be_read_in_one_sitting() {
    let files = ["src-tauri", "tests"].map(|folder| files_below(&root().join(folder), &root()));
    assert_none(too_long, files.concat(), "a file that needs a table of contents is two files");
}

#[test]
fn a_long_file_is_caught() {
    assert_eq!(too_long("x.rs", &"\n".repeat(ONE_SITTING_LINES + 1)).len(), 1);
    assert_eq!(too_long("x.rs", &"\n".repeat(ONE_SITTING_LINES)), Vec::<String>::new());
}

// --- what the rules read ------------------------------------------------------------------------------------------

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository is there")
}

/// Path below the core's `src`, and text, of each of its files.
fn core_files() -> Vec<(String, String)> {
    let source = root().join("src-tauri/core/src");
    let files = files_below(&source, &source);
    assert!(files.iter().any(|(name, _)| name == "lib.rs"), "the core's sources are where this looks");
    files.into_iter().filter(|(name, _)| name != "lib.rs").collect()
}

fn files_below(folder: &Path, from: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("an entry of ours").path();
        if path.is_dir() {
            if !path.ends_with("node_modules") && !path.ends_with("gen") {
                files.extend(files_below(&path, from));
            }
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let name = path.strip_prefix(from).expect("below").to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).expect("a text of ours")));
        }
    }
    files
}

fn assert_none(rule: fn(&str, &str) -> Vec<String>, files: Vec<(String, String)>, why: &str) {
    let broken: Vec<String> = files.iter().flat_map(|(name, source)| rule(name, source)).collect();
    assert!(broken.is_empty(), "{why}:\n  {}", broken.join("\n  "));
}

/// `people/search.rs` is of the area `people`, and `time.rs` of `time`.
fn area_of(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// The file's tokens without its attributes, doc comments among them.
fn tokens(file: &str, source: &str) -> TokenStream {
    without_attributes(source.parse().unwrap_or_else(|error| panic!("{file} is not Rust: {error}")))
}

fn without_attributes(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let bang =
                    is_punct(kept.last(), '!') && is_punct(kept.len().checked_sub(2).and_then(|i| kept.get(i)), '#');
                if group.delimiter() == Delimiter::Bracket && (bang || is_punct(kept.last(), '#')) {
                    kept.truncate(kept.len() - if bang { 2 } else { 1 });
                } else {
                    kept.push(proc_macro2::Group::new(group.delimiter(), without_attributes(group.stream())).into());
                }
            }
            other => kept.push(other),
        }
    }
    kept.into_iter().collect()
}

fn is_punct(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

fn is_path(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':') && tokens.len() > at + 2
}

fn is_word(tokens: &[TokenTree], at: usize, word: &str) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Ident(ident)) if ident == word)
}

fn is_comma(token: &TokenTree) -> bool {
    is_punct(Some(token), ',')
}
