use std::collections::HashSet;

use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::Code;
use wellmet_core::calls::script::{
    Answers, Choice, CrumbState, Fields, MergeField, Move, Node, Objection, Pick, Purpose, ReadyScript, Run, Script,
    ScriptStep, Segment, Target, Text, Then, builtins,
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

fn text() -> impl Strategy<Value = Text> {
    let token = prop::sample::select(vec![
        "a",
        "Bé",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "{{ person.given }}",
        "{{person.full|capital}}",
        "{{ ? why? }}",
        "{{ caller.given ? who } are you }}",
        "[",
        "]",
        "\\[",
        "\\]",
        "\\\\",
        "\\{",
        "{",
        "}",
        "#",
        ">",
        "1. ",
        "->",
        "(",
        ")",
        "end",
        "back",
        "//",
        "!",
        "\u{200f}",
        "\t",
        "title: x",
        "\\\n",
    ]);
    prop::collection::vec(token, 0..14)
        .prop_filter_map("not every heap of marks is a text", |tokens| Text::parse(&tokens.concat()).ok())
}

fn line() -> impl Strategy<Value = String> {
    "[A-Za-zé0-9 ?'.()!#>/-]{0,24}".prop_map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn choice(names: Vec<String>, objection: bool) -> impl Strategy<Value = Choice> {
    let label = line().prop_map(|label| if label.is_empty() { "Yes".into() } else { label });
    (label, prop::sample::select(names), any::<bool>()).prop_map(move |(label, name, back)| Choice {
        label,
        to: if back && objection { Target::Back } else { Target::Node(name) },
    })
}

fn then(names: Vec<String>, objection: bool) -> impl Strategy<Value = Then> {
    let ask = (text(), prop::collection::vec(choice(names.clone(), objection), 1..5))
        .prop_map(|(question, choices)| Then::Ask { question, answers: Answers::Choices(choices) });
    let go = prop::sample::select(names).prop_map(|name| Then::Go(Target::Node(name)));
    let last = if objection { Then::Go(Target::Back) } else { Then::End };
    prop_oneof![3 => ask, 1 => go, 2 => Just(last)]
}

fn script() -> impl Strategy<Value = Script> {
    let word = "[A-Za-zé][A-Za-zé0-9 ?'.,:()]{0,16}";
    (prop::collection::vec(word, 1..7), 0usize..3, any::<prop::sample::Index>(), line(), line()).prop_flat_map(
        |(words, objections, purpose, title, when)| {
            let name =
                |(n, word): (usize, &String)| format!("{} {n}", word.split_whitespace().collect::<Vec<_>>().join(" "));
            let names: Vec<String> = words.iter().enumerate().map(name).collect();
            let node = |names: Vec<String>, objection| (line(), text(), then(names, objection));
            let nodes: Vec<_> = names.iter().map(|_| node(names.clone(), false)).collect();
            let asides: Vec<_> = (0..objections).map(|_| node(names.clone(), true)).collect();
            (nodes, asides).prop_map(move |(nodes, asides)| Script {
                title: if title.is_empty() { "T".into() } else { title.clone() },
                purpose: Purpose::ALL[purpose.index(Purpose::ALL.len())],
                when: when.clone(),
                nodes: names
                    .iter()
                    .zip(nodes)
                    .map(|(name, (hint, say, then))| Node { name: name.clone(), hint, say, then })
                    .collect(),
                objections: asides
                    .into_iter()
                    .enumerate()
                    .map(|(n, (hint, say, then))| Objection { name: format!("Aside {n}"), hint, say, then })
                    .collect(),
            })
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(script in script()) {
        let written = script.to_string();
        let read = Script::parse(&written);
        prop_assert_eq!(read.as_ref(), Ok(&script), "{}", written);
    }

    #[test]
    fn any_text_is_read_or_faulted_and_never_panics(source in "(title: T\npurpose: general\n)?((# A|! B|> |1\\. x -> A|-> A|end|back|\\{\\{|\\}\\}|\\[|\\]|\\\\|\\(|\\)|\\PC{0,5}|\n)){0,40}") {
        if let Err(problems) = Script::read(&source) {
            prop_assert!(!problems.0.is_empty());
            let last = source.lines().count().max(1);
            for problem in problems.0 {
                let line = problem.line.expect("a script that was read from text has lines") as usize;
                prop_assert!((1..=last).contains(&line), "line {} of {}", line, last);
            }
        }
    }

    /// A ready script has no trap: wherever keys pressed at random lead, some keys lead to the end.
    #[test]
    fn from_every_step_of_a_ready_script_an_end_can_be_reached(
        script in whole_script(),
        keys in prop::collection::vec(any::<u8>(), 0..12),
    ) {
        let script = script.ready().expect("every part is reached, and the last one ends");
        let walked = walk(&script, &keys);
        prop_assert!(end_ahead(&script, &walked));
    }

    /// A way out that is taken from the last part is missed, whatever the script.
    #[test]
    fn a_script_without_an_end_is_never_ready(script in whole_script()) {
        let mut script = script;
        let first = script.nodes[0].name.clone();
        script.nodes.last_mut().expect("a part").then = Then::Go(Target::Node(first));
        prop_assert!(script.ready().is_err());
    }

    #[test]
    fn a_replayed_path_gives_the_same_step(which in 0..builtins().len(), keys in prop::collection::vec(any::<u8>(), 0..20)) {
        let script = builtins()[which].read().expect("a built-in script is in order");
        let run = walk(&script, &keys);
        let kept = serde_json::to_string(&run).expect("a run can be kept");
        let replayed: Run = serde_json::from_str(&kept).expect("and read again");
        prop_assert_eq!(step(&script, &replayed), step(&script, &run));
        if let Some(last) = run.path.last() {
            let again = run.back().answer(&script, &last.node, last.pick.clone()).expect("it was answered so before");
            prop_assert_eq!(step(&script, &again), step(&script, &run));
        } else {
            prop_assert_eq!(run.back(), run);
        }
    }
}

/// Scripts whose parts lead one to the next, and wherever else; the last one ends.
fn whole_script() -> impl Strategy<Value = Script> {
    script().prop_map(|mut script| {
        let names: Vec<String> = script.nodes.iter().map(|node| node.name.clone()).collect();
        for (n, node) in script.nodes.iter_mut().enumerate() {
            let words = || Text::parse("Well.").expect("plain words");
            if node.say.is_empty() {
                node.say = words();
            }
            let next = names.get(n + 1).cloned().map(Target::Node);
            node.then = match (next, node.then.clone()) {
                (None, _) => Then::End,
                (Some(next), Then::Ask { question, answers: Answers::Choices(mut choices) }) => {
                    choices[0].to = next;
                    Then::Ask { question, answers: Answers::Choices(choices) }
                }
                (Some(next), _) => Then::Go(next),
            };
        }
        for objection in &mut script.objections {
            if objection.say.is_empty() {
                objection.say = Text::parse("I see.").expect("plain words");
            }
        }
        script
    })
}

/// Each key picks among the choices and objections that the step offers.
fn walk(script: &ReadyScript, keys: &[u8]) -> Run {
    let mut run = Run::start();
    for key in keys {
        let picks = picks(&step(script, &run), true);
        if picks.is_empty() {
            break;
        }
        run = answered(script, &run, picks[usize::from(*key) % picks.len()].clone());
    }
    run
}

pub fn picks(step: &ScriptStep, objections: bool) -> Vec<Pick> {
    let choices = step.ask.iter().flat_map(|ask| &ask.choices).map(|choice| Pick::Choice(choice.key));
    let raised = step.objections.iter().filter(|_| objections).map(|objection| Pick::Objection(objection.id.clone()));
    choices.chain(raised).collect()
}

fn end_ahead(script: &ReadyScript, from: &Run) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![from.clone()];
    while let Some(run) = open.pop() {
        let step = step(script, &run);
        if step.end {
            return true;
        }
        // An objection's own question leads back to where it was raised, so the way there is part of the place.
        if seen.insert((step.node.clone(), step.breadcrumb.len())) && run.path.len() < 60 {
            open.extend(picks(&step, false).into_iter().map(|pick| answered(script, &run, pick)));
        }
    }
    false
}
