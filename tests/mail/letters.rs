//! Filling in, the ways out, and what is written down of it.

use wellmet_core::calls::script::Segment;
use wellmet_core::calls::timeline;
use wellmet_core::exchange::letter_page;
use wellmet_core::ids::PromiseId;
use wellmet_core::mail::LetterKind;
use wellmet_core::mail::letter::{self, LetterReady, OwnWords, Writing};
use wellmet_core::mail::mailto::mailto;
use wellmet_core::people::{ReachChange, ReachKind, ReachState, consent, facts, reaches};
use wellmet_core::plans::run::StepState;
use wellmet_core::plans::schedule::Base;
use wellmet_core::plans::template::StepChannel;
use wellmet_core::plans::written::{self as steps, OwedLetter};
use wellmet_core::promises::ledger::PromiseState;
use wellmet_core::promises::today;
use wellmet_core::store::undo_last;
use wellmet_core::{Code, Result};

use super::setting::{Owed, blank, hopes_for, rania, reach, writing_plan, written};
use crate::plans::setting::{enter, keep, kept, owed, plan_of, promise, run_of, save, sound, step};
use crate::support::TestBook;

async fn ready(t: &TestBook, writing: &Writing) -> Result<LetterReady> {
    letter::ready(&mut t.book.read().await.unwrap(), t.book.now(), t.helen(), writing).await
}

async fn seen(t: &TestBook, of: &Owed) -> letter::LetterToWrite {
    letter::letter(&mut t.book.read().await.unwrap(), t.book.now(), t.helen(), of.promise).await.unwrap()
}

fn questions(segments: &[Segment]) -> Vec<String> {
    let blanks = segments.iter().filter_map(|segment| match segment {
        Segment::Blank { question, .. } => Some(question.clone()),
        _ => None,
    });
    blanks.collect()
}

#[tokio::test]
async fn what_the_book_does_not_know_is_a_blank_and_nothing_goes_out_with_one() {
    let t = TestBook::new().await;
    let of = rania(&t).await;
    let letter = seen(&t, &of).await;
    assert_eq!(letter.kind, LetterKind::Email);
    assert_eq!(letter.refusal, None);
    assert_eq!(letter.to.iter().map(|to| to.shown.as_str()).collect::<Vec<_>>(), ["rania@example.com"]);
    assert_eq!(questions(&letter.subject), Vec::<String>::new());
    assert_eq!(questions(&letter.body), ["hopes for? ask", "whom should they ask for?"]);
    let mut writing = written(of.promise);
    let refused = ready(&t, &writing).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    assert!(refused.message.contains("hopes for? ask"), "the blank is named: {}", refused.message);
    assert_eq!(letter::sent(&t.book, t.helen(), &writing).await.unwrap_err().code, Code::Refused, "nor is it filed");
    for nothing in ["", "  \n "] {
        writing.blanks.push(blank(Some("facts.hopes_for"), "hopes for? ask", nothing));
        assert_eq!(ready(&t, &writing).await.unwrap_err().code, Code::Refused, "nothing but blanks fills no blank");
        writing.blanks.pop();
    }
    writing.blanks.push(blank(Some("facts.hopes_for"), "hopes for? ask", "a mentor"));
    let ready = ready(&t, &writing).await.unwrap();
    assert_eq!(ready.subject, "For Rania, from Northside Business Women");
    assert_eq!(
        ready.body, "Dear Rania,\n\nyou hoped for a mentor.\nAsk for Mary at the door.\n\nKind regards,\nHelen Barrow",
        "lines stay as they were written"
    );
    assert_eq!(ready.used, [], "what was typed here is no fact of the book");
}

