use crate::support::{Cli, fields};

const LIST: &str = "Contact ID,Name,Company,Mobile,Email,Membership\n\
    C-1,Rania Haddad,Haddad Bakery,0412 345 678,rania@bakery.example,Member\n\
    C-2,Nadia Farah,,+61 7 3000 1234,nadia@farah.example,Prospect\n";

fn with_people() -> Cli {
    let cli = Cli::with_book();
    let list = cli.file("people.csv", LIST);
    let done = cli.json(["import", list.to_str().unwrap()]);
    assert_eq!(done["created"], 2, "{done}");
    cli
}

#[test]
fn an_import_is_shown_done_again_and_taken_back() {
    let cli = Cli::with_book();
    let list = cli.file("people.csv", LIST);
    let list = list.to_str().unwrap();

    let would = cli.json(["import", list, "--dry-run"]);
    assert_eq!(would["columns"]["Contact ID"], "external_id", "{would}");
    assert_eq!(would["import"], serde_json::Value::Null);
    assert_eq!((&would["rows"], &would["created"], &would["rejected"]), (&2.into(), &2.into(), &0.into()), "{would}");
    assert_eq!(cli.json(["search", "rania"])["people"].as_array().unwrap().len(), 0, "a dry run writes nothing");

    let done = cli.json(["import", list]);
    assert_eq!(
        fields(&done),
        ["columns", "created", "import", "rejected", "rejects_file", "unchanged", "updated"],
        "the fields that scripts rely on"
    );
    assert_eq!(
        (&done["created"], &done["updated"], &done["unchanged"], &done["rejected"]),
        (&2.into(), &0.into(), &0.into(), &0.into())
    );
    let again = cli.json(["import", list]);
    assert_eq!((&again["created"], &again["unchanged"]), (&0.into(), &2.into()), "the same list again changes nothing");

    let all = cli.json(["imports"]);
    assert_eq!(all["imports"].as_array().unwrap().len(), 2);
    let undone = cli.json(["imports", "undo", done["import"].as_str().unwrap()]);
    assert_eq!(fields(&undone), ["failed", "import", "kept", "list_file", "people", "reversed", "rows"]);
    assert_eq!(undone["failed"], 0, "{undone}");
    assert!(undone["reversed"].as_u64().unwrap() >= 2, "{undone}");
    assert_eq!(cli.json(["search", "rania"])["people"].as_array().unwrap().len(), 0, "taken back");
    let unknown = cli.run(["imports", "undo", "01931b66-0000-7000-8000-000000000000"]);
    assert_eq!(unknown.code, 1, "{}", unknown.err);
}

