//! What waits for the server: handed over once, whatever the server, the network and the power do.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use proptest::prelude::*;
use secrecy::ExposeSecret as _;
use tokio::sync::Notify;
use wellmet_core::calls::timeline;
use wellmet_core::host::{MailAnswer, MailSecurity, MailServer, Mailer, Mailing, OutgoingMail, Password};
use wellmet_core::ids::{OutgoingMailId, PersonId};
use wellmet_core::mail::delivery::{self, Delivered};
use wellmet_core::mail::outbox::{self, OutboxLine};
use wellmet_core::mail::{MailState, server};
use wellmet_core::people::{ReachKind, ReachState, consent, reaches};
use wellmet_core::plans::run::StepState;
use wellmet_core::promises::ledger::PromiseState;
use wellmet_core::store::{Key, newest_backup, redo_last, restore, undo, undo_last};
use wellmet_core::time::{DAY_MS, MINUTE_MS};
use wellmet_core::{Book, Code, Result};

use super::setting::{Owed, hopes_for, in_plan, rania, written};
use crate::people::merge::{merged, unmerged};
use crate::plans::setting::{owed, promise, run_of, sound};
use crate::support::TestBook;

pub fn a_server(user_name: &str) -> MailServer {
    MailServer {
        host: "mail.example.com".into(),
        port: 465,
        security: MailSecurity::Tls,
        user_name: user_name.into(),
        sender_name: "Northside Business Women".into(),
        sender_address: "office@northside.example".into(),
    }
}

#[derive(Clone, Copy, Debug)]
enum Does {
    Takes,
    Refuses,
    NoSuchAddress,
    Later,
    Offline,
    WrongPassword,
    /// Taken, and the answer is lost on its way.
    TakesAndHangsUp,
    HangsUpAtTheDot,
    /// The power goes while the server has it, or has not.
    TakesAndTheyPullThePlug,
    TheyPullThePlug,
}

use Does::*;

/// A server with its box, and what it does next.
#[derive(Default)]
struct Server {
    does: Mutex<VecDeque<Does>>,
    took: Mutex<HashMap<String, u32>>,
    seen: Mutex<Vec<OutgoingMail>>,
    passwords: Mutex<Vec<Option<String>>>,
    plug: Notify,
}

impl Server {
    fn that(does: impl IntoIterator<Item = Does>) -> Self {
        Self { does: Mutex::new(does.into_iter().collect()), ..Self::default() }
    }
    fn took(&self, id: &str) -> u32 {
        self.took.lock().unwrap().get(id).copied().unwrap_or(0)
    }
    fn took_in_all(&self) -> u32 {
        self.took.lock().unwrap().values().sum()
    }
}

impl Mailer for Server {
    fn send<'a>(&'a self, _: &'a MailServer, password: Option<&'a Password>, mail: &'a OutgoingMail) -> Mailing<'a> {
        let does = self.does.lock().unwrap().pop_front().unwrap_or(Takes);
        self.seen.lock().unwrap().push(mail.clone());
        self.passwords.lock().unwrap().push(password.map(|password| password.expose_secret().to_owned()));
        if matches!(does, Takes | TakesAndHangsUp | TakesAndTheyPullThePlug) {
            *self.took.lock().unwrap().entry(mail.message_id.clone()).or_default() += 1;
        }
        let said = || "said so".to_owned();
        Box::pin(async move {
            match does {
                Takes => MailAnswer::Taken { said: "250 queued, hello office".into() },
                Refuses => MailAnswer::Refused { said: said(), unknown_address: false },
                NoSuchAddress => MailAnswer::Refused { said: "550 5.1.1".into(), unknown_address: true },
                Later => MailAnswer::Later { said: said() },
                Offline => MailAnswer::Closed { said: said(), needs_somebody: false },
                WrongPassword => MailAnswer::Closed { said: said(), needs_somebody: true },
                TakesAndHangsUp | HangsUpAtTheDot => MailAnswer::Unsure { said: said() },
                TakesAndTheyPullThePlug | TheyPullThePlug => {
                    self.plug.notify_one();
                    std::future::pending().await
                }
            }
        })
    }
}