#[tokio::test]
async fn of_what_is_owed_it_is_known_what_is_to_be_written() {
    let t = TestBook::new().await;
    let of = rania(&t).await;
    let rung = {
        let calls = save(&t, plan_of(vec![step("hello", StepChannel::Call, Base::Joining, 2)])).await;
        let run = enter(&t, calls, kept(&t, "Mary Webb").await).await;
        owed(&t, run).await.unwrap().1.id
    };
    let written = async || {
        let mut db = t.book.read().await.unwrap();
        let today = today::today(&mut db, t.book.now(), None).await.unwrap();
        let shown: Vec<PromiseId> =
            today.groups.iter().flat_map(|group| &group.items).map(|item| item.promise.id).collect();
        assert!(shown.contains(&rung), "the call stands on Today as well");
        steps::of_today(&mut db, &today).await.unwrap()
    };
    let email = OwedLetter { promise: of.promise, kind: LetterKind::Email };
    assert_eq!(written().await, [email], "a call is not written");
    keep(&t, of.promise).await;
    let next = owed(&t, of.run).await.unwrap().1;
    t.clock.move_on(next.from_ms.unwrap().since(t.book.now()));
    let letter = OwedLetter { promise: next.id, kind: LetterKind::Letter };
    assert_eq!(written().await, [letter], "what was kept is not owed");
}

#[tokio::test]
async fn own_words_are_taken_only_where_no_blank_or_field_is_left() {
    let t = TestBook::new().await;
    let of = rania(&t).await;
    let own = |body: &str| Some(OwnWords { subject: "Hello\r\nBcc: all@example.com".into(), body: body.into() });
    let mut writing = Writing { own: own("Dear Rania"), ..written(of.promise) };
    assert_eq!(ready(&t, &writing).await.unwrap_err().code, Code::Refused, "a blank is left behind them");
    hopes_for(&t, of.person, "a mentor").await;
    let done = ready(&t, &writing).await.unwrap();
    assert_eq!(done.subject, "Hello Bcc: all@example.com", "one line, whatever was pasted");
    assert_eq!(done.used, [], "the fact was written out of it");
    writing.own = own("You hoped for a mentor.\u{0}\r\n\r\n\r\n\r\nHelen  ");
    let done = ready(&t, &writing).await.unwrap();
    assert_eq!((done.body.as_str(), done.used.len()), ("You hoped for a mentor.\n\nHelen", 1));
    writing.own = own("Dear {{ person.given }}");
    assert_eq!(ready(&t, &writing).await.unwrap_err().code, Code::Refused);
    writing.own = own(" \n ");
    assert_eq!(ready(&t, &writing).await.unwrap_err().code, Code::Refused);
}

