use wellmet_core::ids::PersonId;
use wellmet_core::people::{PersonChange, ReachKind, Standing, consent, person};
use wellmet_core::plans::catalogue::{self, Happening, NewRule};
use wellmet_core::plans::condition::Condition;
use wellmet_core::plans::follow::{Followed, follow};
use wellmet_core::plans::run::{self, EnrolmentState};
use wellmet_core::plans::write;
use wellmet_core::store::undo_last;
use wellmet_core::team::availability::Weekdays;
use wellmet_core::team::standards;

use super::setting::{enter, keep, kept, owed, run_of, save, sound, state, takes_on, three_steps};
use crate::calls::desk::{begun, filed, rania, waits};
use crate::support::TestBook;

async fn comes_to_be(t: &TestBook, who: PersonId, standing: Standing) {
    let mut edit = t.book.write(t.helen(), "change_person").await.unwrap();
    let change = PersonChange { standing: Some(standing), ..PersonChange::default() };
    person::change(&mut edit, who, &change).await.unwrap();
    edit.commit().await.unwrap();
}

async fn tagged(t: &TestBook, who: PersonId, tag: &str) {
    let mut edit = t.book.write(t.helen(), "add_tag").await.unwrap();
    person::tag(&mut edit, who, tag).await.unwrap();
    edit.commit().await.unwrap();
}

async fn runs(t: &TestBook, who: PersonId) -> usize {
    run::of_people(&mut t.book.read().await.unwrap(), &[who]).await.unwrap().len()
}

