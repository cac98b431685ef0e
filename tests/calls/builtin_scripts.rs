//! The scripts that come with the app: each is in order, ends whatever is answered, and reads well.

use std::collections::HashSet;

use wellmet_core::calls::script::{Fields, Leave, MergeField, Pick, Purpose, Run, Script, Segment, builtins};
use wellmet_core::people::Voicemail;

use super::script::{answered, picks, spoken, step};

fn everything() -> Fields {
    MergeField::ALL.iter().fold(Fields::default(), |fields, field| fields.with(*field, Some("Something")))
}

#[test]
fn there_is_a_script_for_every_purpose() {
    let purposes: HashSet<_> = builtins()
        .iter()
        .map(|builtin| builtin.read().unwrap_or_else(|problems| panic!("{}: {problems}", builtin.key)).script().purpose)
        .collect();
    for purpose in Purpose::ALL {
        assert_eq!(purpose.builtin().read().expect("in order").script().purpose, *purpose);
    }
    assert_eq!(purposes, Purpose::ALL.iter().copied().collect::<HashSet<_>>());
}

#[test]
fn every_way_through_a_built_in_script_ends() {
    for builtin in builtins() {
        let script = builtin.read().expect("in order");
        let parts = script.script().nodes.len();
        let mut open = vec![Run::start()];
        let mut reached = HashSet::new();
        while let Some(run) = open.pop() {
            assert!(run.path.len() <= parts, "{}: a call goes round and round: {:?}", builtin.key, run.path);
            let step = step(&script, &run);
            reached
                .extend(step.breadcrumb.iter().filter(|crumb| crumb.moves.is_some()).map(|crumb| crumb.label.clone()));
            assert_eq!(step.end, step.ask.is_none());
            open.extend(picks(&step, false).into_iter().map(|pick| answered(&script, &run, pick)));
        }
        assert!(reached.len() > 3, "{}: the walk must have gone somewhere", builtin.key);
    }
}

#[test]
fn built_in_scripts_read_well_with_and_without_what_is_known() {
    for builtin in builtins() {
        let script = builtin.read().expect("in order");
        for fields in [Fields::default(), everything()] {
            let mut open = vec![Run::start()];
            let mut seen = HashSet::new();
            while let Some(run) = open.pop() {
                let step = run.step(&script, &fields).expect("a step");
                if !seen.insert((step.node.clone(), run.path.len())) {
                    continue;
                }
                let said = spoken(&step.say);
                for clumsy in ["  ", " ,", " .", " ?", ",,", "..", "<>", "Dear ,"] {
                    assert!(!said.contains(clumsy), "{} at {:?}: {clumsy:?} in {said:?}", builtin.key, step.node);
                }
                assert!(!said.is_empty() || step.ask.is_some(), "{} at {:?} says nothing", builtin.key, step.node);
                let all_known =
                    step.say.iter().all(|segment| !matches!(segment, Segment::Blank { field: Some(_), .. }));
                assert!(
                    all_known || fields == Fields::default(),
                    "{}: a known field is blank in {said:?}",
                    builtin.key
                );
                open.extend(picks(&step, run.path.len() < 2).into_iter().map(|pick| answered(&script, &run, pick)));
            }
        }
    }
}

#[test]
fn every_script_for_a_call_of_ours_has_words_for_a_machine_under_every_wish() {
    for builtin in builtins() {
        let script = builtin.read().expect("in order");
        let ours = !matches!(script.script().purpose, Purpose::Incoming | Purpose::WrongPerson);
        assert_eq!(step(&script, &Run::start()).has_machine, ours, "{}", builtin.key);
        for wishes in Voicemail::ALL.iter().filter(|_| ours) {
            let fields = everything().with_voicemail(*wishes);
            let machine = answered(&script, &Run::start(), Pick::Machine).step(&script, &fields).expect("a step");
            let said = spoken(&machine.say);
            let leave = machine.machine.expect("a machine").leave;
            let expected = match wishes {
                Voicemail::No => Leave::Nothing,
                Voicemail::YesAndNameUs => Leave::Message,
                Voicemail::Unknown | Voicemail::YesWithoutName => Leave::Discreet,
            };
            assert_eq!(leave, expected, "{}", builtin.key);
            assert_eq!(said.is_empty(), *wishes == Voicemail::No, "{}: {said}", builtin.key);
            for clumsy in ["  ", " ,", " .", " ?", "..", "<>"] {
                assert!(!said.contains(clumsy), "{}: {clumsy:?} in {said:?}", builtin.key);
            }
            assert!(said.split_whitespace().count() < 70, "{}: nobody listens to so long a message", builtin.key);
        }
    }
}

#[test]
fn every_script_says_what_to_have_at_hand_and_what_is_asked_is_kept() {
    for builtin in builtins() {
        let script = builtin.read().expect("in order");
        let script = script.script();
        assert!(!script.when.is_empty(), "{}", builtin.key);
        let ours = !matches!(script.purpose, Purpose::Incoming | Purpose::WrongPerson);
        assert_eq!(!script.at_hand.is_empty(), ours, "{}", builtin.key);
        let kept = builtin.source.matches("= words {fact ").count() + builtin.source.matches("= words {field ").count();
        assert_eq!(kept, builtin.source.matches("\n= ").count(), "{}", builtin.key);
        assert!(kept > 0, "{}: a call that asks nothing learns nothing", builtin.key);
    }
}

#[test]
fn a_late_call_back_begins_with_the_apology() {
    let script = builtins()
        .iter()
        .find(|builtin| builtin.key == "late-call-back")
        .expect("it is there")
        .read()
        .expect("in order");
    let fields = Fields::default()
        .with(MergeField::PersonGiven, Some("Rania"))
        .with(MergeField::CallerGiven, Some("Helen"))
        .with(MergeField::AssociationName, Some("Northside Business Women"))
        .with(MergeField::InquiryFirstAskedWhen, Some("on the second of November"))
        .with(MergeField::InquiryLastMessageWhen, Some("this morning"))
        .with(MergeField::InquiryAbout, Some("how to join"));
    let apology = answered(&script, &Run::start(), Pick::Choice(1)).step(&script, &fields).expect("a step");
    assert_eq!(
        spoken(&apology.say),
        "Rania, this is Helen from Northside Business Women. You asked us on the second of November about how to join, \
         and got in touch again this morning, and nobody rang you back. I am sorry. That is not how we want you to meet us."
    );
}

#[test]
fn the_page_on_scripts_shows_one_that_is_in_order_and_every_field() {
    let page = include_str!("../../docs/SCRIPTS.md");
    let example = page.split("```").nth(1).expect("an example");
    Script::read(example).unwrap_or_else(|problems| panic!("{problems}"));
    for field in MergeField::ALL {
        assert!(page.contains(&format!("`{}`", field.path())), "{} is not on the page", field.path());
    }
    for purpose in Purpose::ALL {
        assert!(page.contains(&format!("`{}`", purpose.words())), "{} is not on the page", purpose.words());
    }
}
