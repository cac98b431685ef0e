//! Reminds while Wellmet runs.
//!
//! Looks at the clock every second and never sleeps longer: a long sleep stalls while a computer is suspended. What is
//! due, deferred or told stands in the book, so a kill, a restart or a clock that is set back tells nothing twice.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval};
use wellmet_core::promises::reminders::{self, Notice};
use wellmet_core::time::HOUR_MS;
use wellmet_core::{Actor, Book, Code, Millis, Result};

use crate::desk::Desk;
use crate::notifier::{Note, Notifier};

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Asks the book anew this often, whatever else happened: the quiet hours may have been another Wellmet's to change.
const ASK_AT_LEAST_EVERY: Duration = Duration::from_secs(60);
/// After a failure, such as a full disk.
const REST: Duration = Duration::from_secs(30);

/// Goes on for as long as the app does; a book that is opened later is reminded of from then on.
pub async fn run(desk: Desk, notifier: Arc<dyn Notifier>) {
    let mut voice = Voice { notifier, failing: false };
    let mut books = desk.books();
    while let Some(book) = books.next().await {
        books.while_open(of_book(&book, &mut voice)).await;
    }
}

async fn of_book(book: &Book, voice: &mut Voice) {
    let mut changes = book.changes();
    let mut tick = interval(LOOK_EVERY);
    // After a suspension one look is enough.
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut schedule = Schedule::default();
    loop {
        tokio::select! {
            _ = tick.tick() => schedule.look(book, voice).await,
            change = changes.recv() => match change {
                Ok(_) | Err(RecvError::Lagged(_)) => schedule.asked = None,
                Err(RecvError::Closed) => return,
            },
        }
    }
}

/// When to look into the book next, so that a look at the clock costs nothing.
#[derive(Default)]
struct Schedule {
    due: Option<Millis>,
    /// When the book was asked; `None`: what it said does not hold any more.
    asked: Option<Instant>,
    rests_until: Option<Instant>,
    fault: Option<Code>,
}

impl Schedule {
    async fn look(&mut self, book: &Book, voice: &mut Voice) {
        if self.rests_until.is_some_and(|until| Instant::now() < until) {
            return;
        }
        match self.try_look(book, voice).await {
            Ok(()) => self.fault = None,
            Err(error) => {
                if self.fault != Some(error.code) {
                    tracing::error!(%error, "reminders wait");
                }
                self.fault = Some(error.code);
                self.asked = None;
                self.rests_until = Some(Instant::now() + REST);
            }
        }
    }

    async fn try_look(&mut self, book: &Book, voice: &mut Voice) -> Result<()> {
        if self.asked.is_none_or(|at| at.elapsed() >= ASK_AT_LEAST_EVERY) {
            self.asked = Some(Instant::now());
            self.due = reminders::next_due(book).await?;
        }
        if self.due.is_some_and(|due| due <= book.now()) {
            self.asked = None;
            if let Some(notice) = reminders::deliver(book).await? {
                voice.tell(notice).await;
            }
        }
        Ok(())
    }
}

/// The notifier, which complains once and not at every reminder.
struct Voice {
    notifier: Arc<dyn Notifier>,
    failing: bool,
}

impl Voice {
    async fn tell(&mut self, notice: Notice) {
        let notifier = self.notifier.clone();
        let shown = tokio::task::spawn_blocking(move || notifier.show(Note::of(notice))).await;
        match shown.unwrap_or_else(|error| Err(error.to_string())) {
            Ok(()) => self.failing = false,
            Err(why) if !self.failing => {
                self.failing = true;
                tracing::warn!(why, "the desktop shows no notifications; the inbox in the window has them");
            }
            Err(_) => {}
        }
    }
}

/// *Snooze* on a notification: all that it told, in an hour, as one edit.
pub async fn snooze(book: &Book, actor: Actor, notice: &Notice) -> Result<()> {
    let mut edit = book.write(actor, "snooze").await?;
    let until = edit.at.plus_ms(HOUR_MS);
    for reminder in &notice.reminders {
        reminders::snooze(&mut edit, *reminder, until).await?;
    }
    edit.commit().await.map(drop)
}