#[tokio::test]
async fn whoever_joined_died_or_said_no_leaves_even_on_hold() {
    let t = TestBook::new().await;
    let mut template = three_steps();
    template.leave_when = vec![
        Condition::Standing { any_of: vec![Standing::Member, Standing::Declined] },
        Condition::Tag { name: "died".into() },
    ];
    let plan = save(&t, template).await;
    follow(&t.book).await.unwrap();
    let [rania, tom, mei, ana] = [
        kept(&t, "Rania Haddad").await,
        kept(&t, "Tom Ashby").await,
        kept(&t, "Mei Tanaka").await,
        kept(&t, "Ana Silva").await,
    ];
    let [joined, died, no, stays] = [
        enter(&t, plan, rania).await,
        enter(&t, plan, tom).await,
        enter(&t, plan, mei).await,
        enter(&t, plan, ana).await,
    ];
    write::hold(&t.book, t.helen(), no, None, "later").await.unwrap();
    comes_to_be(&t, rania, Standing::Member).await;
    tagged(&t, tom, "died").await;
    let mut edit = t.book.write(t.helen(), "set_consent").await.unwrap();
    for channel in ReachKind::ALL {
        consent::set(&mut edit, mei, *channel, false, "said so").await.unwrap();
    }
    edit.commit().await.unwrap();
    assert_eq!(follow(&t.book).await.unwrap(), Followed { entered: 0, left: 3, resumed: 0, skipped: 0 });
    assert_eq!(run_of(&t, joined).await.row.end_reason, "Is a member now");
    assert_eq!(run_of(&t, died).await.row.end_reason, "Has the tag “died”");
    assert_eq!(run_of(&t, no).await.row.end_reason, "Does not want to hear from us");
    assert_eq!(state(&t, stays).await, EnrolmentState::Running);
    assert!(owed(&t, joined).await.is_none());
    assert_eq!(follow(&t.book).await.unwrap(), Followed::default(), "what was followed is not followed twice");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn rules_enter_whoever_it_happens_to_from_then_on() {
    let t = TestBook::new().await;
    let [welcome, mentors] = [save(&t, three_steps()).await, save(&t, three_steps()).await];
    let [old, rania, tom] =
        [kept(&t, "Olga Petrova").await, kept(&t, "Rania Haddad").await, kept(&t, "Tom Ashby").await];
    comes_to_be(&t, old, Standing::Member).await;
    let rule = |happening, word: &str| NewRule { happening, word: word.into() };
    catalogue::add_rule(&t.book, t.helen(), welcome, &rule(Happening::Standing, "member")).await.unwrap();
    catalogue::add_rule(&t.book, t.helen(), mentors, &rule(Happening::Tag, "mentor")).await.unwrap();
    assert!(catalogue::add_rule(&t.book, t.helen(), mentors, &rule(Happening::Tag, "mentor")).await.is_err());
    assert!(catalogue::add_rule(&t.book, t.helen(), mentors, &rule(Happening::Standing, "gossip")).await.is_err());
    follow(&t.book).await.unwrap();
    assert_eq!(runs(&t, old).await, 0, "who was a member before is not entered");
    comes_to_be(&t, rania, Standing::Member).await;
    tagged(&t, tom, "mentor").await;
    tagged(&t, old, "speaker").await;
    // A slip of the finger that was taken back in time.
    tagged(&t, old, "mentor").await;
    undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!(follow(&t.book).await.unwrap().entered, 2);
    assert_eq!((runs(&t, rania).await, runs(&t, tom).await, runs(&t, old).await), (1, 1, 0));
    comes_to_be(&t, rania, Standing::Lapsed).await;
    comes_to_be(&t, rania, Standing::Member).await;
    assert_eq!(follow(&t.book).await.unwrap().entered, 0, "nobody is entered twice by a rule");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn an_answered_inquiry_enters() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let rule = NewRule { happening: Happening::InquiryAnswered, word: String::new() };
    catalogue::add_rule(&t.book, t.helen(), plan, &rule).await.unwrap();
    let rania = rania(&t).await;
    let callback = waits(&t, rania, "How do I join?").await;
    assert_eq!(follow(&t.book).await.unwrap().entered, 0, "she has no answer yet");
    let call = begun(&t, rania, callback).await;
    filed(&t, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.unwrap();
    assert_eq!(follow(&t.book).await.unwrap().entered, 1);
    assert_eq!(runs(&t, rania).await, 1);
}

#[tokio::test]
async fn a_promise_can_be_kept_though_the_next_step_finds_no_day() {
    let t = TestBook::new().await;
    let mut template = three_steps();
    template.leave_when = vec![Condition::Tag { name: "died".into() }];
    let plan = save(&t, template).await;
    let [run, held] =
        [enter(&t, plan, kept(&t, "Rania Haddad").await).await, enter(&t, plan, kept(&t, "Mei Tanaka").await).await];
    let tom = kept(&t, "Tom Ashby").await;
    let of_tom = enter(&t, plan, tom).await;
    write::hold(&t.book, t.helen(), held, Some("2026-11-16"), "").await.unwrap();
    follow(&t.book).await.unwrap();
    // Helen works on no day at all: what is owed is owed all the same.
    takes_on(&t, t.director, Weekdays::NONE, None).await;
    keep(&t, owed(&t, run).await.unwrap().1.id).await;
    let (second, promise) = owed(&t, run).await.unwrap();
    assert_eq!(second.step, "letter");
    // And then nobody is ever there.
    let mut edit = t.book.write(t.helen(), "save_openings").await.unwrap();
    let openings = standards::openings(&mut edit).await.unwrap();
    standards::save_openings(&mut edit, &[]).await.unwrap();
    edit.commit().await.unwrap();
    keep(&t, promise.id).await;
    assert!(owed(&t, run).await.is_none());
    // What happens to people then is followed once somebody is there again.
    follow(&t.book).await.unwrap();
    tagged(&t, tom, "died").await;
    t.clock.set("2026-11-17T10:00:00+10:00");
    assert_eq!(follow(&t.book).await.unwrap(), Followed::default());
    let mut edit = t.book.write(t.helen(), "save_openings").await.unwrap();
    standards::save_openings(&mut edit, &openings).await.unwrap();
    edit.commit().await.unwrap();
    assert_eq!(follow(&t.book).await.unwrap(), Followed { entered: 0, left: 1, resumed: 1, skipped: 0 });
    assert_eq!(state(&t, of_tom).await, EnrolmentState::Left);
    assert_eq!(owed(&t, run).await.unwrap().0.step, "ask", "it goes on where it stood");
    sound(&t).await.unwrap();
}
