//! What is copied: a number is there to be pasted once, and gone a minute later; other words stay.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use wellmet_core::host::Clock;
use wellmet_core::time::MINUTE_MS;
use wellmet_core::{Error, Result};

const KEPT_MS: i64 = MINUTE_MS;
/// The wall clock is looked at: a sleep of a minute would go on for a night in a computer that is asleep.
const LOOKED_AT_EVERY: Duration = Duration::from_millis(500);

/// What the desktop's clipboard does, so that a test can have one of its own.
trait Board: Send {
    /// `None`: no text is on it.
    fn text(&mut self) -> Option<String>;
    fn put(&mut self, text: &str) -> Result<(), String>;
    fn clear(&mut self) -> Result<(), String>;
}

impl Board for arboard::Clipboard {
    fn text(&mut self) -> Option<String> {
        self.get_text().ok()
    }
    fn put(&mut self, text: &str) -> Result<(), String> {
        self.set_text(text).map_err(|error| error.to_string())
    }
    fn clear(&mut self) -> Result<(), String> {
        arboard::Clipboard::clear(self).map_err(|error| error.to_string())
    }
}

#[derive(Default)]
struct Held {
    /// Asked for with the first number: on X11 it serves what was copied for as long as it is kept.
    board: Option<Box<dyn Board>>,
    copied: Option<String>,
}

#[derive(Clone, Default)]
pub struct Clipboard(Arc<Mutex<Held>>);

impl Clipboard {
    /// Puts a number on the clipboard, and takes it off again after a minute.
    pub async fn lend(&self, clock: Arc<dyn Clock>, number: String) -> Result<()> {
        self.copied(number.clone(), true).await?.map_err(|error| {
            Error::refused(format!("This desktop's clipboard does not answer ({error}). Dial the number by hand."))
        })?;
        let (clipboard, until) = (self.clone(), clock.now().plus_ms(KEPT_MS));
        tauri::async_runtime::spawn(async move {
            while clock.now() < until {
                tokio::time::sleep(LOOKED_AT_EVERY).await;
            }
            let _ = tauri::async_runtime::spawn_blocking(move || clipboard.take_off(&number)).await;
        });
        Ok(())
    }

    /// Puts words on the clipboard, to stay there.
    pub async fn give(&self, words: String) -> Result<()> {
        self.copied(words, false).await?.map_err(|error| {
            Error::refused(format!(
                "This desktop's clipboard does not answer ({error}). Mark the words, and copy them by hand."
            ))
        })
    }

    /// The outer error is ours; the inner one is the desktop's.
    async fn copied(&self, text: String, lent: bool) -> Result<Result<(), String>> {
        let clipboard = self.clone();
        tauri::async_runtime::spawn_blocking(move || clipboard.copy(&text, lent))
            .await
            .map_err(|error| Error::internal(error.to_string()))
    }

    /// At the end of the app: what was lent is not left behind.
    pub fn take_off_all(&self) {
        let copied = self.held().copied.clone();
        if let Some(copied) = copied {
            self.take_off(&copied);
        }
    }

    fn copy(&self, text: &str, lent: bool) -> Result<(), String> {
        let mut held = self.held();
        if held.board.is_none() {
            held.board = Some(Box::new(arboard::Clipboard::new().map_err(|error| error.to_string())?));
        }
        let Some(board) = held.board.as_mut() else { return Err("it is gone".into()) };
        board.put(text)?;
        held.copied = lent.then(|| text.to_owned());
        Ok(())
    }

    /// Only where it still holds this number: what someone copied since is theirs.
    fn take_off(&self, number: &str) {
        let mut held = self.held();
        let Some(board) = held.board.as_mut() else { return };
        if board.text().as_deref() != Some(number) {
            return;
        }
        match board.clear() {
            Ok(()) => held.copied = None,
            Err(error) => tracing::warn!(error, "a number was left on the clipboard"),
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use wellmet_core::Millis;

    use super::*;

    #[derive(Clone, Default)]
    struct TestBoard(Arc<Mutex<Option<String>>>);

    impl TestBoard {
        fn holds(&self) -> Option<String> {
            self.0.lock().expect("held").clone()
        }
    }

    impl Board for TestBoard {
        fn text(&mut self) -> Option<String> {
            self.holds()
        }
        fn put(&mut self, text: &str) -> Result<(), String> {
            *self.0.lock().expect("held") = Some(text.to_owned());
            Ok(())
        }
        fn clear(&mut self) -> Result<(), String> {
            *self.0.lock().expect("held") = None;
            Ok(())
        }
    }

    struct StandingClock(AtomicI64);

    impl Clock for StandingClock {
        fn now(&self) -> Millis {
            Millis(self.0.load(Ordering::SeqCst))
        }
    }

    fn desk() -> (Clipboard, TestBoard, Arc<StandingClock>) {
        let board = TestBoard::default();
        let held = Held { board: Some(Box::new(board.clone())), copied: None };
        (Clipboard(Arc::new(Mutex::new(held))), board, Arc::new(StandingClock(AtomicI64::new(0))))
    }

    async fn a_while() {
        tokio::time::sleep(3 * LOOKED_AT_EVERY).await;
    }

    #[tokio::test]
    async fn words_stay_also_where_a_number_was_lent_before_them() {
        let (clipboard, board, clock) = desk();
        clipboard.lend(clock.clone(), "0412 345 678".into()).await.expect("copied");
        clipboard.give("Dear Rania".into()).await.expect("copied");
        clock.0.store(KEPT_MS, Ordering::SeqCst);
        a_while().await;
        clipboard.take_off_all();
        assert_eq!(board.holds().as_deref(), Some("Dear Rania"));
    }

    #[tokio::test]
    async fn it_is_gone_after_a_minute_and_not_before() {
        let (clipboard, board, clock) = desk();
        clipboard.lend(clock.clone(), "0412 345 678".into()).await.expect("copied");
        clock.0.store(KEPT_MS - 1, Ordering::SeqCst);
        a_while().await;
        assert_eq!(board.holds().as_deref(), Some("0412 345 678"));
        clock.0.store(KEPT_MS, Ordering::SeqCst);
        a_while().await;
        assert_eq!(board.holds(), None);
    }

    #[tokio::test]
    async fn what_someone_copied_since_stays() {
        let (clipboard, mut board, clock) = desk();
        clipboard.lend(clock.clone(), "0412 345 678".into()).await.expect("copied");
        board.put("a recipe").expect("put");
        clock.0.store(KEPT_MS, Ordering::SeqCst);
        a_while().await;
        clipboard.take_off_all();
        assert_eq!(board.holds().as_deref(), Some("a recipe"));
    }

    #[tokio::test]
    async fn the_end_of_the_app_leaves_nothing_behind() {
        let (clipboard, board, clock) = desk();
        clipboard.lend(clock, "0412 345 678".into()).await.expect("copied");
        clipboard.take_off_all();
        assert_eq!(board.holds(), None);
    }
}
