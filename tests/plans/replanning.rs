use wellmet_core::Code;
use wellmet_core::ids::EnrolmentId;
use wellmet_core::plans::enter::{self, Entering};
use wellmet_core::plans::{replan, run, views, write};
use wellmet_core::promises::business_time::Closure;
use wellmet_core::promises::ledger::{self, PromiseState};
use wellmet_core::store::undo_last;
use wellmet_core::team::availability::Weekdays;
use wellmet_core::team::{standards, volunteers};

use super::setting::{
    at, away, contents, due, enter, entering, kept_by, many, owed, promise, save, sound, takes_on, three_steps,
    volunteer,
};
use crate::support::TestBook;

async fn shown(t: &TestBook) -> replan::Replanned {
    replan::preview(&mut t.book.read().await.unwrap(), t.book.now()).await.unwrap()
}

async fn entered(t: &TestBook, entering: &Entering) -> Vec<EnrolmentId> {
    enter::enter(&t.book, t.helen(), entering).await.unwrap();
    let runs = run::of_people(&mut t.book.read().await.unwrap(), &entering.people).await.unwrap();
    entering.people.iter().map(|person| runs.iter().find(|run| run.row.person_id == *person).unwrap().row.id).collect()
}

#[tokio::test]
async fn a_fortnights_leave_is_laid_anew_within_what_she_takes_on_and_undone_as_one() {
    let t = TestBook::new().await;
    let tom = volunteer(&t, "Tom Ashby", Some(3)).await;
    let mut only_hello = three_steps();
    only_hello.steps.truncate(1);
    let plan = save(&t, only_hello).await;
    let mut all = entering(plan, many(&t, 12, tom).await);
    all.spread = true;
    let runs = entered(&t, &all).await;
    assert_eq!(shown(&t).await.move_count, 0, "nothing has changed");
    away(&t, tom, "2026-11-05", "2026-11-18").await;
    let before = contents(&t).await;
    let preview = shown(&t).await;
    // Three on Wednesday stay; three a day on Thursday, Friday and Monday go to the first days after the leave.
    assert_eq!((preview.move_count, preview.told_count, preview.no_room_count), (9, 0, 0));
    assert_eq!(at(preview.moves[0].before.due_ms), "2026-11-05 17:00");
    assert_eq!(contents(&t).await, before, "a preview writes nothing");
    replan::apply(&t.book, t.helen(), &preview.stamp).await.unwrap();
    let mut days = Vec::new();
    for run in &runs {
        days.push(at(owed(&t, *run).await.unwrap().1.due_ms)[..10].to_owned());
    }
    let expected = ["2026-11-04", "2026-11-19", "2026-11-20", "2026-11-23"];
    let expected: Vec<&str> = expected.iter().flat_map(|day| [*day; 3]).collect();
    assert_eq!(days, expected, "in their order, three a day");
    assert_eq!(shown(&t).await.move_count, 0, "once is enough");
    sound(&t).await.unwrap();
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.kept, undone.failed), (0, 0), "{:?}", undone.rows);
    assert_eq!(contents(&t).await, before, "as it was, reminders too");
}

#[tokio::test]
async fn what_they_were_told_is_listed_and_not_moved() {
    let t = TestBook::new().await;
    let tom = volunteer(&t, "Tom Ashby", None).await;
    let plan = save(&t, three_steps()).await;
    let people = many(&t, 2, tom).await;
    let runs = entered(&t, &entering(plan, people.clone())).await;
    write::told(&t.book, t.helen(), runs[0], true).await.unwrap();
    away(&t, tom, "2026-11-03", "2026-11-06").await;
    let preview = shown(&t).await;
    assert_eq!((preview.move_count, preview.told_count), (1, 1));
    assert_eq!(preview.told[0].person, people[0]);
    replan::apply(&t.book, t.helen(), &preview.stamp).await.unwrap();
    assert_eq!(due(&owed(&t, runs[0]).await), "2026-11-04 17:00");
    assert_eq!(due(&owed(&t, runs[1]).await), "2026-11-09 17:00");
}

#[tokio::test]
async fn what_was_shown_is_done_or_nothing_is() {
    let t = TestBook::new().await;
    let tom = volunteer(&t, "Tom Ashby", None).await;
    let plan = save(&t, three_steps()).await;
    entered(&t, &entering(plan, many(&t, 3, tom).await)).await;
    away(&t, tom, "2026-11-03", "2026-11-06").await;
    let preview = shown(&t).await;
    away(&t, tom, "2026-11-09", "2026-11-09").await;
    let error = replan::apply(&t.book, t.helen(), &preview.stamp).await.unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert_eq!(at(shown(&t).await.moves[0].before.due_ms), "2026-11-04 17:00", "nothing was moved");
}