/// A round that may end by the plug being pulled.
async fn round(t: &TestBook, server: &Server) -> Option<Delivered> {
    tokio::select! {
        biased;
        done = delivery::deliver(&t.book, server) => Some(done.unwrap()),
        () = server.plug.notified() => None,
    }
}

async fn with_server(t: &TestBook, user_name: &str) {
    server::save(&t.book, t.helen(), Some(&a_server(user_name)), None).await.unwrap();
}

async fn lines(t: &TestBook) -> Vec<OutboxLine> {
    outbox::list(&mut t.book.read().await.unwrap()).await.unwrap()
}

async fn line(t: &TestBook) -> OutboxLine {
    lines(t).await.pop().expect("it is in the outbox")
}

async fn put(t: &TestBook, of: &Owed) -> Result<OutgoingMailId> {
    outbox::put(&t.book, t.helen(), &written(of.promise)).await
}

/// Rania's e-mail, in the outbox.
async fn waiting(t: &TestBook) -> (Owed, OutgoingMailId) {
    let of = rania(t).await;
    hopes_for(t, of.person, "a mentor").await;
    with_server(t, "").await;
    let id = put(t, &of).await.unwrap();
    (of, id)
}

async fn touches(t: &TestBook, of: &Owed) -> usize {
    let lines = timeline::of_person(&mut t.book.read().await.unwrap(), t.book.now(), of.person, 90).await.unwrap();
    lines.iter().filter(|line| line.what == "email:out:").count()
}

#[tokio::test]
async fn what_the_server_took_is_a_touch_and_its_step_is_done() {
    let t = TestBook::new().await;
    let (of, id) = waiting(&t).await;
    assert_eq!(promise(&t, of.promise).await.state, PromiseState::Open, "owed until it has gone");
    assert_eq!(put(&t, &of).await.unwrap_err().code, Code::Conflict, "one at a time");
    let server = Server::default();
    assert_eq!(round(&t, &server).await.unwrap(), Delivered { sent: 1, ..Delivered::default() });
    let mail = server.seen.lock().unwrap()[0].clone();
    assert_eq!(mail.message_id, format!("{id}@northside.example"));
    assert_eq!((mail.to_name.as_str(), mail.to_address.as_str()), ("Rania Haddad", "rania@example.com"));
    assert_eq!(mail.date, t.book.now());
    assert!(mail.body.contains("you hoped for a mentor."));
    assert_eq!(line(&t).await.state, MailState::Sent);
    assert_eq!(promise(&t, of.promise).await.state, PromiseState::Kept);
    assert_eq!(run_of(&t, of.run).await.steps[0].state, StepState::Done);
    let mut db = t.book.read().await.unwrap();
    let brief = wellmet_core::calls::brief::brief(&mut db, t.book.now(), of.person, None).await.unwrap();
    assert_eq!(brief.touches[0].used, ["Hopes for: a mentor"]);
    assert_eq!(brief.touches[0].by.as_deref(), Some("Helen Barrow"), "hers, whatever handed it over");
    drop(db);
    assert_eq!(round(&t, &server).await.unwrap(), Delivered::default(), "and nothing more");
    // Ctrl+Z says that it has gone, and changes nothing.
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.action.as_str(), undone.reversed, undone.failed), ("send_mail", 0, 1));
    assert_eq!((line(&t).await.state, touches(&t, &of).await), (MailState::Sent, 1));
    let sent = wellmet_core::store::last_edits(&t.book, 20).await.unwrap();
    let sent = sent.iter().find(|edit| edit.action == "mail_sent").unwrap().id;
    assert_eq!(undo(&t.book, t.helen(), sent).await.unwrap_err().code, Code::Refused, "nor by its own line");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn it_can_be_taken_back_while_it_waits_by_undo_too() {
    let t = TestBook::new().await;
    let (of, _) = waiting(&t).await;
    let server = Server::that([Later]);
    round(&t, &server).await.unwrap();
    assert_eq!((line(&t).await.state, line(&t).await.tries), (MailState::Waiting, 1));
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.reversed, undone.failed), (1, 0), "tried in vain, it can still be taken back");
    t.clock.move_on(DAY_MS);
    round(&t, &server).await.unwrap();
    assert!(lines(&t).await.is_empty() && server.took_in_all() == 0);
    redo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!(line(&t).await.state, MailState::Waiting, "and put back");
    let id = line(&t).await.id;
    outbox::take_back(&t.book, t.helen(), id).await.unwrap();
    assert_eq!(outbox::take_back(&t.book, t.helen(), id).await.unwrap_err().code, Code::Conflict);
    put(&t, &of).await.unwrap();
    round(&t, &server).await.unwrap();
    assert_eq!(server.took_in_all(), 1, "written anew it goes");
}

