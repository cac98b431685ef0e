//! Whom do you mean: every answer is kept, and nobody finds a number by guessing.

use wellmet_core::calls::{self, BeginCall, Call, ConfirmQuestion, DialGate};
use wellmet_core::ids::{PersonId, PromiseId};
use wellmet_core::people::{NewPerson, PersonChange, person};
use wellmet_core::store;
use wellmet_core::team::volunteers::{self, NewVolunteer, VolunteerRole};
use wellmet_core::time::MINUTE_MS;
use wellmet_core::{Actor, Code, Error, Result};

use super::desk::{RANIA, begun, reach, ring, someone, waits};
use crate::support::{TestBook, millis};

/// Two Ranias who differ in where they work, where they live, what they wait for and how their numbers end.
struct Two {
    book: TestBook,
    meant: PersonId,
    owed: PromiseId,
}

impl Two {
    async fn new() -> Self {
        let book = TestBook::new().await;
        let meant = someone(&book, "Rania Haddad", "Haddad Interiors", "Ascot", RANIA).await;
        let other = someone(&book, "Rania Hadad", "Bay Physio", "Clayfield", "0412 000 111").await;
        let owed = waits(&book, meant, "How to join").await;
        waits(&book, other, "The fees").await;
        Self { book, meant, owed }
    }

    async fn gate(&self, actor: Actor) -> DialGate {
        let reach = reach(&self.book, self.meant).await;
        let mut db = self.book.book.read().await.expect("a reader");
        calls::dial::gate(&mut db, self.book.book.now(), actor, self.meant, reach).await.expect("a gate")
    }

    async fn asked(&self, actor: Actor) -> ConfirmQuestion {
        match self.gate(actor).await {
            DialGate::Confirm { question, .. } => question,
            gate => panic!("a question was due: {gate:?}"),
        }
    }

    async fn answer(&self, actor: Actor, confirmed: &str) -> Result<Call> {
        let begin = ring(&self.book, self.meant, Some(self.owed)).await;
        let begin = BeginCall { confirmed: Some(confirmed.into()), ..begin };
        calls::session::begin(&self.book.book, actor, &begin).await
    }

    async fn wrong(&self, actor: Actor, confirmed: &str) -> Error {
        let error = self.answer(actor, confirmed).await.expect_err("that is not true of her");
        assert_eq!(error.code, Code::Refused, "{error}");
        assert!(!error.message.contains("345"), "{error}");
        error
    }

    async fn moana(&self) -> Actor {
        let mut edit = self.book.book.write(self.book.helen(), "add_volunteer").await.expect("an edit");
        let new = NewVolunteer { name: "Moana Ota".into(), role: VolunteerRole::Volunteer, pin: None };
        let id = volunteers::add(&mut edit, &new).await.expect("a volunteer");
        edit.commit().await.expect("committed");
        Actor::Volunteer(id)
    }
}

#[tokio::test]
async fn a_wrong_answer_is_followed_by_another_question_and_two_by_a_pause() {
    let two = Two::new().await;
    let helen = two.book.helen();
    assert_eq!(two.asked(helen).await, ConfirmQuestion::Organisation);
    two.wrong(helen, "organisation:Bay Physio").await;
    assert_eq!(two.asked(helen).await, ConfirmQuestion::Place, "the same thing is not asked twice");
    let error = two.answer(helen, "organisation:Haddad Interiors").await.expect_err("that is not asked any more");
    assert_eq!(error.code, Code::Conflict, "who answers an older question has not guessed");
    two.wrong(helen, "place:").await;

    let DialGate::Refused { why, until_ms } = two.gate(helen).await else { panic!("two were wrong") };
    assert_eq!(until_ms, Some(two.book.book.now().plus_ms(15 * MINUTE_MS)));
    assert!(why.contains("10:30") && why.contains("let a colleague ring"), "{why}");
    for guess in ["place:Ascot", "waits_for:How to join", "organisation:Haddad Interiors"] {
        assert_eq!(two.wrong(helen, guess).await.message, why, "the right answer comes too late: {guess}");
    }
    two.book.clock.move_on(15 * MINUTE_MS - 1);
    assert!(matches!(two.gate(helen).await, DialGate::Refused { .. }));
    two.book.clock.move_on(1);
    assert_eq!(two.asked(helen).await, ConfirmQuestion::WaitsFor);
    // From the second on, every wrong answer of the day costs a pause.
    two.wrong(helen, "waits_for:The fees").await;
    assert!(matches!(two.gate(helen).await, DialGate::Refused { .. }));
    two.book.clock.move_on(15 * MINUTE_MS);
    let call = two.answer(helen, "number_ending:678").await.expect("that is she");
    assert!(call.dialled.is_some());
}

#[tokio::test]
async fn where_one_fact_alone_tells_them_apart_a_wrong_answer_costs_a_pause() {
    let book = TestBook::new().await;
    let meant = someone(&book, "Rania Haddad", "", "", RANIA).await;
    someone(&book, "Amir Haddad", "", "", RANIA).await;
    let owed = waits(&book, meant, "").await;
    let two = Two { book, meant, owed };
    let helen = two.book.helen();
    assert_eq!(two.asked(helen).await, ConfirmQuestion::FirstName);
    two.wrong(helen, "first_name:Amir").await;
    // What she waits for is asked next, and then nothing is left.
    assert_eq!(two.asked(helen).await, ConfirmQuestion::WaitsFor);
    two.wrong(helen, "waits_for:").await;
    assert!(matches!(two.gate(helen).await, DialGate::Refused { until_ms: Some(_), .. }));
    two.book.clock.move_on(15 * MINUTE_MS);
    assert_eq!(two.asked(helen).await, ConfirmQuestion::FirstName, "after the pause it is asked again");
}