#[tokio::test]
async fn whoever_leaves_hands_over_to_those_with_least_to_do() {
    let t = TestBook::new().await;
    takes_on(&t, t.director, Weekdays::ALL, Some(2)).await;
    let [tom, mei] = [volunteer(&t, "Tom Ashby", None).await, volunteer(&t, "Mei Tanaka", Some(2)).await];
    let plan = save(&t, three_steps()).await;
    let runs = entered(&t, &entering(plan, many(&t, 6, tom).await)).await;
    let mut edit = t.book.write(t.helen(), "leave_team").await.unwrap();
    volunteers::leave_team(&mut edit, tom).await.unwrap();
    edit.commit().await.unwrap();
    let preview = shown(&t).await;
    assert_eq!(preview.move_count, 6);
    replan::apply(&t.book, t.helen(), &preview.stamp).await.unwrap();
    let mut by: std::collections::BTreeMap<(String, bool), u32> = std::collections::BTreeMap::new();
    for run in runs {
        let (_, promise) = owed(&t, run).await.unwrap();
        let keeper = promise.keeper.unwrap().id;
        assert!(keeper == t.director || keeper == mei);
        *by.entry((at(promise.due_ms), keeper == mei)).or_default() += 1;
    }
    assert!(by.values().all(|count| *count <= 2), "{by:?}");
    assert_eq!(by.keys().next().unwrap().0, "2026-11-04 17:00", "where there is room, the day stays");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn a_holiday_moves_those_of_its_day_alone_and_a_lower_limit_the_last_ones() {
    let t = TestBook::new().await;
    let tom = volunteer(&t, "Tom Ashby", Some(4)).await;
    let plan = save(&t, three_steps()).await;
    let mut all = entering(plan, many(&t, 8, tom).await);
    all.spread = true;
    let runs = entered(&t, &all).await;
    let mut edit = t.book.write(t.helen(), "add_closure").await.unwrap();
    let day = standards::day("2026-11-04").unwrap();
    standards::add_closures(&mut edit, &[Closure::new("A holiday", day, day)]).await.unwrap();
    edit.commit().await.unwrap();
    let preview = shown(&t).await;
    assert_eq!(preview.move_count, 4);
    replan::apply(&t.book, t.helen(), &preview.stamp).await.unwrap();
    assert_eq!(due(&owed(&t, runs[0]).await), "2026-11-06 17:00", "those of Thursday stay where they were");
    assert_eq!(due(&owed(&t, runs[4]).await), "2026-11-05 17:00");
    takes_on(&t, tom, Weekdays::ALL, Some(3)).await;
    let preview = shown(&t).await;
    let moved: Vec<EnrolmentId> = preview.moves.iter().map(|step| step.enrolment).collect();
    assert_eq!(moved, [runs[7], runs[3]], "of each day whoever comes last");
}

#[tokio::test]
async fn what_fell_due_while_nobody_could_is_broken_and_promised_anew() {
    let t = TestBook::new().await;
    let tom = volunteer(&t, "Tom Ashby", None).await;
    let plan = save(&t, three_steps()).await;
    let away_then = enter(&t, plan, kept_by(&t, "Rania Haddad", tom).await).await;
    let just_late = enter(&t, plan, kept_by(&t, "Mei Tanaka", t.director).await).await;
    let (_, old) = owed(&t, away_then).await.unwrap();
    away(&t, tom, "2026-11-03", "2026-11-13").await;
    t.clock.set("2026-11-16T08:00:00+10:00");
    let preview = shown(&t).await;
    assert_eq!(
        (preview.move_count, preview.moves[0].late),
        (1, true),
        "what somebody could have done is late, and stays"
    );
    replan::apply(&t.book, t.helen(), &preview.stamp).await.unwrap();
    let broken = promise(&t, old.id).await;
    assert_eq!(
        (broken.state, broken.end_reason.as_str()),
        (PromiseState::Released, "Fell due while nobody could, on 4 November 2026")
    );
    assert_eq!(due(&owed(&t, away_then).await), "2026-11-16 17:00");
    assert!(owed(&t, just_late).await.unwrap().1.is_late(t.book.now()));
    sound(&t).await.unwrap();
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.kept, undone.failed), (0, 0), "{:?}", undone.rows);
    assert_eq!(owed(&t, away_then).await.unwrap().1.id, old.id);
}

#[tokio::test]
async fn of_a_step_that_was_tried_the_page_says_when_to_try_again() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept_by(&t, "Rania Haddad", t.director).await).await;
    t.clock.set("2026-11-04T10:00:00+10:00");
    let next_try = t.book.now().plus_ms(86_400_000);
    let mut edit = t.book.write(t.helen(), "try").await.unwrap();
    ledger::tried(&mut edit, owed(&t, run).await.unwrap().1.id, Some(next_try)).await.unwrap();
    edit.commit().await.unwrap();
    let shown = views::one(&mut t.book.read().await.unwrap(), t.book.now(), run).await.unwrap();
    assert_eq!(shown.steps[0].from_ms, Some(next_try));
}

#[tokio::test]
async fn a_step_goes_to_the_day_that_somebody_chose() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept_by(&t, "Rania Haddad", t.director).await).await;
    let to = async |day: &str| write::move_step(&t.book, t.helen(), run, day).await;
    assert!(to("2026-11-07").await.is_err(), "a Saturday");
    assert!(to("2026-11-01").await.is_err(), "over");
    to("2026-11-12").await.unwrap();
    assert_eq!(due(&owed(&t, run).await), "2026-11-12 17:00");
    t.clock.set("2026-11-04T18:00:00+10:00");
    assert!(to("2026-11-04").await.is_err(), "the day is over at closing");
    write::told(&t.book, t.helen(), run, true).await.unwrap();
    assert_eq!(to("2026-11-13").await.unwrap_err().code, Code::Refused, "what they know is agreed with them");
    let all = ledger::tally(&mut t.book.read().await.unwrap()).await.unwrap();
    assert_eq!((all.made, all.open), (1, 1), "it is the same promise");
}