#[tokio::test]
async fn what_is_refused_stays_owed_and_an_address_is_marked_only_where_it_does_not_exist() {
    for (does, state) in [(Refuses, ReachState::Good), (NoSuchAddress, ReachState::Bounced)] {
        let t = TestBook::new().await;
        let (of, id) = waiting(&t).await;
        let server = Server::that([does]);
        assert_eq!(round(&t, &server).await.unwrap().refused, 1);
        assert_eq!(line(&t).await.state, MailState::Refused);
        assert_eq!(promise(&t, of.promise).await.state, PromiseState::Open);
        t.clock.move_on(30 * DAY_MS);
        round(&t, &server).await.unwrap();
        assert_eq!(server.seen.lock().unwrap().len(), 1, "nobody asks the same again by itself");
        let reach =
            async || reaches::rows_of(&mut t.book.read().await.unwrap(), of.person).await.unwrap().remove(0).state;
        assert_eq!(reach().await, state, "{does:?}");
        assert_eq!(line(&t).await.address_is_good, state == ReachState::Good);
        outbox::mark_bounced(&t.book, t.helen(), id).await.unwrap();
        assert_eq!(reach().await, ReachState::Bounced, "a person may say so");
        assert_eq!(put(&t, &of).await.unwrap_err().code, Code::Refused, "then it is not written to");
        let count = outbox::count(&mut t.book.read().await.unwrap()).await.unwrap();
        assert_eq!((count.needs_somebody, count.waiting), (1, 0));
        sound(&t).await.unwrap();
    }
}

#[tokio::test]
async fn what_may_come_right_is_tried_again_ever_later_and_given_up_at_last() {
    let t = TestBook::new().await;
    let (_, id) = waiting(&t).await;
    let server = Server::that([Later; 100]);
    let mut pauses = Vec::new();
    while line(&t).await.state == MailState::Waiting {
        let next = line(&t).await.next_try_ms.unwrap();
        let pause = next.since(t.book.now());
        if pause > 0 {
            pauses.push(pause / MINUTE_MS);
            t.clock.move_on(pause - 1);
            assert_eq!(round(&t, &server).await.unwrap(), Delivered::default(), "not before its time");
            t.clock.move_on(1);
        }
        round(&t, &server).await.unwrap();
    }
    assert_eq!(pauses[..9], [1, 5, 15, 30, 60, 120, 240, 360, 360]);
    assert_eq!((pauses.len(), line(&t).await.state), (19, MailState::GaveUp));
    outbox::again(&t.book, t.helen(), id).await.unwrap();
    server.does.lock().unwrap().clear();
    round(&t, &server).await.unwrap();
    assert_eq!((line(&t).await.state, server.took_in_all()), (MailState::Sent, 1));
}

