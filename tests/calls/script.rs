use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::Code;
use wellmet_core::calls::script::{
    CrumbState, Fields, FreeAnswer, MergeField, Move, Pick, ReadyScript, Run, Script, ScriptStep, Segment,
};

const SMALL: &str = "\
title: Small
purpose: general

# Greeting
Hello {{ person.given }}[ of {{ person.organisation }}], this is {{ caller.given }}.
> Have you got {{ ? how long? ask them }}?
1. Yes -> Talk
2. No -> Goodbye

# Talk
Good.
-> Goodbye

# Goodbye
Thank you.
end

! Fees
(Plainly.)
A hundred.

! Never again
Is that for good?
1. Yes -> Goodbye
2. No -> back
";

fn small() -> ReadyScript {
    Script::read(SMALL).expect("the small script is in order")
}

pub fn step(script: &ReadyScript, run: &Run) -> ScriptStep {
    run.step(script, &Fields::default()).expect("a run of a ready script has a step")
}

pub fn answered(script: &ReadyScript, run: &Run, pick: Pick) -> Run {
    let node = step(script, run).node;
    run.answer(script, &node, pick).expect("the pick was offered")
}

/// As it would sound, blanks in angle brackets.
pub fn spoken(say: &[Segment]) -> String {
    say.iter()
        .map(|segment| match segment {
            Segment::Text { text } => text.clone(),
            Segment::Filled { value, .. } => value.clone(),
            Segment::Blank { question, .. } => format!("<{question}>"),
        })
        .collect()
}

/// What can be pressed: of a free answer, one and none.
pub fn picks(step: &ScriptStep, objections: bool) -> Vec<Pick> {
    let choices = step.ask.iter().flat_map(|ask| &ask.choices).map(|choice| Pick::Choice(choice.key));
    let free = step.ask.iter().filter_map(|ask| ask.free.as_ref()).flat_map(|free| {
        let said = match free.kind {
            // Some are kept as an address, and have to be one.
            FreeAnswer::Words => "rania@haddad.example",
            FreeAnswer::Number => "12",
            FreeAnswer::Date => "2026-11-24",
        };
        [Pick::Said(said.into()), Pick::Said(String::new())]
    });
    let raised = step.objections.iter().filter(|_| objections).map(|objection| Pick::Objection(objection.id.clone()));
    choices.chain(free).chain(raised).collect()
}

// ── the run ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_call_goes_from_the_greeting_to_the_goodbye() {
    let script = small();
    let run = Run::start();
    let first = step(&script, &run);
    assert_eq!(first.node, "Greeting");
    assert!(!first.end);
    let ask = first.ask.expect("the greeting asks");
    assert_eq!(
        ask.choices.iter().map(|choice| (choice.key, choice.label.as_str())).collect::<Vec<_>>(),
        [(1, "Yes"), (2, "No")]
    );

    let last = step(&script, &answered(&script, &run, Pick::Choice(1)));
    assert_eq!(last.node, "Goodbye");
    assert_eq!(spoken(&last.say), "Good.\n\nThank you.", "what a jump passes is said on the way");
    assert!(last.end && last.ask.is_none());
    let crumbs: Vec<_> = last.breadcrumb.iter().map(|crumb| (crumb.label.as_str(), crumb.state)).collect();
    assert_eq!(crumbs, [("Greeting", CrumbState::Past), ("Talk", CrumbState::Past), ("Goodbye", CrumbState::Here)]);
}

#[test]
fn the_breadcrumb_shows_what_most_likely_lies_ahead() {
    let script = small();
    let crumbs = step(&script, &Run::start()).breadcrumb;
    let crumbs: Vec<_> = crumbs.iter().map(|crumb| (crumb.label.as_str(), crumb.state, crumb.moves)).collect();
    assert_eq!(
        crumbs,
        [
            ("Greeting", CrumbState::Here, Some(0)),
            ("Talk", CrumbState::Ahead, None),
            ("Goodbye", CrumbState::Ahead, None)
        ]
    );
}

