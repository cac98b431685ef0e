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
    let mut books = desk.books();
    let mut voice = Voice { notifier, failing: false };
    loop {
        let book = books.borrow_and_update().clone();
        let left = match book {
            Some(book) => {
                tokio::select! {
                    () = of_book(&book, &mut voice) => books.changed().await,
                    changed = books.changed() => changed,
                }
            }
            None => books.changed().await,
        };
        if left.is_err() {
            return;
        }
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