#[tokio::test]
async fn what_may_have_gone_waits_for_a_persons_word() {
    for does in [TakesAndHangsUp, HangsUpAtTheDot, TakesAndTheyPullThePlug, TheyPullThePlug] {
        for it_went in [true, false] {
            let t = TestBook::new().await;
            let (of, id) = waiting(&t).await;
            let server = Server::that([does]);
            round(&t, &server).await;
            t.clock.move_on(30 * DAY_MS);
            round(&t, &server).await.unwrap();
            round(&t, &server).await.unwrap();
            assert_eq!(line(&t).await.state, MailState::Unsure, "{does:?}");
            assert_eq!(server.seen.lock().unwrap().len(), 1, "{does:?}: nothing sends it again by itself");
            assert_eq!(outbox::take_back(&t.book, t.helen(), id).await.unwrap_err().code, Code::Conflict);
            assert_eq!(put(&t, &of).await.unwrap_err().code, Code::Conflict, "nor is another written beside it");
            if it_went {
                outbox::went(&t.book, t.helen(), id).await.unwrap();
                assert_eq!((line(&t).await.state, touches(&t, &of).await), (MailState::Sent, 1));
                undo_last(&t.book, t.helen()).await.unwrap().unwrap();
                assert_eq!((line(&t).await.state, touches(&t, &of).await), (MailState::Unsure, 0));
                assert_eq!(owed(&t, of.run).await.unwrap().1.id, of.promise, "said by mistake, it is taken back whole");
            } else {
                outbox::again(&t.book, t.helen(), id).await.unwrap();
                round(&t, &server).await.unwrap();
                assert_eq!(line(&t).await.state, MailState::Sent);
                let seen = server.seen.lock().unwrap();
                assert_eq!(seen[0].message_id, seen[1].message_id, "the same e-mail, so that a mail box knows it");
            }
            sound(&t).await.unwrap();
        }
    }
}

#[tokio::test]
async fn what_waits_in_a_backup_that_was_restored_goes_only_by_a_persons_word() {
    let t = TestBook::new().await;
    let (_, id) = waiting(&t).await;
    t.book.backup("by-hand").await.unwrap();
    let server = Server::default();
    assert_eq!(round(&t, &server).await.unwrap().sent, 1, "it went after the backup was made");
    let from = newest_backup(&t.book.paths().backups).expect("the backup");
    let folder = t.folder().join("restored");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(&t.book.paths().key_file, folder.join("book.json")).unwrap();
    restore(&folder, &t.host(), None, &from).await.unwrap();
    for _ in 0..2 {
        let book = Book::open(&folder, t.host(), Key::Keyring).await.unwrap();
        delivery::deliver(&book, &server).await.unwrap();
        assert_eq!(server.took_in_all(), 1, "not again by itself");
        let there = outbox::list(&mut book.read().await.unwrap()).await.unwrap();
        assert_eq!((there[0].id, there[0].state), (id, MailState::Unsure));
        assert!(there[0].said.contains("backup"), "{}", there[0].said);
        assert!(!book.is_restored(), "seen to");
        book.close().await;
    }
    let book = Book::open(&folder, t.host(), Key::Keyring).await.unwrap();
    outbox::again(&book, t.helen(), id).await.unwrap();
    delivery::deliver(&book, &server).await.unwrap();
    assert_eq!(server.took_in_all(), 2, "somebody said so");
    book.close().await;
}

/// A server that takes it; meanwhile two records are found to be one person's.
struct Meanwhile<'t> {
    t: &'t TestBook,
    kept: PersonId,
    other: PersonId,
}

impl Mailer for Meanwhile<'_> {
    fn send<'a>(&'a self, _: &'a MailServer, _: Option<&'a Password>, _: &'a OutgoingMail) -> Mailing<'a> {
        Box::pin(async {
            merged(self.t, self.kept, self.other, &[]).await;
            MailAnswer::Taken { said: "250 queued".into() }
        })
    }
}