#[test]
fn an_objection_is_answered_and_the_question_stands_again() {
    let script = small();
    let run = answered(&script, &Run::start(), Pick::Objection("fees".into()));
    let fees = step(&script, &run);
    assert_eq!(spoken(&fees.say), "A hundred.");
    assert_eq!(fees.hint.as_deref(), Some("Plainly."));
    assert_eq!(fees.node, "Greeting");
    assert_eq!(fees.ask, step(&script, &Run::start()).ask);
    let on = step(&script, &answered(&script, &run, Pick::Choice(2)));
    assert_eq!(on.node, "Goodbye");
    assert!(
        on.breadcrumb.iter().all(|crumb| crumb.label != "Fees"),
        "an objection that was answered is no part of the way"
    );
}

#[test]
fn an_objection_may_ask_and_lead_on_or_back() {
    let script = small();
    let never = answered(&script, &Run::start(), Pick::Objection("Never again".into()));
    assert_eq!(step(&script, &never).node, "Never again");
    assert_eq!(step(&script, &answered(&script, &never, Pick::Choice(2))).node, "Greeting");
    assert!(step(&script, &answered(&script, &never, Pick::Choice(1))).end);
}

#[test]
fn a_key_pressed_twice_answers_once() {
    let script = small();
    let first = Run::start();
    let second = first.answer(&script, "Greeting", Pick::Choice(1)).expect("the first press");
    let again = second.answer(&script, "Greeting", Pick::Choice(1)).expect_err("the second press");
    assert_eq!(again.code, Code::Conflict);
}

#[rstest]
#[case(Pick::Choice(0))]
#[case(Pick::Choice(3))]
#[case(Pick::Choice(255))]
#[case(Pick::Objection("Weather".into()))]
fn what_is_not_offered_is_refused(#[case] pick: Pick) {
    let error = Run::start().answer(&small(), "Greeting", pick).expect_err("it is not offered");
    assert_eq!(error.code, Code::Invalid);
}

#[test]
fn nothing_can_be_answered_after_the_end() {
    let script = small();
    let end = answered(&script, &Run::start(), Pick::Choice(2));
    assert!(end.answer(&script, "Goodbye", Pick::Choice(1)).is_err());
    let raised = answered(&script, &end, Pick::Objection("Fees".into()));
    assert!(step(&script, &raised).end, "an objection at the goodbye leads back to the goodbye");
}

#[test]
fn a_path_from_a_former_version_is_refused_not_misread() {
    let path = vec![Move { node: "Something that was renamed".into(), pick: Pick::Choice(1) }];
    let error = Run { path }.step(&small(), &Fields::default()).expect_err("the part is gone");
    assert_eq!(error.code, Code::Conflict);
}

// ── the merge ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_is_known_is_filled_and_what_is_not_is_a_visible_blank() {
    let fields =
        Fields::default().with(MergeField::PersonGiven, Some("Rania")).with(MergeField::CallerGiven, Some("  "));
    let say = Run::start().step(&small(), &fields).expect("a step").say;
    assert_eq!(
        say,
        [
            Segment::Text { text: "Hello ".into() },
            Segment::Filled { field: "person.given".into(), value: "Rania".into() },
            Segment::Text { text: ", this is ".into() },
            Segment::Blank { field: Some("caller.given".into()), question: "your name".into() },
            Segment::Text { text: ".".into() },
        ]
    );
}

#[test]
fn words_in_brackets_are_said_only_where_their_field_is_known() {
    let with = Fields::default().with(MergeField::PersonOrganisation, Some("Haddad Interiors"));
    let say = Run::start().step(&small(), &with).expect("a step").say;
    assert_eq!(spoken(&say), "Hello <what do they like to be called?> of Haddad Interiors, this is <your name>.");
}

proptest! {
    #[test]
    fn a_value_is_words_and_never_a_script(value in r#"(\{\{|\}\}|\[|\]|\\|person\.full|<b>|\?|[a-z ]|"){1,20}"#) {
        prop_assume!(!value.trim().is_empty());
        let fields = Fields::default()
            .with(MergeField::PersonGiven, Some(&value))
            .with(MergeField::PersonFull, Some("SECRET"));
        let say = Run::start().step(&small(), &fields).expect("a step").say;
        let shown = value.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(&say[1], &Segment::Filled { field: "person.given".into(), value: shown });
        prop_assert!(!spoken(&say).contains("SECRET"));
    }
}