#[tokio::test]
async fn a_pause_is_one_volunteers_and_about_one_person() {
    let two = Two::new().await;
    let (helen, moana) = (two.book.helen(), two.moana().await);
    two.wrong(helen, "organisation:").await;
    two.wrong(helen, "place:").await;
    assert_eq!(two.asked(moana).await, ConfirmQuestion::Organisation, "a colleague may ring");
    let tom = someone(&two.book, "Tom Ashby", "Ashby & Sons", "Ascot", "0412 999 000").await;
    let greeted = waits(&two.book, tom, "The March training").await;
    begun(&two.book, tom, greeted).await;
    let call = two.answer(moana, "organisation:Haddad Interiors").await.expect("that is she");
    assert!(call.dialled.is_some());
    // The number is for whoever has said whom they mean.
    let mut db = two.book.book.read().await.expect("a reader");
    let seen = calls::session::get(&mut db, two.book.book.now(), helen, call.id).await.expect("the call");
    assert!(seen.dialled.is_none(), "another's confirmation is not hers");
}

#[tokio::test]
async fn a_right_answer_is_not_remembered_over_calls() {
    let two = Two::new().await;
    let helen = two.book.helen();
    let call = two.answer(helen, "organisation:Haddad Interiors").await.expect("that is she");
    calls::session::never_made(&two.book.book, helen, call.id).await.expect("never made");
    let error = calls::session::begin(&two.book.book, helen, &ring(&two.book, two.meant, Some(two.owed)).await).await;
    assert_eq!(error.expect_err("not confirmed").code, Code::Refused);
    assert_eq!(two.asked(helen).await, ConfirmQuestion::Organisation);
}

#[tokio::test]
async fn midnight_ends_no_pause_and_forgets_the_questions_of_the_day() {
    let book = TestBook::at("2026-11-04T09:30:00+10:00").await;
    let meant = someone(&book, "Rania Haddad", "Haddad Interiors", "Ascot", RANIA).await;
    someone(&book, "Rania Hadad", "Bay Physio", "Clayfield", "0412 000 111").await;
    let owed = waits(&book, meant, "").await;
    let two = Two { book, meant, owed };
    let helen = two.book.helen();
    two.wrong(helen, "organisation:").await;
    two.book.clock.set("2026-11-05T09:00:00+10:00");
    assert_eq!(two.asked(helen).await, ConfirmQuestion::Organisation);
    // In a zone where midnight is within calling hours, as the association's own is far from the person's.
    let mut edit = two.book.book.write(helen, "test").await.expect("an edit");
    let there = PersonChange { zone: Some("Europe/London".into()), ..PersonChange::default() };
    person::change(&mut edit, meant, &there).await.expect("changed");
    edit.commit().await.expect("committed");
    two.book.clock.set("2026-11-05T23:58:00+10:00");
    two.wrong(helen, "organisation:").await;
    two.wrong(helen, "place:").await;
    two.book.clock.set("2026-11-06T00:01:00+10:00");
    let DialGate::Refused { until_ms, .. } = two.gate(helen).await else { panic!("the pause goes on") };
    assert_eq!(until_ms, Some(millis("2026-11-06T00:13:00+10:00")));
}

#[tokio::test]
async fn nobody_undoes_a_wrong_answer() {
    let two = Two::new().await;
    let helen = two.book.helen();
    two.wrong(helen, "organisation:").await;
    two.wrong(helen, "place:").await;
    for line in store::last_edits(&two.book.book, 50).await.expect("edits") {
        if line.action == "begin_call" {
            store::undo(&two.book.book, helen, line.id).await.expect("undone");
        }
    }
    assert!(matches!(two.gate(helen).await, DialGate::Refused { .. }));
}

#[tokio::test]
async fn who_comes_to_share_the_number_while_a_call_is_open_covers_it_again() {
    let book = TestBook::new().await;
    let id = someone(&book, "Rania Haddad", "", "Ascot", RANIA).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    assert!(call.dialled.is_some());
    someone(&book, "Amir Haddad", "", "Ascot", RANIA).await;
    let mut db = book.book.read().await.expect("a reader");
    let call = calls::session::get(&mut db, book.book.now(), book.helen(), call.id).await.expect("the call");
    assert!(call.dialled.is_none(), "nobody was asked which of the two is meant");
}

#[tokio::test]
async fn a_person_who_was_made_by_mistake_can_still_be_undone() {
    let two = Two::new().await;
    let helen = two.book.helen();
    let mut edit = two.book.book.write(helen, "create_person").await.expect("an edit");
    let new =
        NewPerson { name: "Rania Haddad".into(), phone: RANIA.into(), place: "Nundah".into(), ..NewPerson::default() };
    let mistake = person::create(&mut edit, &new).await.expect("a person");
    let made = edit.commit().await.expect("committed");
    let begin = BeginCall { reason: Some("to say hello".into()), ..ring(&two.book, mistake, None).await };
    let begin = BeginCall { confirmed: Some("place:".into()), ..begin };
    let error = calls::session::begin(&two.book.book, helen, &begin).await.expect_err("wrong, or not what is asked");
    assert!(matches!(error.code, Code::Refused | Code::Conflict));
    let undone = store::undo(&two.book.book, helen, made).await.expect("undone");
    assert_eq!((undone.kept, undone.failed), (0, 0), "{undone:?}");
}
