use wellmet_core::people::merge::{self, NewMerge};
use wellmet_core::plans::follow::follow;
use wellmet_core::plans::run;
use wellmet_core::promises::ledger::PromiseState;
use wellmet_core::store::undo_last;

use super::setting::{contents, enter, keep, kept, owed, promise, run_of, save, sound, three_steps};
use crate::support::TestBook;

#[tokio::test]
async fn a_merge_carries_plans_over_and_unmerging_gives_them_back() {
    let t = TestBook::new().await;
    let (one, other) = (save(&t, three_steps()).await, save(&t, three_steps()).await);
    let [rania, ranya] = [kept(&t, "Rania Haddad").await, kept(&t, "Ranya Haddad").await];
    let [first, second] = [enter(&t, one, rania).await, enter(&t, other, ranya).await];
    let before = contents(&t).await;
    let mut edit = t.book.write(t.helen(), "merge_people").await.unwrap();
    merge::merge(&mut edit, &NewMerge { kept: rania, other: ranya, take: vec![], take_own: vec![] }).await.unwrap();
    edit.commit().await.unwrap();
    let runs = async |person| run::of_people(&mut t.book.read().await.unwrap(), &[person]).await.unwrap().len();
    assert_eq!((runs(rania).await, runs(ranya).await), (2, 0));
    assert_eq!(owed(&t, second).await.unwrap().1.person, rania, "and what is owed");
    sound(&t).await.unwrap();
    undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    let without = |all: Vec<(String, Vec<String>)>| -> Vec<_> {
        all.into_iter().filter(|(table, _)| table != "merge" && table != "merged_row").collect()
    };
    assert_eq!(without(contents(&t).await), without(before), "as if they had never been one");
    // Taken apart after the plan went on.
    let mut edit = t.book.write(t.helen(), "merge_people").await.unwrap();
    let again =
        merge::merge(&mut edit, &NewMerge { kept: rania, other: ranya, take: vec![], take_own: vec![] }).await.unwrap();
    edit.commit().await.unwrap();
    keep(&t, owed(&t, second).await.unwrap().1.id).await;
    let mut edit = t.book.write(t.helen(), "unmerge_people").await.unwrap();
    merge::unmerge(&mut edit, again).await.unwrap();
    edit.commit().await.unwrap();
    assert_eq!((runs(rania).await, runs(ranya).await), (1, 1));
    assert_eq!(owed(&t, first).await.unwrap().1.person, rania);
    assert_eq!(owed(&t, second).await.unwrap().1.person, ranya, "what was promised since goes with the plan");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn who_is_in_a_plan_by_two_records_goes_on_by_one_and_by_both_once_they_are_taken_apart() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let [rania, ranya] = [kept(&t, "Rania Haddad").await, kept(&t, "Ranya Haddad").await];
    let [first, second] = [enter(&t, plan, rania).await, enter(&t, plan, ranya).await];
    // The other has come further.
    t.clock.set("2026-11-04T10:00:00+10:00");
    keep(&t, owed(&t, second).await.unwrap().1.id).await;
    let stood = owed(&t, first).await.unwrap();
    follow(&t.book).await.unwrap();
    let mut edit = t.book.write(t.helen(), "merge_people").await.unwrap();
    let merged =
        merge::merge(&mut edit, &NewMerge { kept: rania, other: ranya, take: vec![], take_own: vec![] }).await.unwrap();
    edit.commit().await.unwrap();
    follow(&t.book).await.unwrap();
    assert_eq!(owed(&t, second).await.unwrap().0.step, "letter", "whichever has come further goes on");
    let left = run_of(&t, first).await;
    assert_eq!(left.row.state, run::EnrolmentState::Left);
    assert_eq!(left.row.end_reason, "Was in this plan by two records, which became one");
    assert_eq!(promise(&t, stood.1.id).await.state, PromiseState::Released, "she is not rung twice");
    sound(&t).await.unwrap();
    let mut edit = t.book.write(t.helen(), "unmerge_people").await.unwrap();
    merge::unmerge(&mut edit, merged).await.unwrap();
    edit.commit().await.unwrap();
    follow(&t.book).await.unwrap();
    let again = owed(&t, first).await.unwrap();
    assert_eq!((again.0.step, again.1.due_ms), (stood.0.step, stood.1.due_ms), "as it stood");
    assert_eq!(owed(&t, second).await.unwrap().1.person, ranya);
    sound(&t).await.unwrap();
    // Nothing more comes of it.
    follow(&t.book).await.unwrap();
    assert_eq!(owed(&t, first).await.unwrap().1.id, again.1.id);
}