proptest! {
    /// Markup, quotes, emoji, signs that turn the writing round, ten thousand letters: what is shown is what is known.
    #[test]
    fn whatever_a_value_holds_is_shown_letter_for_letter(
        value in prop_oneof![
            r#"\PC{1,60}"#,
            "(<script>alert\\(1\\)</script>|<b>|&amp;|\"|'|“|\u{202e}|\u{2067}|رانيا|🦜|e\u{301}|\u{0}|\u{7f}|%s|\\$1){1,12}",
            Just("אב <i>\u{202e}x</i> ".repeat(600)),
            Just("w".repeat(10_000)),
        ],
        fact in "(<u>|\"|🦜|رانيا|: |\n){1,9}",
    ) {
        let source = "title: T\npurpose: general\n# A\nIt is {{ person.given }}, {{ facts.note }}.\nend\n";
        let script = Script::read(source).expect("in order");
        let shown = |value: &str| {
            let words = value.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join(" ")
        };
        let fields =
            Fields::default().with(MergeField::PersonGiven, Some(&value)).with_fact_words(&format!("Note: {fact}"));
        let say = Run::start().step(&script, &fields).expect("a step").say;
        let told = |n: usize, field: &str, value: &str| match shown(value) {
            value if value.is_empty() => matches!(&say[n], Segment::Blank { .. }),
            value => say[n] == Segment::Filled { field: field.into(), value },
        };
        prop_assert!(told(1, "person.given", &value), "{:?}", say);
        prop_assert!(told(3, "facts.note", fact.trim()), "{:?}", say);
        prop_assert_eq!(say.len(), 5);
    }
}

#[test]
fn a_capital_is_put_only_where_it_is_asked_for() {
    let text = "{{ inquiry.last_message_when | capital }} and {{ inquiry.last_message_when }}: \
                {{ inquiry.first_asked_when | capital ? which day }}.";
    let source = format!("title: T\npurpose: general\n# A\n{text}\nend\n");
    let script = Script::read(&source).expect("in order");
    let fields = Fields::default().with(MergeField::InquiryLastMessageWhen, Some("on éa Friday"));
    let say = Run::start().step(&script, &fields).expect("a step").say;
    assert_eq!(spoken(&say), "On éa Friday and on éa Friday: <which day>.");
}

#[test]
fn facts_are_fields_by_their_name() {
    let source = "title: T\npurpose: general\n# A\nHow is {{ facts.second_showroom }}, and {{ facts.mentor }}?\nend\n";
    let script = Script::read(source).expect("in order");
    let fields = Fields::default().with_fact("mentor", Some("Priya Nair"));
    let say = Run::start().step(&script, &fields).expect("a step").say;
    assert_eq!(spoken(&say), "How is <second showroom? ask>, and Priya Nair?");
}

