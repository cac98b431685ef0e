//! E-mail that waits goes out with `remind --once`; a kill while the server has it sends none twice.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use serde_json::{Value, json};
use wellmet_core::host::{Host, MailSecurity, MailServer, NoSecrets, WallClock};
use wellmet_core::ids::OutgoingMailId;
use wellmet_core::mail::letter::Writing;
use wellmet_core::mail::outbox::{self, OutboxLine};
use wellmet_core::mail::{MailState, server};
use wellmet_core::people::{NewPerson, NewReach, ReachKind, person, reaches};
use wellmet_core::plans::catalogue;
use wellmet_core::plans::enter::{self, Entering};
use wellmet_core::plans::run;
use wellmet_core::plans::schedule::{Base, Wait, When};
use wellmet_core::plans::template::{Step, StepChannel, Template, Who};
use wellmet_core::store::{Key, Unlock};
use wellmet_core::team::volunteers;
use wellmet_core::{Actor, Book};

use crate::mail_support::MailBox;
use crate::support::{Cli, PASSPHRASE};

async fn opened(folder: &Path) -> Book {
    let host = Host { clock: Arc::new(WallClock), secrets: Arc::new(NoSecrets) };
    let key = Key::Typed(Unlock::Passphrase(SecretString::from(PASSPHRASE)));
    Book::open(folder, host, key).await.expect("the book opens")
}

/// As the window does it: somebody's e-mail goes into the outbox.
fn in_the_outbox(cli: &Cli, port: u16, security: MailSecurity) -> OutgoingMailId {
    runtime().block_on(async {
        let book = opened(&cli.book).await;
        let helen = Actor::Volunteer(volunteers::all(&mut book.read().await.unwrap()).await.unwrap()[0].id);
        let step = Step {
            key: "mail".into(),
            title: "Write".into(),
            channel: StepChannel::Email,
            words: "write".into(),
            script: String::new(),
            text: "Dear {{ person.given }}".into(),
            subject: "Hello".into(),
            who: Who::Keeper,
            when: When { base: Base::Joining, wait: Wait::Days(1) },
            within_days: 1,
            skip_when: vec![],
            spoken: None,
            question: String::new(),
        };
        let template = Template {
            name: "By e-mail".into(),
            purpose: "p".into(),
            for_whom: "w".into(),
            date_of: None,
            date_field: String::new(),
            leave_when: vec![],
            steps: vec![step],
        };
        let plan = catalogue::save(&book, helen, None, template).await.unwrap();
        let mut edit = book.write(helen, "create_person").await.unwrap();
        let new = NewPerson { name: "Rania Haddad".into(), keeper: helen.volunteer(), ..NewPerson::default() };
        let rania = person::create(&mut edit, &new).await.unwrap();
        let reach = NewReach { kind: ReachKind::Email, typed: "rania@example.com".into(), label: String::new() };
        reaches::add(&mut edit, rania, &reach).await.unwrap();
        edit.commit().await.unwrap();
        let entering: Entering = serde_json::from_value(json!({ "plan": plan, "people": [rania] })).unwrap();
        enter::enter(&book, helen, &entering).await.unwrap();
        let runs = run::of_people(&mut book.read().await.unwrap(), &[rania]).await.unwrap();
        let promise = runs[0].open().unwrap().promise_id.unwrap();
        let server = MailServer {
            host: "localhost".into(),
            port,
            security,
            user_name: String::new(),
            sender_name: "Northside".into(),
            sender_address: "office@northside.example".into(),
        };
        server::save(&book, helen, Some(&server), None).await.unwrap();
        let writing = Writing { promise, reach: None, blanks: vec![], own: None };
        let id = outbox::put(&book, helen, &writing).await.unwrap();
        book.close().await;
        id
    })
}

