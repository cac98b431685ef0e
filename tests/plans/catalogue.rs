use wellmet_core::plans::catalogue;
use wellmet_core::plans::newer;
use wellmet_core::plans::schedule::Base;
use wellmet_core::plans::template::{StepChannel, Template};

use super::setting::{due, enter, keep, kept, owed, run_of, save, sound, step, three_steps};
use crate::support::TestBook;

#[tokio::test]
async fn eight_plans_come_with_the_app_once() {
    let t = TestBook::new().await;
    catalogue::complete(&t.book).await.unwrap();
    catalogue::complete(&t.book).await.unwrap();
    let mut db = t.book.read().await.unwrap();
    let plans = catalogue::all(&mut db).await.unwrap();
    assert_eq!(plans.len(), 8);
    for plan in plans {
        let detail = catalogue::detail(&mut db, plan.id).await.unwrap();
        let template = &detail.versions[0].template;
        assert!(template.steps.len() >= 4, "{}", plan.name);
        assert!(
            template.steps.iter().any(|step| step.channel == StepChannel::Call),
            "{}: somebody speaks with them",
            plan.name
        );
        assert!(template.steps.iter().any(|step| step.question.ends_with('?')), "{}: somebody asks", plan.name);
        // Read, written and read again it is the same.
        assert_eq!(&Template::read(&template.text().unwrap()).unwrap(), template);
    }
}

#[tokio::test]
async fn a_plan_that_could_not_be_done_is_not_saved() {
    let wrong = |change: fn(&mut Template)| {
        let mut template = three_steps();
        change(&mut template);
        template.checked().unwrap_err().message
    };
    assert!(wrong(|plan| plan.steps.clear()).contains("needs a step"));
    assert!(wrong(|plan| plan.steps[1].key = "hello".into()).contains("key"));
    assert!(wrong(|plan| plan.steps[0].when.base = Base::BeforeDate).contains("date"));
    assert!(wrong(|plan| plan.steps[0].words.clear()).contains("to be done"));
    assert!(wrong(|plan| plan.name = " ".into()).contains("name"));
    assert!(Template::read("{\"name\": \"x\", \"gossip\": 1}").is_err(), "what is not known is not passed over");
}

#[tokio::test]
async fn whoever_is_in_it_goes_on_with_theirs_until_they_are_moved() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let rania = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    let tom = enter(&t, plan, kept(&t, "Tom Ashby").await).await;
    keep(&t, owed(&t, tom).await.unwrap().1.id).await;
    // Without the letter, with a card before everything, and the last call later.
    let mut newer_one = three_steps();
    newer_one.steps.remove(1);
    newer_one.steps.insert(0, step("card", StepChannel::Letter, Base::Joining, 1));
    newer_one.steps[2].when.wait = wellmet_core::plans::schedule::Wait::Days(8);
    catalogue::save(&t.book, t.helen(), Some(plan), newer_one).await.unwrap();
    let older = newer::preview(&mut t.book.read().await.unwrap(), plan).await.unwrap();
    assert_eq!((older.len(), older[0].people, older[0].lose_their_step), (1, 2, 1));
    let keys: Vec<(&str, bool, bool)> = older[0]
        .differences
        .iter()
        .map(|difference| (difference.key.as_str(), difference.before.is_some(), difference.after.is_some()))
        .collect();
    assert_eq!(keys, [("card", false, true), ("ask", true, true), ("letter", true, false)]);
    assert_eq!(newer::move_all(&t.book, t.helen(), plan).await.unwrap(), 2);
    let (step, _) = owed(&t, rania).await.unwrap();
    assert_eq!(step.step, "hello", "what she is owed is as it was");
    let run = run_of(&t, rania).await;
    let card = run.steps.iter().find(|step| step.step == "card").unwrap();
    assert!(card.why.contains("added"), "{}", card.why);
    let toms = owed(&t, tom).await;
    assert_eq!(toms.as_ref().unwrap().0.step, "ask", "his letter is no more: the next step is");
    assert_eq!(due(&toms), "2026-11-12 17:00");
    assert!(newer::preview(&mut t.book.read().await.unwrap(), plan).await.unwrap().is_empty());
    sound(&t).await.unwrap();
}