#[test]
fn a_mapping_says_what_a_column_holds() {
    let cli = Cli::with_book();
    let list = cli.file("odd.csv", "Wer,Draht\nRania Haddad,0412 345 678\n");
    let mapping = cli.file("mapping.json", r#"{"Wer": "name", "Draht": "phone:mobile"}"#);
    let done = cli.json(["import", list.to_str().unwrap(), "--mapping", mapping.to_str().unwrap()]);
    assert_eq!(done["columns"]["Draht"], "phone:mobile");
    assert_eq!(cli.json(["search", "rania"])["people"][0]["phones"][0], "+61412345678");
}

#[test]
fn how_a_list_comes_in_is_chosen_on_the_command_line() {
    let cli = with_people();
    let list = cli.file(
        "fair.vcf",
        "BEGIN:VCARD\nVERSION:4.0\nFN:Rania Haddad\nEMAIL:rania@bakery.example\nTEL:+61 491 570 156\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:4.0\nFN:Tom Ashby\nEMAIL:tom@example.com\nEND:VCARD\n",
    );
    let list = list.to_str().unwrap();
    let would = cli.json(["import", list, "--dry-run"]);
    assert_eq!((&would["created"], &would["updated"]), (&1.into(), &1.into()), "{would}");
    assert_eq!(would["preflight"]["fields"][0]["field"], "phone");
    let would = cli.json(["import", list, "--dry-run", "--mode", "update", "--match", "email"]);
    assert_eq!(
        (&would["created"], &would["updated"], &would["rejected"]),
        (&0.into(), &1.into(), &1.into()),
        "{would}"
    );
    let done = cli.json(["import", list, "--mode", "create", "--set", "source=Spring fair", "--set", "tag=2026"]);
    assert_eq!((&done["created"], &done["updated"], &done["unchanged"]), (&1.into(), &0.into(), &1.into()), "{done}");
    let all = cli.path("all.csv");
    cli.json(["export", all.to_str().unwrap(), "--for", "exact"]);
    assert!(std::fs::read_to_string(&all).unwrap().contains("Spring fair"));
    // All choices in one file.
    let mapping =
        r#"{"columns": {"Name": "ignore", "E-mail 1 - Value": "email"}, "mode": "update", "match": ["email"]}"#;
    let mapping = cli.file("mapping.json", mapping);
    let would = cli.json(["import", list, "--dry-run", "--mapping", mapping.to_str().unwrap()]);
    assert_eq!(would["columns"]["Name"], "ignore");
    for wrong in [["--match", "shoe size"], ["--set", "source"], ["--mode", "perhaps"], ["--set", "standing=tall"]] {
        cli.run(["import", list, "--dry-run", wrong[0], wrong[1]]).refused(2, wrong[1].split('=').next().unwrap());
    }
}

#[test]
fn search_answers_what_scripts_rely_on() {
    let cli = with_people();
    let found = cli.json(["search", "rania"]);
    assert_eq!(fields(&found), ["more", "people"]);
    let rania = &found["people"][0];
    assert_eq!(fields(rania), ["emails", "external_id", "id", "name", "organisation", "phones", "standing"]);
    assert_eq!(rania["external_id"], "C-1");
    assert_eq!(rania["name"], "Rania Haddad");
    assert_eq!(rania["organisation"], "Haddad Bakery");
    assert_eq!(rania["standing"], "member");
    assert_eq!(rania["phones"][0], "+61412345678", "E.164");
    assert_eq!(rania["emails"][0], "rania@bakery.example");
    assert_eq!(found["more"], false);

    let nadia = cli.json(["search", "(07)", "3000"]);
    assert_eq!(nadia["people"][0]["name"], "Nadia Farah", "a fragment of a number, in any formatting");
    let one = cli.json(["search", "example", "--limit", "1"]);
    assert_eq!((one["people"].as_array().unwrap().len(), &one["more"]), (1, &true.into()), "{one}");
    let nobody = cli.run(["search", "zacharias"]);
    assert_eq!((nobody.code, nobody.out.trim()), (0, "Nobody was found."));
}

#[test]
fn an_export_comes_in_again_as_it_was() {
    let cli = with_people();
    let (all, members) = (cli.path("all.csv"), cli.path("members.csv"));
    let (all, members) = (all.to_str().unwrap(), members.to_str().unwrap());
    let done = cli.json(["export", all, "--for", "exact"]);
    assert_eq!(fields(&done), ["file", "left_out", "reasons", "rows"]);
    assert_eq!((&done["rows"], &done["left_out"]), (&2.into(), &0.into()));
    let again = cli.json(["import", all]);
    assert_eq!(
        (&again["created"], &again["updated"], &again["unchanged"]),
        (&0.into(), &0.into(), &2.into()),
        "{again}"
    );

    assert_eq!(cli.json(["export", members, "--view", "members"])["rows"], 1);
    let text = std::fs::read_to_string(members).unwrap();
    assert!(text.contains("Rania") && !text.contains("Nadia"), "{text}");

    for name in ["all.xlsx", "all.vcf"] {
        let file = cli.path(name);
        assert_eq!(cli.json(["export", file.to_str().unwrap()])["rows"], 2);
        assert_eq!(cli.json(["import", file.to_str().unwrap()])["unchanged"], 2, "{name} comes in as it was");
    }
    let mailing = cli.path("mailing.csv");
    cli.json(["export", mailing.to_str().unwrap(), "--to", "email", "--columns", "name,emails", "--for", "exact"]);
    let text = std::fs::read_to_string(&mailing).unwrap();
    assert_eq!(text.lines().next(), Some("Name,E-mail 1 - Label,E-mail 1 - Value"));
    let labels = cli.path("labels.html");
    let done = cli.json(["export", labels.to_str().unwrap(), "--paper", "labels-21"]);
    assert_eq!(done["reasons"][0], serde_json::json!({"why": "without_address", "count": 2}));
    cli.run(["export", mailing.to_str().unwrap(), "--columns", "shoes"]).refused(2, "shoes");
}

#[test]
fn a_sample_is_the_same_for_the_same_seed_and_goes_into_no_book_with_people() {
    let names = |cli: &Cli| {
        let found = cli.json(["search", "a", "--limit", "1000"]);
        let people = found["people"].as_array().unwrap();
        let mut names: Vec<String> = people.iter().map(|person| person["name"].as_str().unwrap().into()).collect();
        names.sort_unstable();
        names
    };
    let cli = Cli::empty();
    let made = cli.json(["demo", "--people", "80", "--seed", "7"]);
    assert_eq!(fields(&made), ["book", "people", "recovery_key", "seed"]);
    assert_eq!(made["people"], 80);
    assert!(made["recovery_key"].is_string(), "the book was made just now");
    assert_eq!(cli.json(["check"])["ok"], true);
    cli.run(["demo"]).refused(1, "has people in it");

    let other = Cli::with_book();
    let filled = other.json(["demo", "--people", "80", "--seed", "7"]);
    assert!(filled["recovery_key"].is_null(), "its key was told when it was made");
    assert!(!names(&cli).is_empty());
    assert_eq!(names(&cli), names(&other), "the same seed, the same people");

    let third = Cli::empty();
    third.json(["demo", "--people", "80", "--seed", "8"]);
    assert_ne!(names(&cli), names(&third));
    let today = cli.json(["today"]);
    let waiting: usize = today["groups"].as_array().unwrap().iter().map(|g| g["items"].as_array().unwrap().len()).sum();
    assert!(waiting > 0, "somebody waits in it: {today}");
}

#[cfg(feature = "test-clock")]
mod promised {
    use wellmet_core::people::{NewPerson, person};
    use wellmet_core::promises::ledger::{self, NewPromise, PromiseKind};
    use wellmet_core::{Actor, Millis};

    use super::*;

    /// Rania waits since Monday morning for a call that was promised by noon.
    fn with_a_promise() -> Cli {
        let cli = at(Cli::with_book(), "2026-11-02T09:00:00+10:00");
        let made = Millis::parse_rfc3339("2026-11-02T09:00:00+10:00").unwrap();
        let due = Millis::parse_rfc3339("2026-11-02T12:00:00+10:00").unwrap();
        crate::faults::write(&cli.book, made, async |book| {
            let mut edit = book.write(Actor::Wellmet, "make_promise").await?;
            let new = NewPerson { name: "Rania Haddad".into(), ..NewPerson::default() };
            let person = person::create(&mut edit, &new).await?;
            let what = "ring about the joining fee".into();
            let new = NewPromise { person, kind: PromiseKind::Callback, what, keeper: None, due, inquiry: None };
            ledger::make(&mut edit, &new).await?;
            edit.commit().await.map(drop)
        });
        cli
    }

    fn at(cli: Cli, instant: &str) -> Cli {
        let clock = cli.file("clock.json", &format!("{{\"at\": \"{instant}\"}}"));
        cli.env("WELLMET_TEST_CLOCK", clock.to_str().unwrap())
    }

    #[test]
    fn today_tells_who_waits_and_why() {
        let cli = with_a_promise();
        let today = cli.json(["today", "--at", "2026-11-02T15:00:00+10:00"]);
        assert_eq!(today["at"], "2026-11-02T05:00:00Z");
        let names: Vec<&str> =
            today["groups"].as_array().unwrap().iter().map(|group| group["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["late", "today", "coming", "not_now"]);
        let late = &today["groups"][0]["items"][0];
        assert_eq!(late["person"]["name"], "Rania Haddad");
        assert_eq!(fields(&late["promise"]), ["due", "id", "keeper", "kind"]);
        assert_eq!(late["promise"]["kind"], "callback");
        assert_eq!(late["promise"]["due"], "2026-11-02T02:00:00Z");
        assert_eq!(late["waiting_ms"], 6 * 3_600_000, "since nine");
        assert!(late["reason"].as_str().unwrap().contains("joining fee"), "{late}");

        // By then it is past nine in Perth too, where she may be: nobody knows.
        let morning = cli.json(["today", "--at", "2026-11-02T11:30:00+10:00"]);
        assert_eq!(morning["groups"][1]["items"].as_array().unwrap().len(), 1, "due today, not late yet");
        let words = cli.run(["today", "--at", "2026-11-02T15:00:00+10:00"]).out;
        assert!(words.contains("Late (1)") && words.contains("waiting 6 hours"), "{words}");
    }

    #[test]
    fn a_reminder_is_delivered_once() {
        let cli = with_a_promise();
        assert_eq!(cli.json(["remind", "--once"])["told"], 0, "nothing is due at nine");
        let cli = at(cli, "2026-11-02T12:30:00+10:00");
        let told = cli.run(["remind", "--once", "--json"]);
        assert!(told.err.contains("the inbox"), "no desktop shows it, and that is said: {}", told.err);
        let told = told.json();
        assert_eq!((&told["told"], &told["shown"]), (&1.into(), &false.into()));
        assert!(told["title"].as_str().unwrap().contains("Rania Haddad"), "{told}");
        assert_eq!(cli.json(["remind", "--once"])["told"], 0, "once");
        let cli = at(cli, "2026-11-02T11:30:00+10:00");
        assert_eq!(cli.json(["remind", "--once"])["told"], 0, "nor again when the clock is set back");
        let cli = at(cli, "2026-11-02T12:30:00+10:00");
        assert_eq!(cli.json(["remind", "--once"])["told"], 0);
    }
}