/// *Open* on a notification: whoever opens it has seen it.
pub async fn see(book: &Book, actor: Actor, notice: &Notice) -> Result<()> {
    let mut edit = book.write(actor, "see_reminder").await?;
    for reminder in &notice.reminders {
        reminders::mark_seen(&mut edit, *reminder).await?;
    }
    edit.commit().await.map(drop)
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, PoisonError};

    use wellmet_core::promises::ledger::{self, NewPromise, PromiseKind};

    use super::*;
    use crate::notifier::About;
    use crate::support::{TestBook, millis};

    /// A desktop that keeps what it was shown, or shows nothing.
    #[derive(Default)]
    struct Desktop {
        shown: Mutex<Vec<Note>>,
        is_broken: bool,
    }

    impl Notifier for Desktop {
        fn show(&self, note: Note) -> std::result::Result<(), String> {
            self.shown.lock().unwrap_or_else(PoisonError::into_inner).push(note);
            if self.is_broken { Err("no bus".into()) } else { Ok(()) }
        }
    }

    impl Desktop {
        fn titles(&self) -> Vec<String> {
            self.shown.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|note| note.title.clone()).collect()
        }

        fn last_notice(&self) -> Notice {
            let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
            match shown.last().map(|note| note.about.clone()) {
                Some(About::Reminders(notice)) => notice,
                other => panic!("a reminder was shown last, not {other:?}"),
            }
        }
    }

    /// Reminds of `test`'s book until the test ends.
    async fn remind(test: &TestBook, desktop: &Arc<Desktop>) -> Desk {
        let desk = Desk::new(&test.path(), test.host());
        desk.put(test.book.clone(), test.director).await;
        tokio::spawn(run(desk.clone(), desktop.clone()));
        desk
    }

    async fn promise(test: &TestBook, name: &str, due: &str) {
        let person = test.named(name).await;
        let mut edit = test.book.write(test.helen(), "make_promise").await.expect("an edit");
        let (kind, what) = (PromiseKind::Callback, "ring back".into());
        let new = NewPromise { person, kind, what, keeper: None, due: millis(due), inquiry: None };
        ledger::make(&mut edit, &new).await.expect("a promise");
        edit.commit().await.expect("committed");
    }

    /// Waits until so many were shown; no longer than what was promised, and a little for a busy machine.
    async fn shown(desktop: &Desktop, count: usize) -> Vec<String> {
        let begun = Instant::now();
        while desktop.titles().len() < count && begun.elapsed() < Duration::from_secs(5) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let titles = desktop.titles();
        assert_eq!(titles.len(), count, "shown so far: {titles:?}");
        titles
    }

    /// Long enough for two looks at the clock.
    async fn a_while() {
        tokio::time::sleep(LOOK_EVERY * 2 + Duration::from_millis(300)).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_reminder_is_told_in_time_and_once_whatever_the_clock_does() {
        let test = TestBook::new().await;
        let desktop = Arc::new(Desktop::default());
        let _desk = remind(&test, &desktop).await;
        promise(&test, "Rania Haddad", "2026-11-02T14:00:00+10:00").await;
        test.clock.set("2026-11-02T13:59:50+10:00");
        a_while().await;
        assert_eq!(desktop.titles(), Vec::<String>::new(), "not before it is due");

        test.clock.set("2026-11-02T14:00:00+10:00");
        assert!(shown(&desktop, 1).await[0].contains("Rania Haddad"));
        for at in ["2026-11-02T13:00:00+10:00", "2026-11-02T14:00:30+10:00"] {
            test.clock.set(at);
            a_while().await;
        }
        assert_eq!(desktop.titles().len(), 1, "a clock set back an hour tells nothing twice");

        let notice = desktop.last_notice();
        snooze(&test.book, test.helen(), &notice).await.expect("snoozed");
        test.clock.set("2026-11-02T14:59:00+10:00");
        a_while().await;
        assert_eq!(desktop.titles().len(), 1, "an hour is an hour");
        test.clock.set("2026-11-02T15:00:31+10:00");
        shown(&desktop, 2).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn after_a_sleep_there_is_one_summary() {
        let test = TestBook::new().await;
        let desktop = Arc::new(Desktop::default());
        for (name, due) in [("Rania Haddad", "12:00"), ("Nadia Farah", "13:00"), ("Mara Quinn", "14:00")] {
            promise(&test, name, &format!("2026-11-02T{due}:00+10:00")).await;
        }
        let desk = remind(&test, &desktop).await;
        test.clock.set("2026-11-02T15:00:00+10:00");
        let titles = shown(&desktop, 1).await;
        assert!(titles[0].contains('3'), "{titles:?}");
        assert_eq!(desktop.last_notice().reminders.len(), 3);
        see(&test.book, desk.whoever().await, &desktop.last_notice()).await.expect("seen");
        let mut db = test.book.read().await.expect("a reader");
        assert_eq!(reminders::count_unseen(&mut db).await.expect("counted"), 0, "whoever opens it has seen it");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_desktop_that_shows_nothing_is_not_pestered_and_the_inbox_has_it() {
        let test = TestBook::new().await;
        let desktop = Arc::new(Desktop { is_broken: true, ..Desktop::default() });
        let _desk = remind(&test, &desktop).await;
        promise(&test, "Rania Haddad", "2026-11-02T14:00:00+10:00").await;
        test.clock.set("2026-11-02T14:00:01+10:00");
        shown(&desktop, 1).await;
        a_while().await;
        assert_eq!(desktop.titles().len(), 1, "one try a reminder");
        let mut db = test.book.read().await.expect("a reader");
        let inbox = reminders::inbox(&mut db, test.book.now()).await.expect("the inbox");
        assert_eq!(inbox.len(), 1, "the inbox is the truth");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_book_that_is_opened_later_is_reminded_of() {
        let test = TestBook::new().await;
        let desktop = Arc::new(Desktop::default());
        let desk = Desk::new(&test.path(), test.host());
        tokio::spawn(run(desk.clone(), desktop.clone()));
        promise(&test, "Rania Haddad", "2026-11-02T14:00:00+10:00").await;
        test.clock.set("2026-11-02T14:00:00+10:00");
        a_while().await;
        assert_eq!(desktop.titles(), Vec::<String>::new(), "a locked book says nothing");
        desk.put(test.book.clone(), test.director).await;
        shown(&desktop, 1).await;
    }
}
