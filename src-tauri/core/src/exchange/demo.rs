//! A believable association, from a seed.
//!
//! The same book, seed and clock make the same people and the same past. Everything is written through the areas'
//! functions in edits whose instant is set back, so that a promise of March was made in March.

mod names;
mod words;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom as _, SliceRandom as _};
use rand::{Rng, SeedableRng};

use crate::error::Result;
use crate::ids::{InquiryId, MessageId, PersonId, PromiseId, TouchId, VolunteerId};
use crate::people::{NewPerson, NewReach, PersonChange, ReachKind, Standing, consent, facts, person, reaches};
use crate::promises::business_time::{BusinessCalendar, wall_instant};
use crate::promises::ledger::{self, NewPromise, PromiseKind};
use crate::promises::may_ring;
use crate::store::{Actor, Book, Edit};
use crate::team::standards::{self, Association};
use crate::team::volunteers::{self, NewVolunteer, VolunteerRole};
use crate::time::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};
use crate::{args, statements};

#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub people: u32,
    pub seed: u64,
}

impl Size {
    /// What first run offers to look around in.
    pub fn sample() -> Self {
        Self { people: 400, seed: 1 }
    }
}

/// People of one transaction.
const CHUNK_PEOPLE: u32 = 1_000;

statements! {
    ADD_INQUIRY = "INSERT INTO inquiry (id, person_id, source, about, opened_ms, clock_ms, state, ended_ms, end_reason) \
        VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)";
    ADD_MESSAGE = "INSERT INTO message (id, inquiry_id, person_id, source, received_ms, words, number_typed, taken_by) \
        VALUES ($1, $2, $3, $4, $5, $6, '', $7)";
    ADD_TOUCH = "INSERT INTO touch (id, person_id, direction, channel, at_ms, duration_ms, result, notes, note_for_next, \
        volunteer_id, inquiry_id, promise_id, call_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10, $11, NULL)";
}

/// Fills a new book whose association and director stand.
pub async fn fill(book: &Book, director: VolunteerId, size: &Size) -> Result<()> {
    let mut db = book.read().await?;
    let association = standards::association(&mut db).await?;
    let calendar = standards::calendar(&mut db).await?;
    drop(db);
    let now = book.now();
    let mut sample = Sample {
        rng: StdRng::seed_from_u64(size.seed),
        home: association.tz()?,
        places: names::places(&association.country, association.tz()?),
        association,
        calendar,
        now,
        director,
        team: vec![director],
        mobiles: 0,
        lines: 0,
        asked: 0,
        made: Vec::new(),
    };
    let mut edit = sample.open(book).await?;
    for name in words::VOLUNTEERS {
        let new = NewVolunteer { name: (*name).to_owned(), role: VolunteerRole::Volunteer, pin: None };
        let id = volunteers::add(&mut edit, &new).await?;
        sample.team.push(id);
    }
    edit.commit().await?;
    let mut left = size.people;
    while left > 0 {
        let chunk = left.min(CHUNK_PEOPLE);
        let mut edit = sample.open(book).await?;
        for _ in 0..chunk {
            sample.someone(&mut edit).await?;
        }
        edit.commit().await?;
        left -= chunk;
    }
    let mut edit = sample.open(book).await?;
    sample.past(&mut edit).await?;
    sample.present(&mut edit).await?;
    edit.about(&sample.association.name);
    edit.commit().await?;
    Ok(())
}

struct Sample {
    rng: StdRng,
    association: Association,
    calendar: BusinessCalendar,
    home: Tz,
    places: Vec<(String, Option<String>)>,
    now: Millis,
    director: VolunteerId,
    /// The director first.
    team: Vec<VolunteerId>,
    mobiles: u32,
    lines: u32,
    asked: usize,
    /// Whom a story can be told of: reachable by phone, and not yet in one.
    made: Vec<PersonId>,
}

impl Sample {
    /// Part of first run, so that nobody's Ctrl+Z takes the sample apart.
    async fn open(&self, book: &Book) -> Result<Edit> {
        let mut edit = book.write(Actor::Wellmet, "first_run").await?;
        edit.aside();
        Ok(edit)
    }

    fn keeper(&mut self) -> VolunteerId {
        let team = self.team.clone();
        // The director keeps the fewest.
        let weights: Vec<usize> =
            (0..team.len()).flat_map(|at| std::iter::repeat_n(at, if at == 0 { 1 } else { 3 })).collect();
        weights.choose(&mut self.rng).and_then(|at| team.get(*at)).copied().unwrap_or(self.director)
    }

