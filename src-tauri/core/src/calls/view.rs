//! What the window shows of calls. Phone numbers are covered everywhere but in [`Dialled`].

use serde::{Deserialize, Serialize};

use super::outcome::{Draft, Outcome, Question};
use super::script::ScriptStep;
use crate::ids::{CallId, InquiryId, PersonId, PromiseId, ReachId, ScriptId, VolunteerId};
use crate::people::{Fact, NewPerson, PersonRef, Reach, Role, Standing, Voicemail};
use crate::promises::ledger::PromiseView;
use crate::promises::may_ring::NotNow;
use crate::promises::reasons::Clause;
use crate::time::Millis;
use crate::words;

words! {
    /// How an inquiry or one message of it came.
    pub enum Source {
        Voicemail = "voicemail",
        WebForm = "web_form",
        Email = "email",
        Referral = "referral",
        EventCard = "event_card",
        WalkIn = "walk_in",
        PhoneCall = "phone_call",
    }
}

/// "Someone left a message": whom it is from, what they said, when.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct NewMessage {
    pub from: MessageFrom,
    pub source: Source,
    pub words: String,
    /// As it was said or shown; kept as typed.
    pub number: String,
    /// `None`: now.
    pub received_ms: Option<Millis>,
    /// Who rings back; `None`: the person's keeper, else whoever takes the message.
    pub keeper: Option<VolunteerId>,
}

#[derive(Clone, Debug, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "one a message, never kept in numbers")]
pub enum MessageFrom {
    Known(PersonId),
    New(NewPerson),
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Captured {
    pub person: PersonRef,
    pub inquiry: InquiryId,
    pub promise: PromiseId,
    pub due_ms: Millis,
    /// It joined an inquiry that was open already.
    pub joined: bool,
    /// Which message of the inquiry this is, from 1.
    pub message_number: u32,
    /// How long the person has waited on this inquiry.
    pub waiting_ms: Millis,
}

/// Someone a message may be from: shown to be chosen, never asserted.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Candidate {
    pub person: PersonRef,
    /// The whole number that was typed is theirs (or shared by them).
    pub number_matches: bool,
    pub phone_endings: Vec<String>,
    /// What they wait for, where they do: their open inquiry, else the open promise that is due first.
    pub waits_for: Option<String>,
    pub waiting_since_ms: Option<Millis>,
    /// The open promise that is due first.
    pub promise: Option<PromiseId>,
    /// The typed number, as they have it.
    pub reach: Option<ReachId>,
}

/// Who else it may be: the same or a sound-alike name, or the same number.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Other {
    pub person: PersonRef,
    pub same_name: bool,
    pub sounds_alike: bool,
    pub shares_number: bool,
    /// Of the same organisation: who may answer its switchboard.
    pub colleague: bool,
    pub phone_ending: Option<String>,
    pub waits_for: Option<String>,
}

/// Whose brief, and for which promise.
#[derive(Clone, Copy, Debug, Deserialize, specta::Type)]
pub struct BriefOf {
    pub person: PersonId,
    pub promise: Option<PromiseId>,
}

/// What a caller reads before dialling.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Brief {
    pub person: PersonRef,
    pub title: String,
    pub place: String,
    pub roles: Vec<Role>,
    /// Why we call: one sentence, every clause with the record that it comes from. Empty: not callable.
    pub reason: Vec<Clause>,
    pub late: bool,
    pub promise: Option<PromiseView>,
    /// The last promise that ended, and whether we kept it.
    pub last_promise: Option<PromiseView>,
    pub waiting_since_ms: Option<Millis>,
    pub messages: Vec<MessageView>,
    /// Whom she is not.
    pub others: Vec<Other>,
    /// How many more there are of those.
    pub more_others: u32,
    pub facts: Vec<Fact>,
    pub touches: Vec<TouchView>,
    /// What the last caller noted for the next one.
    pub note_for_next: Option<String>,
    pub reaches: Vec<Reach>,
    /// Why nobody may ring now, and from when.
    pub not_now: Option<NotNow>,
    /// The wall clock where the person is, where that is known: minutes after midnight.
    pub their_minute: Option<u16>,
    pub script_name: String,
    /// What the script asks one to have at hand.
    pub at_hand: Vec<String>,
    pub unfinished_call: Option<CallId>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MessageView {
    pub received_ms: Millis,
    pub source: Source,
    pub words: String,
    pub taken_by: Option<String>,
}