// ── the text ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[rstest]
#[case::no_title("purpose: general\n# A\nHi\nend", 1, "no title")]
#[case::no_purpose("title: T\n# A\nHi\nend", 1, "no purpose")]
#[case::purpose("title: T\npurpose: chat\n# A\nHi\nend", 2, "call back, late call back")]
#[case::twice("title: T\ntitle: U\npurpose: general\n# A\nHi\nend", 2, "twice")]
#[case::header("title: T\npurpose: general\ncolour: red\n# A\nHi\nend", 3, "colour")]
#[case::no_parts("title: T\npurpose: general\n", 1, "begin one with #")]
#[case::dead_end("title: T\npurpose: general\n\n# A\nHi\n", 4, "stops without a way on")]
#[case::no_choices("title: T\npurpose: general\n# A\nHi\n> And?\n", 3, "has no choices")]
#[case::nowhere("title: T\npurpose: general\n# A\nHi\n1. Yes\n", 5, "leads nowhere")]
#[case::missing(
    "title: T\npurpose: general\n# A\nHi\n1. Yes -> Goodby\n# Goodbye\nBye\nend",
    5,
    "did you mean \"Goodbye\""
)]
#[case::missing_far("title: T\npurpose: general\n# A\nHi\n1. Yes -> Fees\n", 5, "add # Fees")]
#[case::jump("title: T\npurpose: general\n# A\nHi\n-> Nowhere\n", 5, "no part \"Nowhere\"")]
#[case::numbering("title: T\npurpose: general\n# A\nHi\n2. Yes -> A\n", 5, "write 1.")]
#[case::same("title: T\npurpose: general\n# A\nHi\nend\n# a\nHo\nend", 6, "the first is in line 3")]
#[case::same_objection("title: T\npurpose: general\n# Fees\nHi\nend\n! Fees\nA hundred", 6, "two parts called")]
#[case::unreachable("title: T\npurpose: general\n# A\nHi\nend\n# B\nHo\nend", 6, "nothing leads to \"B\"")]
#[case::trap(
    "title: T\npurpose: general\n# A\nHi\n1. On -> B\n2. Off -> C\n# B\nHo\n-> B\n# C\nBye\nend",
    7,
    "never end"
)]
#[case::field(
    "title: T\npurpose: general\n# A\nHello\nDear {{ person.givn }}\nend",
    4,
    "did you mean {{ person.given }}"
)]
#[case::field_in_question(
    "title: T\npurpose: general\n# A\nHi\n> So, {{ weather }}?\n1. Yes -> A",
    5,
    "no field \"weather\""
)]
#[case::filter("title: T\npurpose: general\n# A\nHi\n{{ person.given | upper }}\nend", 5, "capital")]
#[case::unclosed("title: T\npurpose: general\n# A\nHi\n\nDear {{ person.given\nend", 6, "}}")]
#[case::bracket("title: T\npurpose: general\n# A\nHi\nDear [you {{ person.given }}\nend", 5, "\\[")]
#[case::bracket_no_field("title: T\npurpose: general\n# A\nHi [there]\nend", 4, "hold no field")]
#[case::silent("title: T\npurpose: general\n# A\nend", 3, "nothing to say")]
#[case::after_end("title: T\npurpose: general\n# A\nHi\nend\nHo", 6, "after the part has ended")]
#[case::back_in_node("title: T\npurpose: general\n# A\nHi\nback", 5, "only an objection")]
#[case::end_in_objection("title: T\npurpose: general\n# A\nHi\nend\n! F\nNo\nend", 8, "does not end the call")]
#[case::named_end("title: T\npurpose: general\n# End\nHi\nend", 3, "another name")]
#[case::choice_to_end("title: T\npurpose: general\n# A\nHi\n1. Yes -> end", 5, "goodbye")]
#[case::words_after_question("title: T\npurpose: general\n# A\nHi\n> So?\nWell\n1. Yes -> A", 6, "before the question")]
fn a_fault_is_told_with_its_line_and_the_way_out(#[case] source: &str, #[case] line: u32, #[case] says: &str) {
    let problems = Script::read(source).expect_err("it is faulty").0;
    let found = problems.iter().any(|problem| problem.line == Some(line) && problem.message.contains(says));
    assert!(found, "line {line}: {says:?} is not among {problems:#?}");
}

#[test]
fn a_tenth_choice_is_refused_because_there_is_no_tenth_key() {
    let choices: String = (1..=10).map(|n| format!("{n}. Word -> Goodbye\n")).collect();
    let source = format!("title: T\npurpose: general\n# A\nHi\n{choices}# Goodbye\nBye\nend\n");
    let problems = Script::read(&source).expect_err("ten choices").0;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].line, Some(14));
}

#[test]
fn every_fault_is_told_at_once_in_the_order_of_the_lines() {
    let source = "title: T\npurpose: chat\n# A\nHi\n1. Yes\n\n# A b\nDear {{ you\nend\n";
    let lines: Vec<_> = Script::read(source).expect_err("faulty").0.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [Some(2), Some(5), Some(8)]);
}

#[test]
fn words_that_look_like_a_mark_are_words_behind_a_backslash() {
    let source = "title: T\npurpose: general\n# A\n\\# not a part\n\\1. not a choice\n10.30 is a time\n\\{{ plain \\}} \\[x\\]\n\\end\nend";
    let script = Script::read(source).expect("in order");
    let say = step(&script, &Run::start()).say;
    assert_eq!(spoken(&say), "# not a part 1. not a choice 10.30 is a time {{ plain }} [x] end");
}

#[test]
fn windows_line_ends_a_mark_of_byte_order_and_comments_do_no_harm() {
    let source = format!("\u{feff}{}", SMALL.replace("# Talk", "// for the talkative\n# Talk").replace('\n', "\r\n"));
    assert_eq!(Script::parse(&source), Script::parse(SMALL));
}