    fn any<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        from.choose(&mut self.rng).copied()
    }

    /// An instant while the association was open, `days` calendar days ago or a little earlier.
    fn office_hour(&mut self, days: i64) -> Millis {
        let date = self.now.in_zone(self.home).date_naive() - chrono::Days::new(u64::try_from(days).unwrap_or(0));
        let day = self.calendar.business_days_before(date, 0).unwrap_or(date);
        let minute = self.rng.random_range(9 * 60 + 5..16 * 60 + 30);
        let at = wall_instant(self.home, day, minute);
        if at >= self.now { self.now.plus_ms(-HOUR_MS) } else { at }
    }

    /// A quarter of an hour that is about `hours` away, before midnight.
    fn soon(&self, hours: i64) -> Millis {
        const QUARTER_MS: i64 = 15 * MINUTE_MS;
        let last = wall_instant(self.home, self.today(), 23 * 60 + 45);
        Millis((self.now.0 / QUARTER_MS + 4 * hours) * QUARTER_MS).min(last)
    }

    fn today(&self) -> NaiveDate {
        self.now.in_zone(self.home).date_naive()
    }

    fn phone(&mut self, mobile: bool) -> Option<String> {
        let country = self.association.country.clone();
        let next = if mobile { &mut self.mobiles } else { &mut self.lines };
        let index = *next;
        *next += 1;
        names::number(&country, index, mobile)
    }

    async fn someone(&mut self, edit: &mut Edit) -> Result<()> {
        let (given, family) = names::person(&mut self.rng, &self.association.country);
        let standing = self.standing();
        let joined_days = self.rng.random_range(20..2_600);
        edit.at = self.office_hour(joined_days);
        let place = if self.rng.random_bool(0.7) {
            self.places.first().cloned()
        } else {
            self.places.choose(&mut self.rng).cloned()
        };
        let (place, zone) = place.unwrap_or_default();
        let employed = self.rng.random_bool(0.72);
        let organisation = self.any(words::ORGANISATIONS).filter(|_| employed).unwrap_or_default();
        let role_title = self.any(words::TITLES).filter(|_| employed).unwrap_or_default();
        let number = self.rng.random_range(0..10_000);
        let kept = self.rng.random_bool(0.6);
        let new = NewPerson {
            name: String::new(),
            given: given.clone(),
            family: family.clone(),
            standing: Some(standing),
            place,
            zone,
            organisation: organisation.to_owned(),
            role_title: role_title.to_owned(),
            email: format!("{}.{}{number}@example.org", address(&given), address(&family)),
            external_id: None,
            source: self.any(words::SOURCES).unwrap_or_default().to_owned(),
            keeper: kept.then(|| self.keeper()),
            ..NewPerson::default()
        };
        let id = person::create(edit, &new).await?;
        let mut reachable = false;
        for (chance, mobile, label) in [(0.55, true, "mobile"), (0.8, false, if employed { "work" } else { "home" })] {
            if self.rng.random_bool(chance)
                && let Some(typed) = self.phone(mobile)
            {
                let reach = NewReach { kind: ReachKind::Phone, typed, label: label.to_owned() };
                reachable |= reaches::add(edit, id, &reach).await?.is_some();
            }
        }
        self.known_for(edit, id, standing, joined_days).await?;
        let silent = self.rng.random_bool(0.02);
        if silent {
            let change = PersonChange { do_not_call: Some(true), ..PersonChange::default() };
            person::change(edit, id, &change).await?;
            consent::set(edit, id, ReachKind::Phone, false, "asked for letters only").await?;
        } else if self.rng.random_bool(0.3) {
            let allowed = self.rng.random_bool(0.85);
            consent::set(edit, id, ReachKind::Email, allowed, "ticked on the form").await?;
        }
        if reachable && !silent {
            self.made.push(id);
        }
        Ok(())
    }

    fn standing(&mut self) -> Standing {
        match self.rng.random_range(0..100) {
            0..62 => Standing::Member,
            62..72 => Standing::Prospect,
            72..77 => Standing::Inquirer,
            77..81 => Standing::Applicant,
            81..90 => Standing::Lapsed,
            90..96 => Standing::Former,
            _ => Standing::Declined,
        }
    }

    /// Facts, tags and touches of the time since they came.
    async fn known_for(&mut self, edit: &mut Edit, id: PersonId, standing: Standing, joined_days: i64) -> Result<()> {
        let close = matches!(standing, Standing::Member | Standing::Applicant);
        let facts = self.rng.random_range(0..if close { 4 } else { 2 });
        let mut known: Vec<&str> = words::FACTS.to_vec();
        known.shuffle(&mut self.rng);
        for words in known.into_iter().take(facts) {
            let days = self.rng.random_range(0..joined_days);
            edit.at = self.office_hour(days);
            let from = self.any(words::LEARNED_FROM).unwrap_or("on the phone");
            facts::add(edit, id, words, from).await?;
        }
        if close && self.rng.random_bool(0.35) {
            let tag = self.any(words::TAGS).unwrap_or("Newsletter");
            person::tag(edit, id, tag).await?;
        }
        let touches = if close { self.rng.random_range(0..4) } else { self.rng.random_range(0..2) };
        for _ in 0..touches {
            let Some((channel, direction, result, notes)) = self.any(words::TOUCHES) else { break };
            let days = self.rng.random_range(1..joined_days.min(500));
            let at = self.office_hour(days);
            let by = self.keeper();
            let duration = matches!(result, "spoke").then(|| self.rng.random_range(2..14) * MINUTE_MS);
            let args = args![
                TouchId::new(),
                id,
                direction,
                channel,
                at,
                duration,
                result,
                notes,
                by,
                None::<InquiryId>,
                None::<PromiseId>
            ];
            edit.run(&ADD_TOUCH, args).await?;
        }
        Ok(())
    }

    fn take(&mut self) -> Option<PersonId> {
        if self.made.is_empty() {
            return None;
        }
        let at = self.rng.random_range(0..self.made.len());
        Some(self.made.swap_remove(at))
    }

    /// Someone asked: the inquiry, its message, and the promise to ring back.
    async fn asks(&mut self, edit: &mut Edit, who: PersonId, at: Millis, source: &str) -> Result<Asked> {
        // In turn, so that one list does not say the same thing twice in a row.
        self.asked += 1;
        let (said, about) = words::ASKED[self.asked % words::ASKED.len()];
        self.asks_for(edit, who, at, source, said, about).await
    }

    async fn asks_for(
        &mut self,
        edit: &mut Edit,
        who: PersonId,
        at: Millis,
        source: &str,
        said: &str,
        about: &str,
    ) -> Result<Asked> {
        let inquiry = InquiryId::new();
        edit.at = at;
        edit.run(&ADD_INQUIRY, args![inquiry, who, source, about, at, "open", None::<Millis>, ""]).await?;
        let taker = self.keeper();
        edit.run(&ADD_MESSAGE, args![MessageId::new(), inquiry, who, source, at, said, taker]).await?;
        let target = standards::target_for(edit, source).await?;
        let due = self.calendar.due(at, target)?;
        let keeper = person::keeper(edit, who).await?.unwrap_or(taker);
        let new = NewPromise {
            person: who,
            kind: PromiseKind::Callback,
            what: format!("ring back: {about}"),
            keeper: Some(keeper),
            due,
            inquiry: Some(inquiry),
        };
        let promise = ledger::make(edit, &new).await?;
        Ok(Asked { who, inquiry, promise, keeper, due })
    }

    /// They were rung at `at` and spoken with, and have what they asked for.
    async fn answered(&mut self, edit: &mut Edit, asked: &Asked, at: Millis, state: &str, why: &str) -> Result<()> {
        edit.at = at;
        ledger::keep(edit, asked.promise).await?;
        let duration = self.rng.random_range(3..15) * MINUTE_MS;
        let args = args![
            TouchId::new(),
            asked.who,
            "out",
            "call",
            at,
            Some(duration),
            "spoke",
            "",
            asked.keeper,
            Some(asked.inquiry),
            Some(asked.promise)
        ];
        edit.run(&ADD_TOUCH, args).await?;
        self.end(edit, asked, at, state, why).await
    }

    async fn end(&mut self, edit: &mut Edit, asked: &Asked, at: Millis, state: &str, why: &str) -> Result<()> {
        edit.run(&END_INQUIRY, args![asked.inquiry, state, at, why]).await?;
        Ok(())
    }

    async fn tried(&mut self, edit: &mut Edit, asked: &Asked, at: Millis, result: &str, next: Millis) -> Result<()> {
        edit.at = at;
        let channel = if result == "voicemail_left" { "voicemail" } else { "call" };
        let args = args![
            TouchId::new(),
            asked.who,
            "out",
            channel,
            at,
            None::<i64>,
            result,
            "",
            asked.keeper,
            Some(asked.inquiry),
            Some(asked.promise)
        ];
        edit.run(&ADD_TOUCH, args).await?;
        ledger::tried(edit, asked.promise, Some(next)).await
    }

    /// What was asked and promised, and how it went, in the last half year.
    async fn past(&mut self, edit: &mut Edit) -> Result<()> {
        let stories = (self.made.len() / 4).clamp(6, 2_000).min(self.made.len() / 2);
        for story in 0..stories {
            let Some(who) = self.take() else { return Ok(()) };
            let days = self.rng.random_range(12..180);
            let at = self.office_hour(days);
            let source = self.any(words::SOURCES).unwrap_or("voicemail");
            let asked = self.asks(edit, who, at, source).await?;
            // Before it was due, and in office hours; every seventh time it was late.
            let in_time = Millis(at.0 + (asked.due.since(at) * self.rng.random_range(20..90)) / 100);
            let in_time = self.calendar.next_opening(in_time)?.min(asked.due);
            let late =
                self.calendar.next_opening(asked.due.plus_ms(self.rng.random_range(1..5) * DAY_MS))?.plus_ms(HOUR_MS);
            match story % 14 {
                0 => {
                    // Not reached at first: a message, then a conversation.
                    let again = self.calendar.next_opening(in_time.plus_ms(DAY_MS))?.plus_ms(HOUR_MS);
                    self.tried(edit, &asked, in_time, "voicemail_left", again).await?;
                    self.answered(edit, &asked, again, "answered", "They have what they asked for").await?;
                }
                1 | 2 => self.answered(edit, &asked, late, "answered", "They have what they asked for").await?,
                3 => {
                    edit.at = in_time;
                    let next = self.calendar.next_opening(asked.due.plus_ms(6 * DAY_MS))?.plus_ms(2 * HOUR_MS);
                    let promise = ledger::renegotiate(edit, asked.promise, next, None).await?;
                    let asked = Asked { promise, due: next, ..asked };
                    self.answered(edit, &asked, next.plus_ms(-HOUR_MS), "answered", "They have what they asked for")
                        .await?;
                }
                4 => {
                    edit.at = in_time;
                    let why = self.any(words::RELEASED).unwrap_or("No longer needed.");
                    ledger::release(edit, asked.promise, why).await?;
                    self.end(edit, &asked, in_time, "closed", why).await?;
                }
                5 => self.answered(edit, &asked, in_time, "closed", "They do not want it any more").await?,
                6 => {
                    // One thing led to another, and that was done too.
                    self.answered(edit, &asked, in_time, "answered", "They have what they asked for").await?;
                    let due = self.calendar.next_opening(in_time.plus_ms(3 * DAY_MS))?.plus_ms(3 * HOUR_MS);
                    let word = self.own_word(edit, who, asked.keeper, due).await?;
                    edit.at = due.plus_ms(-HOUR_MS);
                    ledger::keep(edit, word).await?;
                }
                _ => self.answered(edit, &asked, in_time, "answered", "They have what they asked for").await?,
            }
        }
        Ok(())
    }

    async fn own_word(
        &mut self,
        edit: &mut Edit,
        who: PersonId,
        keeper: VolunteerId,
        due: Millis,
    ) -> Result<PromiseId> {
        let what = self.any(words::OWN_WORDS).unwrap_or("ring again");
        let new = NewPromise {
            person: who,
            kind: PromiseKind::OwnWord,
            what: what.to_owned(),
            keeper: Some(keeper),
            due,
            inquiry: None,
        };
        ledger::make(edit, &new).await
    }

    /// What is owed now: a few late, several today, more to come, and some who may not be rung at this hour.
    async fn present(&mut self, edit: &mut Edit) -> Result<()> {
        let more = u32::try_from(self.made.len() / 1_500).unwrap_or(0);
        let yesterday = self.calendar.business_days_before(self.today(), 1)?;

        // She asked to join three weeks ago, and again on Monday.
        let mut late_days = vec![21, 6, 3];
        late_days.extend((more > 0).then_some(5));
        for (at, days) in late_days.into_iter().enumerate() {
            let Some(who) = self.take() else { return Ok(()) };
            let received = self.office_hour(days);
            let asked = if at == 0 {
                let change = PersonChange { standing: Some(Standing::Inquirer), ..PersonChange::default() };
                person::change(edit, who, &change).await?;
                let (said, about) = words::ASKED[0];
                self.asks_for(edit, who, received, "voicemail", said, about).await?
            } else {
                let source = self.any(&["voicemail", "web_form", "email"]).unwrap_or("voicemail");
                self.asks(edit, who, received, source).await?
            };
            if at == 0 {
                let again = self.office_hour(4);
                let said = self.any(words::ASKED_AGAIN).unwrap_or_default();
                edit.run(
                    &ADD_MESSAGE,
                    args![MessageId::new(), asked.inquiry, who, "voicemail", again, said, asked.keeper],
                )
                .await?;
            }
            if at == 1 {
                let tried = self.calendar.next_opening(asked.due.plus_ms(-3 * HOUR_MS))?;
                let next = self.calendar.next_opening(asked.due.plus_ms(HOUR_MS))?;
                self.tried(edit, &asked, tried, "no_answer", next).await?;
            }
        }

        // Received on the last business day, so due at today's closing.
        for at in 0..6 + 2 * more {
            let Some(who) = self.take() else { return Ok(()) };
            let minute = self.rng.random_range(9 * 60 + 10..16 * 60 + 30);
            let received = wall_instant(self.home, yesterday, minute);
            let source = ["voicemail", "web_form", "email", "walk_in"][at as usize % 4];
            let asked = self.asks(edit, who, received, source).await?;
            if at == 2 && self.now.since(asked.due) < 0 {
                let next = self.now.plus_ms(90 * MINUTE_MS).min(asked.due);
                let tried = self.now.plus_ms(-2 * HOUR_MS).max(received);
                self.tried(edit, &asked, tried, "busy", next).await?;
            }
        }
        // Somebody's own word, at an hour of today.
        for hours in [1, 3] {
            let Some(who) = self.take() else { return Ok(()) };
            let keeper = self.keeper();
            edit.at = self.office_hour(5);
            self.own_word(edit, who, keeper, self.soon(hours)).await?;
        }

        // Where it is night, or where they asked not to be rung.
        let asleep = self.asleep()?;
        for (at, zone) in asleep.into_iter().take(2).enumerate() {
            let Some(who) = self.take() else { return Ok(()) };
            let change = PersonChange {
                place: Some(names::city_of(zone)),
                zone: Some(zone.name().to_owned()),
                ..PersonChange::default()
            };
            person::change(edit, who, &change).await?;
            if at == 0 {
                let received = self.office_hour(4);
                self.asks(edit, who, received, "email").await?;
            } else {
                let keeper = self.keeper();
                edit.at = self.office_hour(3);
                self.own_word(edit, who, keeper, self.soon(2)).await?;
            }
        }
        if let Some(who) = self.take() {
            let change = PersonChange { do_not_call: Some(true), ..PersonChange::default() };
            person::change(edit, who, &change).await?;
            consent::set(edit, who, ReachKind::Phone, false, "asked for letters only").await?;
            let keeper = self.keeper();
            edit.at = self.office_hour(4);
            self.own_word(edit, who, keeper, self.soon(1)).await?;
        }

        // Next week's work.
        for day in 1..=6 + more {
            let Some(who) = self.take() else { return Ok(()) };
            let keeper = self.keeper();
            edit.at = self.office_hour(i64::from(day % 9) + 1);
            let date = self.calendar.business_days_after(self.today(), 1 + day % 5)?;
            let due = wall_instant(self.home, date, 10 * 60 + u16::try_from(day % 12).unwrap_or(0) * 30);
            self.own_word(edit, who, keeper, due).await?;
        }
        for _ in 0..3 {
            let Some(who) = self.take() else { return Ok(()) };
            let minutes = self.rng.random_range(10..200);
            self.asks(edit, who, self.now.plus_ms(-minutes * MINUTE_MS), "web_form").await?;
        }
        edit.at = self.now;
        Ok(())
    }

    /// Zones of the world in which nobody may be rung at this moment.
    fn asleep(&self) -> Result<Vec<Tz>> {
        let hours = may_ring::hours_of(&self.association)?;
        let wishes = |zone: Tz| may_ring::Wishes {
            do_not_call: false,
            phone_allowed: None,
            zone: Some(zone.name().to_owned()),
            country: None,
        };
        let world = [
            Tz::Australia__Perth,
            Tz::Asia__Singapore,
            Tz::Europe__London,
            Tz::America__New_York,
            Tz::Pacific__Auckland,
            Tz::America__Los_Angeles,
            Tz::Asia__Kolkata,
            Tz::Europe__Athens,
        ];
        Ok(world
            .into_iter()
            .filter(|zone| {
                *zone != self.home && may_ring::judge(&wishes(*zone), &self.association, &hours, self.now).is_some()
            })
            .collect())
    }
}

/// An inquiry that stands, and the promise for it.
struct Asked {
    who: PersonId,
    inquiry: InquiryId,
    promise: PromiseId,
    keeper: VolunteerId,
    due: Millis,
}

statements! {
    END_INQUIRY = "UPDATE inquiry SET state = $2, ended_ms = $3, end_reason = $4 WHERE id = $1";
}

/// The letters of a name that an e-mail address can hold.
fn address(name: &str) -> String {
    crate::people::names::fold(name).chars().filter(char::is_ascii_alphanumeric).collect()
}