words! {
    pub enum Direction { Out = "out", In = "in" }

    pub enum TouchChannel {
        Call = "call",
        Voicemail = "voicemail",
        Email = "email",
        Letter = "letter",
        Visit = "visit",
        Event = "event",
        Gesture = "gesture",
    }
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct TouchView {
    pub at_ms: Millis,
    pub direction: Direction,
    pub channel: TouchChannel,
    /// A word of the outcome's results, or empty.
    pub result: String,
    pub notes: String,
    pub by: Option<String>,
    pub duration_ms: Option<u32>,
    /// The facts that it taught us, and those that it was spoken from.
    pub learned: Vec<String>,
    pub used: Vec<String>,
    /// Of a call that reached another than was meant: who was meant, or who was reached where the result is
    /// `rang_another`.
    pub mixed_up_with: Option<String>,
}

/// Whether this person may be dialled on this reach, asked before the call begins.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(tag = "gate", rename_all = "snake_case")]
pub enum DialGate {
    Open,
    /// Someone shares the number or the name: the caller picks what is true of the person they mean.
    Confirm {
        question: ConfirmQuestion,
        choices: Vec<ConfirmChoice>,
        others: Vec<Other>,
    },
    /// Do-not-call, no consent, a wrong or unreadable number; or too many wrong answers to who is meant.
    Refused {
        why: String,
        /// When it may be asked again, where waiting helps.
        until_ms: Option<Millis>,
    },
    /// Not now; `from_ms` is when.
    NotNow {
        not_now: NotNow,
    },
}

words! {
    /// What the caller is asked about the person they mean.
    pub enum ConfirmQuestion {
        Organisation = "organisation",
        Place = "place",
        WaitsFor = "waits_for",
        NumberEnding = "number_ending",
        FirstName = "first_name",
    }
}

/// One of the answers: one is the person's, the others are those of the namesakes (or none of these).
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ConfirmChoice {
    pub key: String,
    pub label: String,
}

#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct BeginCall {
    pub person: PersonId,
    /// `None` only where nothing is dialled.
    pub reach: Option<ReachId>,
    pub promise: Option<PromiseId>,
    /// Needed without a promise: why we call, in the caller's words.
    pub reason: Option<String>,
    /// The key of the chosen [`ConfirmChoice`], where the gate asked.
    pub confirmed: Option<String>,
    /// They are ringing us: nothing is dialled, and hours are theirs to choose.
    pub inbound: bool,
    /// The caller's choice; `None`: the one for what the call is about.
    #[serde(default)]
    pub script: Option<ScriptId>,
    /// The call was over before it was written down: nothing is dialled.
    #[serde(default)]
    pub logged: Option<Logged>,
}

/// When a call was that is written down after the event.
#[derive(Clone, Copy, Debug, Deserialize, specta::Type)]
pub struct Logged {
    pub began_ms: Millis,
    pub minutes: u32,
}

/// The whole number, handed out for this person, this number and this reason.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Dialled {
    pub shown: String,
    /// RFC 3966.
    pub tel: String,
    /// The same, for whoever rings from another telephone.
    pub qr: QrView,
}

/// A QR code to draw: dark modules as an SVG path, a unit a module, the quiet zone included.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct QrView {
    pub size: u32,
    pub path: String,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Call {
    pub id: CallId,
    pub person: PersonRef,
    pub reach: Option<Reach>,
    pub dialled: Option<Dialled>,
    /// What may be left on the dialled number's voicemail.
    pub voicemail: Voicemail,
    pub inbound: bool,
    /// Written down after the event.
    pub logged: bool,
    pub reason: String,
    pub promise: Option<PromiseView>,
    pub brief: Brief,
    pub began_ms: Millis,
    pub ended_ms: Option<Millis>,
    pub notes: String,
    pub learned: String,
    pub begun_answer: Option<BegunAnswer>,
    /// The one that is spoken from, in one of its versions.
    pub script: Option<ScriptId>,
    pub script_name: String,
    pub step: ScriptStep,
    /// Whom the caller had meant, where someone else answered.
    pub meant: Option<PersonRef>,
}

/// What is written during a call, before any of it is an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, specta::Type)]
pub struct Jotted {
    pub notes: String,
    pub learned: String,
    pub begun_answer: Option<BegunAnswer>,
}

/// An answer to the script that was begun and not given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BegunAnswer {
    /// The part of the script that asks for it.
    pub node: String,
    pub words: String,
}

/// A call that was begun and not filed: it comes back.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct UnfinishedCall {
    pub id: CallId,
    pub person: PersonRef,
    pub began_ms: Millis,
    pub by: Option<String>,
    /// Over, and waiting only to be filed.
    pub ended: bool,
}

/// Where the filing of a call stands: the question to answer, or what would be filed.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Filing {
    pub draft: Draft,
    /// `None`: every question has its answer, and `outcome` is ready to be filed.
    pub question: Option<Question>,
    pub outcome: Option<Outcome>,
    /// The time that was promised has passed while the call stood open: it is asked for again.
    pub asks_again: bool,
}

#[derive(Clone, Debug, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "one a message, never kept in numbers")]
pub enum WhoItWas {
    Known(PersonId),
    New(NewPerson),
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Filed {
    pub person: PersonRef,
    pub next: Option<PromiseView>,
    /// What a director was asked to look at.
    pub decision: Option<PromiseView>,
    pub standing: Standing,
}

/// Who owns the number that was dialled, when the one who answered is not whom the caller meant.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Rescue {
    pub meant: PersonRef,
    /// Everyone who may be on the line: owners of the number first, then namesakes.
    pub may_be: Vec<Other>,
    /// What the person who was meant still waits for: it stays open.
    pub stays_open: Option<PromiseView>,
}

words! {
    pub enum TimelineKind {
        Message = "message",
        Touch = "touch",
        PromiseMade = "promise_made",
        PromiseKept = "promise_kept",
        PromiseRenegotiated = "promise_renegotiated",
        PromiseReleased = "promise_released",
        /// An open promise whose due time has passed.
        PromisePassed = "promise_passed",
        InquiryAnswered = "inquiry_answered",
        /// A call was meant for them, and someone else answered.
        RangAnother = "rang_another",
        Edit = "edit",
    }
}

/// One line of a person's timeline, newest first.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct TimelineItem {
    pub at_ms: Millis,
    pub kind: TimelineKind,
    /// A word to look up with the kind: a source, a result, an action.
    pub what: String,
    pub words: String,
    pub by: Option<String>,
    /// Of a call that reached another than was meant: who was meant, or who answered.
    pub mixed_up_with: Option<TimelinePerson>,
    /// The instant that the line speaks of besides its own, such as when a promise is due.
    pub other_ms: Option<Millis>,
    /// The edit to undo, for edits.
    pub edit: Option<crate::ids::EditId>,
    /// What they may ask about again, for inquiries that have ended.
    pub inquiry: Option<crate::ids::InquiryId>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct TimelinePerson {
    pub id: PersonId,
    pub name: String,
}