#[tokio::test]
async fn what_was_taken_is_told_of_whose_record_it_is_by_then() {
    let t = TestBook::new().await;
    let (of, _) = waiting(&t).await;
    let kept = t.named("R Haddad").await;
    let server = Meanwhile { t: &t, kept, other: of.person };
    assert_eq!(delivery::deliver(&t.book, &server).await.unwrap().sent, 1);
    assert_eq!((line(&t).await.state, line(&t).await.person), (MailState::Sent, kept));
    assert_eq!(promise(&t, of.promise).await.state, PromiseState::Kept);
    assert_eq!(touches(&t, &Owed { person: kept, ..of }).await, 1);
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn what_was_written_while_two_records_were_one_goes_back_with_its_step() {
    let t = TestBook::new().await;
    let of = rania(&t).await;
    hopes_for(&t, of.person, "a mentor").await;
    with_server(&t, "").await;
    let kept = t.named("R Haddad").await;
    let (merge, _) = merged(&t, kept, of.person, &[]).await;
    put(&t, &of).await.unwrap();
    assert_eq!(line(&t).await.person, kept);
    unmerged(&t, merge).await;
    assert_eq!(line(&t).await.person, of.person);
    assert_eq!(round(&t, &Server::default()).await.unwrap().sent, 1, "to the address that went back too");
    assert_eq!(touches(&t, &of).await, 1);
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn a_no_that_came_while_it_waited_holds_it_back() {
    let t = TestBook::new().await;
    let (of, _) = waiting(&t).await;
    let mut edit = t.book.write(t.helen(), "set_consent").await.unwrap();
    consent::set(&mut edit, of.person, ReachKind::Email, false, "on a form").await.unwrap();
    edit.commit().await.unwrap();
    let server = Server::default();
    assert_eq!(round(&t, &server).await.unwrap().refused, 1);
    assert!(line(&t).await.said.starts_with("Not sent: Rania Haddad wants no e-mail"), "{}", line(&t).await.said);
    assert_eq!(server.took_in_all(), 0);
}

#[tokio::test]
async fn a_locked_keyring_or_a_wrong_password_holds_all_of_it_and_is_said() {
    let t = TestBook::new().await;
    let of = rania(&t).await;
    hopes_for(&t, of.person, "a mentor").await;
    let password = Password::from("pass-word-123");
    server::save(&t.book, t.helen(), Some(&a_server("office")), Some(&password)).await.unwrap();
    put(&t, &of).await.unwrap();
    let other = in_plan(&t, "Mary Webb", "mary@example.com").await;
    hopes_for(&t, other.person, "a job").await;
    put(&t, &other).await.unwrap();
    *t.keyring.fault.lock().unwrap() = Some(true);
    let server = Server::that([WrongPassword]);
    let held = round(&t, &server).await.unwrap().held.expect("it is said");
    assert!(held.contains("the keyring is locked") && held.contains("Unlock it"), "{held}");
    assert!(server.seen.lock().unwrap().is_empty() && lines(&t).await.iter().all(|line| line.tries == 0));
    *t.keyring.fault.lock().unwrap() = None;
    assert_eq!(round(&t, &server).await.unwrap().held.as_deref(), Some("said so"));
    assert_eq!(server.seen.lock().unwrap().len(), 1, "one wrong password is enough for a round");
    assert!(lines(&t).await.iter().all(|line| line.state == MailState::Waiting && line.tries == 0));
    assert_eq!(round(&t, &server).await.unwrap(), Delivered::default(), "nor is it tried a minute later");
    server::save(&t.book, t.helen(), Some(&a_server("office")), Some(&Password::from("right"))).await.unwrap();
    assert_eq!(round(&t, &server).await.unwrap().sent, 2, "a mended setting is tried at once");
    assert_eq!(server.passwords.lock().unwrap()[2].as_deref(), Some("right"));
    assert!(lines(&t).await.iter().all(|line| !line.said.contains("office")), "the server's words name no user");
}

#[tokio::test]
async fn settings_that_cannot_be_are_refused() {
    let t = TestBook::new().await;
    let base = a_server("");
    let wrong = [
        MailServer { host: " ".into(), ..base.clone() },
        MailServer { host: "mail.example.com\r\nX".into(), ..base.clone() },
        MailServer { port: 0, ..base.clone() },
        MailServer { security: MailSecurity::None, ..base.clone() },
        MailServer { sender_name: "\r\n".into(), ..base.clone() },
        MailServer { sender_address: "office".into(), ..base.clone() },
        MailServer { sender_address: "a@b.example\r\nBcc: c@d.example".into(), ..base.clone() },
    ];
    for wrong in wrong {
        let refused = server::save(&t.book, t.helen(), Some(&wrong), None).await;
        assert_eq!(refused.unwrap_err().code, Code::Invalid, "{wrong:?}");
    }
    let here = MailServer { host: "localhost".into(), security: MailSecurity::None, port: 25, ..base };
    server::save(&t.book, t.helen(), Some(&here), None).await.unwrap();
    assert_eq!(server::get(&mut t.book.read().await.unwrap()).await.unwrap(), Some(here));
    server::save(&t.book, t.helen(), None, None).await.unwrap();
    assert_eq!(server::get(&mut t.book.read().await.unwrap()).await.unwrap(), None);
    let of = rania(&t).await;
    hopes_for(&t, of.person, "a mentor").await;
    assert_eq!(put(&t, &of).await.unwrap_err().code, Code::Refused);
}

#[derive(Clone, Copy, Debug)]
enum Happens {
    Round(Does),
    Wait(u8),
    Again,
    Went,
    TakeBack,
    Undo,
}

fn happens() -> impl Strategy<Value = Happens> {
    let does = prop::sample::select(vec![
        Takes,
        Refuses,
        NoSuchAddress,
        Later,
        Offline,
        WrongPassword,
        TakesAndHangsUp,
        HangsUpAtTheDot,
        TakesAndTheyPullThePlug,
        TheyPullThePlug,
    ]);
    prop_oneof![
        6 => does.prop_map(Happens::Round),
        3 => any::<u8>().prop_map(Happens::Wait),
        1 => Just(Happens::Again),
        1 => Just(Happens::Went),
        1 => Just(Happens::TakeBack),
        1 => Just(Happens::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn none_is_lost_and_none_goes_twice_without_a_persons_word(happened in prop::collection::vec(happens(), 1..14)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let t = TestBook::new().await;
            let (of, id) = waiting(&t).await;
            let server = Server::default();
            let message = format!("{id}@northside.example");
            // How often a person said that it is to be sent.
            let mut words = 1;
            for happens in &happened {
                match happens {
                    Happens::Round(does) => {
                        server.does.lock().unwrap().push_back(*does);
                        round(&t, &server).await;
                        server.does.lock().unwrap().clear();
                    }
                    Happens::Wait(hours) => t.clock.move_on(i64::from(*hours) * 10 * MINUTE_MS),
                    Happens::Again => {
                        let was_unsure = lines(&t).await.iter().any(|line| line.state == MailState::Unsure);
                        if outbox::again(&t.book, t.helen(), id).await.is_ok() && was_unsure {
                            words += 1;
                        }
                    }
                    Happens::Went => drop(outbox::went(&t.book, t.helen(), id).await),
                    Happens::TakeBack => drop(outbox::take_back(&t.book, t.helen(), id).await),
                    Happens::Undo => drop(undo_last(&t.book, t.helen()).await),
                }
                let took = server.took(&message);
                prop_assert!(took <= words, "{took} times after {words} words: {happened:?}");
                let lines = lines(&t).await;
                let state = lines.first().map(|line| line.state);
                if state == Some(MailState::Sent) {
                    prop_assert_eq!(touches(&t, &of).await, 1);
                    prop_assert_eq!(promise(&t, of.promise).await.state, PromiseState::Kept);
                }
                let said_gone = happened.iter().any(|happens| matches!(happens, Happens::Went));
                prop_assert!(state != Some(MailState::Sent) || took > 0 || said_gone, "sent, and nowhere: {happened:?}");
                // What is in the server's box is never shown as something that is still to go, but where it is unsure.
                let may_go_again = matches!(state, Some(MailState::Waiting | MailState::Refused | MailState::GaveUp));
                prop_assert!(took < words || !may_go_again, "in the box, and to be sent: {happened:?}");
            }
            Ok(())
        })?;
    }
}
