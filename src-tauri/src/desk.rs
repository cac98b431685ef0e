//! What the window has in hand: the book, if one is open, and who is signed in.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tokio::sync::{RwLock, watch};
use wellmet_core::exchange::import;
use wellmet_core::host::Host;
use wellmet_core::ids::VolunteerId;
use wellmet_core::store::{Key, Unlock};
use wellmet_core::team::standards::{self, Association};
use wellmet_core::team::volunteers::{self, Volunteer};
use wellmet_core::{Actor, Book, Code, Error, Result};

use crate::events::GoTo;
use crate::lists::Lists;

/// Complete before it is managed; clones share it.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    host: Host,
    now: RwLock<Now>,
    /// Where the window goes as soon as somebody is there to see it.
    go_to: Mutex<Option<GoTo>>,
    lists: Lists,
    books: watch::Sender<Option<Book>>,
}

#[derive(Default)]
struct Now {
    book: Option<Book>,
    /// Why there is none.
    fault: Option<Error>,
    signed_in: Option<VolunteerId>,
}

/// Where the window stands: what it shows first.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Status {
    /// `None`: a book is open.
    pub fault: Option<Error>,
    pub folder: String,
    /// Whether a passphrase would open the book.
    pub has_passphrase: bool,
    pub association: Option<Association>,
    pub signed_in: Option<Volunteer>,
    pub version: String,
}

impl Desk {
    pub fn new(folder: &Path, host: Host) -> Self {
        let now = Now { fault: Some(Error::new(Code::NoBook, "The book is not open yet.")), ..Now::default() };
        let (books, _) = watch::channel(None);
        Self {
            inner: Arc::new(Inner {
                folder: folder.to_owned(),
                host,
                now: RwLock::new(now),
                go_to: Mutex::default(),
                lists: Lists::default(),
                books,
            }),
        }
    }

    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    pub fn host(&self) -> &Host {
        &self.inner.host
    }

    pub fn lists(&self) -> &Lists {
        &self.inner.lists
    }

    /// The last that was asked for counts.
    pub fn ask_to_go(&self, to: GoTo) {
        *self.inner.go_to.lock().unwrap_or_else(PoisonError::into_inner) = Some(to);
    }