#[tokio::test]
async fn that_it_went_is_one_edit_with_its_facts_and_one_undo() {
    let t = TestBook::new().await;
    let of = rania(&t).await;
    hopes_for(&t, of.person, "a job").await;
    hopes_for(&t, of.person, "a mentor").await;
    let ready = ready(&t, &written(of.promise)).await.unwrap();
    assert!(ready.body.contains("you hoped for a mentor."), "the newest of a name: {}", ready.body);
    letter::sent(&t.book, t.helen(), &written(of.promise)).await.unwrap();
    assert_eq!(promise(&t, of.promise).await.state, PromiseState::Kept);
    let run = run_of(&t, of.run).await;
    assert_eq!((run.steps[0].state, run.steps[1].state), (StepState::Done, StepState::Open), "the plan goes on");
    let mut db = t.book.read().await.unwrap();
    let lines = timeline::of_person(&mut db, t.book.now(), of.person, 50).await.unwrap();
    let touch = lines.iter().find(|line| line.what == "email:out:").expect("the touch is on the timeline");
    assert!(touch.words.starts_with("For Rania, from Northside Business Women\n\nDear Rania,"), "{}", touch.words);
    let brief = wellmet_core::calls::brief::brief(&mut db, t.book.now(), of.person, None).await.unwrap();
    assert_eq!(brief.touches[0].used, ["Hopes for: a mentor"], "a touch tells which facts it used");
    drop(db);
    let again = letter::sent(&t.book, t.helen(), &written(of.promise)).await.unwrap_err();
    assert_eq!(again.code, Code::Conflict, "twice is once too often");
    undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!(promise(&t, of.promise).await.state, PromiseState::Open);
    assert_eq!(owed(&t, of.run).await.unwrap().0.step, "mail");
    let mut db = t.book.read().await.unwrap();
    let lines = timeline::of_person(&mut db, t.book.now(), of.person, 50).await.unwrap();
    assert!(lines.iter().all(|line| line.what != "email:out:"), "one undo takes it all back");
    drop(db);
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn what_was_said_while_writing_is_kept_where_that_is_wished() {
    let t = TestBook::new().await;
    let of = rania(&t).await;
    let mut writing = written(of.promise);
    writing.blanks.push(blank(Some("facts.hopes_for"), "hopes for? ask", "a mentor"));
    for blank in &mut writing.blanks {
        blank.remember = true;
    }
    letter::sent(&t.book, t.helen(), &writing).await.unwrap();
    let facts = facts::of_person(&mut t.book.read().await.unwrap(), of.person).await.unwrap();
    assert_eq!(facts.iter().map(|fact| fact.words.as_str()).collect::<Vec<_>>(), ["Hopes for: a mentor"]);
}

#[tokio::test]
async fn whoever_said_no_is_not_written_to_and_bad_addresses_are_not_offered() {
    let t = TestBook::new().await;
    let of = rania(&t).await;
    hopes_for(&t, of.person, "a mentor").await;
    reach(&t, of.person, ReachKind::Email, "old@example.com").await;
    let rows = reaches::rows_of(&mut t.book.read().await.unwrap(), of.person).await.unwrap();
    let old = rows.iter().find(|row| row.value == "old@example.com").unwrap().id;
    let mut edit = t.book.write(t.helen(), "change_reach").await.unwrap();
    let bounced = ReachChange { state: Some(ReachState::Bounced), ..ReachChange::default() };
    reaches::change(&mut edit, old, &bounced).await.unwrap();
    edit.commit().await.unwrap();
    let letter = seen(&t, &of).await;
    assert_eq!(letter.to.len(), 1);
    assert_eq!((letter.unusable[0].shown.as_str(), letter.unusable[0].state), ("old@example.com", ReachState::Bounced));
    let to_old = Writing { reach: Some(old), ..written(of.promise) };
    assert_eq!(ready(&t, &to_old).await.unwrap_err().code, Code::Refused, "not even where the window still shows it");
    assert_eq!(ready(&t, &written(of.promise)).await.unwrap().to, "rania@example.com");
    // A no to letters is none to e-mail.
    for (channel, refused) in [(ReachKind::Post, false), (ReachKind::Email, true)] {
        let mut edit = t.book.write(t.helen(), "set_consent").await.unwrap();
        consent::set(&mut edit, of.person, channel, false, "said so in a letter").await.unwrap();
        edit.commit().await.unwrap();
        let answer = ready(&t, &written(of.promise)).await;
        assert_eq!(answer.as_ref().is_err_and(|error| error.code == Code::Refused), refused, "{answer:?}");
    }
    let refusal = seen(&t, &of).await.refusal.expect("the window says why");
    assert!(refusal.contains("wants no e-mail (said so in a letter, today at 10:15)"), "{refusal}");
}

#[tokio::test]
async fn a_mailto_is_rfc_6068_whatever_stands_in_it() {
    let ready = |to: &str, subject: &str, body: &str| LetterReady {
        kind: LetterKind::Email,
        person: wellmet_core::ids::PersonId::new(),
        name: "R".into(),
        to: to.into(),
        to_label: String::new(),
        subject: subject.into(),
        body: body.into(),
        used: vec![],
        learned: vec![],
    };
    let url = mailto(&ready("a+b&c%d?e=f#g@example.com", "Tea & cake? 100 %", "Grüß\nGott + \"x\"")).unwrap().unwrap();
    assert_eq!(
        url,
        "mailto:a%2Bb%26c%25d%3Fe%3Df%23g@example.com?subject=Tea%20%26%20cake%3F%20100%20%25\
         &body=Gr%C3%BC%C3%9F%0D%0AGott%20%2B%20%22x%22"
    );
    assert_eq!(mailto(&ready("a@example.com", "x", &"ä".repeat(10_000))).unwrap(), None, "too long is said");
    let paper = LetterReady { kind: LetterKind::Letter, ..ready("a@example.com", "x", "y") };
    assert_eq!(mailto(&paper).unwrap_err().code, Code::Invalid);
}

#[tokio::test]
async fn a_letter_is_a_page_with_her_address_our_name_and_the_day() {
    let t = TestBook::new().await;
    let of = rania(&t).await;
    hopes_for(&t, of.person, "a mentor").await;
    letter::sent(&t.book, t.helen(), &written(of.promise)).await.unwrap();
    let (_, letter) = owed(&t, of.run).await.unwrap();
    let writing = Writing { promise: letter.id, reach: None, blanks: vec![], own: None };
    let to = t.folder().join("letter.html");
    let page = async |to: &std::path::Path| {
        let mut db = t.book.read().await.unwrap();
        letter_page::write(&mut db, t.book.now(), t.helen(), &writing, to).await
    };
    assert_eq!(page(&to).await.unwrap_err().code, Code::Refused, "she has no postal address");
    reach(&t, of.person, ReachKind::Post, "12 <b>High</b> Street\nBrisbane QLD 4000").await;
    assert_eq!(page(&t.folder().join("letter.txt")).await.unwrap_err().code, Code::Invalid);
    assert_eq!(page(&t.folder().join("nowhere/letter.html")).await.unwrap_err().code, Code::NotFound);
    page(&to).await.unwrap();
    let text = std::fs::read_to_string(&to).unwrap();
    assert!(text.contains("Rania Haddad\n12 &lt;b&gt;High&lt;/b&gt; Street\nBrisbane QLD 4000</address>"), "{text}");
    assert!(text.contains("<time>2 November 2026</time>") && text.contains("Northside Business Women"), "{text}");
    assert!(text.contains("Dear Rania,\n\nthank you &amp; yours &lt;always&gt;.\n\nHelen Barrow"), "{text}");
    assert!(!t.folder().join(".letter.html.part").exists(), "nothing is left beside it");
    letter::sent(&t.book, t.helen(), &writing).await.unwrap();
    assert_eq!(owed(&t, of.run).await.unwrap().0.step, "call");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn a_text_that_cannot_be_filled_is_told_where_it_is_written() {
    let mut template = writing_plan();
    assert!(letter::check(&template).is_ok());
    template.steps[1].text = "Dear {{ person.gven }}".into();
    let error = letter::check(&template).unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    assert!(error.message.contains("Step 2") && error.message.contains("person.given"), "{}", error.message);
    template.steps[1].text = String::new();
    template.steps[0].subject = "{{ person.given".into();
    assert!(letter::check(&template).unwrap_err().message.starts_with("Step 1"));
}

#[tokio::test]
async fn every_text_that_comes_with_the_app_can_be_filled() {
    let t = TestBook::new().await;
    wellmet_core::plans::catalogue::complete(&t.book).await.unwrap();
    let mut db = t.book.read().await.unwrap();
    let mut texts = 0;
    for row in wellmet_core::plans::catalogue::all(&mut db).await.unwrap() {
        let detail = wellmet_core::plans::catalogue::detail(&mut db, row.id).await.unwrap();
        letter::check(&detail.versions[0].template).unwrap();
        texts += detail.versions[0].template.steps.iter().filter(|step| !step.text.is_empty()).count();
    }
    assert!(texts >= 5, "they have texts");
}
