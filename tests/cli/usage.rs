use std::io::Read as _;
use std::process::Stdio;

use crate::support::Cli;

#[test]
fn wrong_usage_is_told_from_failure() {
    let cli = Cli::empty();
    for arguments in [
        vec!["colour"],
        vec!["--colour", "today"],
        vec!["init"],
        vec!["init", "--name", "X"],
        vec!["import"],
        vec!["imports", "undo"],
        vec!["imports", "undo", "seven"],
        vec!["export"],
        vec!["export", "a.csv", "--view", "everyone"],
        vec!["export", "a.csv", "--for", "excel"],
        vec!["today", "--at", "yesterday"],
        vec!["today", "--at", "2026-13-40T00:00:00Z"],
        vec!["search"],
        vec!["search", "rania", "--limit", "0"],
        vec!["search", "rania", "--limit", "many"],
        vec!["demo", "--people", "-1"],
        vec!["remind"],
        vec!["backup"],
        vec!["restore"],
        vec!["check", "twice"],
    ] {
        let ran = cli.run(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(!ran.err.is_empty(), "{arguments:?} is told why");
        assert_eq!(ran.out, "", "{arguments:?}");
    }
    assert!(!cli.book.exists(), "none of it made anything");
}

#[test]
fn files_that_are_not_there_are_wrong_input() {
    let cli = Cli::with_book();
    let there = cli.file("list.csv", "Name\nRania Haddad\n");
    let missing = cli.path("missing.csv");
    let (there, missing) = (there.to_str().unwrap(), missing.to_str().unwrap());
    cli.run(["import", missing]).refused(2, "There is no file");
    cli.run(["import", there, "--mapping", missing]).refused(2, "There is no file");
    cli.run(["import", cli.path("").to_str().unwrap()]).refused(2, "is not a file");
    cli.run(["restore", missing]).refused(2, "There is no file");
    let nowhere = cli.path("no/such/folder/x.db");
    cli.run(["backup", nowhere.to_str().unwrap()]).refused(2, "no folder");
    cli.run(["export", nowhere.to_str().unwrap()]).refused(2, "no folder");
    let mapping = cli.file("mapping.json", "[1, 2]");
    cli.run(["import", there, "--mapping", mapping.to_str().unwrap()]).refused(2, "not a JSON object");
}

#[test]
fn every_verb_has_help_with_an_example() {
    let cli = Cli::empty();
    let all = cli.run(["--help"]);
    assert_eq!(all.code, 0);
    assert!(all.out.contains("WELLMET_PASSPHRASE") && all.out.contains("Exit status"), "{}", all.out);
    for verb in
        ["init", "demo", "import", "imports", "export", "today", "search", "remind", "backup", "restore", "check"]
    {
        assert!(all.out.contains(&format!("\n  {verb} ")), "{verb} is listed");
        let one = cli.run([verb, "--help"]);
        assert_eq!(one.code, 0);
        assert!(one.out.contains("Example") && one.out.contains("wellmet"), "{verb}: {}", one.out);
    }
    assert!(cli.run(["--version"]).out.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let cli = Cli::with_book();
    for arguments in [vec!["today"], vec!["check", "--json"]] {
        let mut child = cli.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        let status = child.wait().unwrap();
        assert!(status.success(), "{arguments:?}: {status}: {said}");
        assert_eq!(said, "", "{arguments:?}");
    }
}

#[test]
fn without_a_screen_the_window_says_so() {
    let cli = Cli::empty();
    cli.run(Vec::<&str>::new()).refused(1, "no screen");
}