    /// Once: whoever takes it goes there.
    pub fn take_go_to(&self) -> Option<GoTo> {
        self.inner.go_to.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// One open book after the other, for those who follow them: reminders, the tray, the outbox.
    pub fn books(&self) -> Books {
        Books(self.inner.books.subscribe())
    }

    /// Opens the book with the keyring's key, or with what a person typed. A failure is kept for [`Desk::status`].
    pub async fn open(&self, unlock: Option<Unlock>) -> Result<()> {
        let mut now = self.inner.now.write().await;
        if now.book.is_some() {
            return Ok(());
        }
        match self.try_open(unlock).await {
            Ok((book, signed_in)) => {
                *now = Now { book: Some(book.clone()), fault: None, signed_in };
                self.inner.books.send_replace(Some(book));
                Ok(())
            }
            Err(error) => {
                now.fault = Some(error.clone());
                Err(error)
            }
        }
    }

    async fn try_open(&self, unlock: Option<Unlock>) -> Result<(Book, Option<VolunteerId>)> {
        let key = unlock.map_or(Key::Keyring, Key::Typed);
        let book = Book::open(&self.inner.folder, self.inner.host.clone(), key).await?;
        match begin_work(&book).await {
            Ok(signed_in) => Ok((book, signed_in)),
            Err(error) => {
                book.close().await;
                Err(error)
            }
        }
    }

    /// A book that was just made.
    pub async fn put(&self, book: Book, director: VolunteerId) {
        let mut now = self.inner.now.write().await;
        *now = Now { book: Some(book.clone()), fault: None, signed_in: Some(director) };
        self.inner.books.send_replace(Some(book));
    }

    pub async fn book(&self) -> Result<Book> {
        let now = self.inner.now.read().await;
        now.book
            .clone()
            .ok_or_else(|| now.fault.clone().unwrap_or_else(|| Error::new(Code::NoBook, "No book is open.")))
    }

    /// The open book and whoever is signed in: nobody signed in changes nothing.
    pub async fn at_work(&self) -> Result<(Book, Actor)> {
        let book = self.book().await?;
        let volunteer = self.signed_in().await?;
        Ok((book, Actor::Volunteer(volunteer)))
    }

    /// For what only a director may change.
    pub async fn director_at_work(&self) -> Result<(Book, Actor)> {
        let (book, volunteer) = (self.book().await?, self.signed_in().await?);
        if !volunteers::is_director(&volunteers::get(&mut book.read().await?, volunteer).await?) {
            return Err(Error::refused("Only a director changes this. Ask one, or sign in as one."));
        }
        Ok((book, Actor::Volunteer(volunteer)))
    }

    /// For what a notification's buttons do, which nobody may be signed in for.
    pub async fn whoever(&self) -> Actor {
        self.inner.now.read().await.signed_in.map_or(Actor::Wellmet, Actor::Volunteer)
    }

    pub async fn signed_in(&self) -> Result<VolunteerId> {
        let now = self.inner.now.read().await;
        now.signed_in.ok_or_else(|| Error::new(Code::Refused, "Sign in first: everything that changes carries a name."))
    }

    pub async fn sign_in(&self, volunteer: VolunteerId, pin: Option<&str>) -> Result<Volunteer> {
        let book = self.book().await?;
        let who = volunteers::sign_in(&book, volunteer, pin).await?;
        self.inner.now.write().await.signed_in = Some(who.id);
        Ok(who)
    }

    pub async fn sign_out(&self) {
        self.inner.now.write().await.signed_in = None;
    }

    pub async fn status(&self) -> Result<Status> {
        let has_passphrase = Book::look(&self.inner.folder).unwrap_or(None).unwrap_or(false);
        let (book, fault, signed_in) = {
            let now = self.inner.now.read().await;
            (now.book.clone(), now.fault.clone(), now.signed_in)
        };
        let (mut association, mut volunteer) = (None, None);
        if let Some(book) = &book {
            let mut db = book.read().await?;
            association = Some(standards::association(&mut db).await?);
            if let Some(id) = signed_in {
                volunteer = Some(volunteers::get(&mut db, id).await?);
            }
        }
        Ok(Status {
            fault,
            folder: self.inner.folder.display().to_string(),
            has_passphrase,
            association,
            signed_in: volunteer,
            version: env!("CARGO_PKG_VERSION").into(),
        })
    }

    pub async fn close(&self) {
        self.inner.lists.clear();
        if let Some(book) = self.inner.now.write().await.book.take() {
            self.inner.books.send_replace(None);
            book.close().await;
        }
    }
}

pub struct Books(watch::Receiver<Option<Book>>);

impl Books {
    /// The open book, else the next that is opened; `None` once there will be none.
    pub async fn next(&mut self) -> Option<Book> {
        loop {
            let book = self.0.borrow_and_update().clone();
            if book.is_some() {
                return book;
            }
            self.0.changed().await.ok()?;
        }
    }

    /// Does this until the book is closed or another one is opened.
    pub async fn while_open(&mut self, work: impl Future<Output = ()>) {
        tokio::select! {
            () = work => drop(self.0.changed().await),
            _ = self.0.changed() => {}
        }
    }
}

/// What a kill left unfinished is told as such; answers who is signed in without being asked.
async fn begin_work(book: &Book) -> Result<Option<VolunteerId>> {
    import::recover(book).await?;
    only_volunteer(book).await
}

/// Where one person uses the book and has set no PIN, there is nothing to ask.
async fn only_volunteer(book: &Book) -> Result<Option<VolunteerId>> {
    let mut there = volunteers::all(&mut book.read().await?).await?.into_iter().filter(|volunteer| !volunteer.left);
    Ok(match (there.next(), there.next()) {
        (Some(only), None) if !only.has_pin => Some(only.id),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::TestBook;

    #[tokio::test]
    async fn where_to_go_is_kept_while_the_book_is_locked_and_taken_once() {
        let test = TestBook::new().await;
        let desk = Desk::new(&test.path(), test.host());
        assert!(desk.book().await.is_err(), "the book is not open yet");
        desk.ask_to_go(GoTo::Capture);
        desk.ask_to_go(GoTo::Today);
        desk.put(test.book.clone(), test.director).await;
        assert_eq!(desk.take_go_to(), Some(GoTo::Today), "the last that was asked for");
        assert_eq!(desk.take_go_to(), None, "and only once");
    }
}