fn line(cli: &Cli) -> OutboxLine {
    runtime().block_on(async {
        let book = opened(&cli.book).await;
        let line = outbox::list(&mut book.read().await.unwrap()).await.unwrap().remove(0);
        book.close().await;
        line
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn mail(ran: &Value) -> &Value {
    &ran["mail"]
}

#[test]
fn what_waits_goes_out_once_with_the_reminders() {
    let cli = Cli::with_book();
    let there = MailBox::start(cli.path("").as_path(), &[]);
    let id = in_the_outbox(&cli, there.port, MailSecurity::None);
    let done = cli.json(["remind", "--once"]);
    assert_eq!(*mail(&done), json!({"sent": 1, "refused": 0, "later": 0, "unsure": 0, "held": null}));
    assert_eq!(mail(&cli.json(["remind", "--once"]))["sent"], 0);
    let took = there.took();
    assert_eq!(took.len(), 1);
    assert!(
        took[0]["message"].as_str().unwrap().contains(&format!("Message-ID: <{id}@northside.example>")),
        "{took:?}"
    );
    assert_eq!(line(&cli).state, MailState::Sent);
    assert_eq!(cli.json(["check"])["ok"], true);
}

#[test]
fn a_kill_while_the_server_sits_on_the_dot_sends_none_twice_and_loses_none() {
    for took in [1, 0] {
        let cli = Cli::with_book();
        let does = if took == 1 { "take-and-wait" } else { "slow" };
        let there = MailBox::start(cli.path("").as_path(), &["--at", "end", "--do", does, "--times", "1", "--mark"]);
        in_the_outbox(&cli, there.port, MailSecurity::None);
        let mut command = cli.command(["remind", "--once"]);
        let mut sending = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let began = Instant::now();
        while !there.sits() {
            assert!(began.elapsed() < Duration::from_secs(60), "the server never came to the dot");
            std::thread::sleep(Duration::from_millis(20));
        }
        // SIGKILL: nothing can be written down any more.
        sending.kill().unwrap();
        sending.wait().unwrap();
        let after = cli.json(["remind", "--once"]);
        assert_eq!(*mail(&after), json!({"sent": 0, "refused": 0, "later": 0, "unsure": 1, "held": null}));
        for _ in 0..2 {
            cli.json(["remind", "--once"]);
        }
        assert_eq!(there.took().len(), took, "{does}: not by itself");
        let line = line(&cli);
        assert_eq!(line.state, MailState::Unsure);
        // A person looks, and says.
        runtime().block_on(async {
            let book = opened(&cli.book).await;
            outbox::again(&book, Actor::Wellmet, line.id).await.unwrap();
            book.close().await;
        });
        assert_eq!(mail(&cli.json(["remind", "--once"]))["sent"], 1);
        assert_eq!(there.took().len(), took + 1, "{does}: by somebody's word");
        assert_eq!(cli.json(["check"])["ok"], true);
    }
}

#[test]
fn a_server_that_is_not_there_is_said_and_loses_nothing() {
    let cli = Cli::with_book();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    in_the_outbox(&cli, closed, MailSecurity::None);
    let ran = cli.run(["remind", "--once", "--json"]);
    assert!(ran.err.contains("e-mail waits. localhost cannot be reached"), "{}", ran.err);
    assert_eq!(mail(&ran.json())["later"], 1);
    assert_eq!((line(&cli).state, line(&cli).tries), (MailState::Waiting, 1));
}

#[cfg(feature = "test-clock")]
#[test]
fn whoever_is_due_is_told_of_before_any_server_is_waited_for() {
    let cli = Cli::with_book();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    in_the_outbox(&cli, closed, MailSecurity::None);
    let clock = cli.file("clock.json", r#"{"at": "2100-06-15T12:00:00+10:00"}"#);
    let ran = cli.env("WELLMET_TEST_CLOCK", clock.to_str().unwrap()).run(["remind", "--once"]);
    let (told, waits) = (ran.err.find("the inbox"), ran.err.find("e-mail waits"));
    assert!(told.is_some() && told < waits, "{}", ran.err);
}

#[test]
fn encryption_goes_by_the_certificates_that_this_computer_trusts() {
    for (security, argument) in [(MailSecurity::Tls, "--tls"), (MailSecurity::Starttls, "--starttls")] {
        let cli = Cli::with_book();
        let [cert, key] = crate::mail_support::certificate(cli.path("").as_path());
        let there = MailBox::start(cli.path("").as_path(), &[argument, &cert, &key]);
        in_the_outbox(&cli, there.port, security);
        let refused = cli.json(["remind", "--once"]);
        assert!(mail(&refused)["held"].as_str().is_some_and(|why| why.contains("could not be encrypted")), "{refused}");
        assert_eq!(there.took().len(), 0, "{argument}: not to whoever says that they are it");
        runtime().block_on(async {
            let book = opened(&cli.book).await;
            let id = outbox::list(&mut book.read().await.unwrap()).await.unwrap()[0].id;
            outbox::again(&book, Actor::Wellmet, id).await.unwrap();
            book.close().await;
        });
        let cli = cli.env("SSL_CERT_FILE", &cert);
        assert_eq!(mail(&cli.json(["remind", "--once"]))["sent"], 1, "{argument}");
        assert_eq!(there.took().len(), 1);
    }
}
