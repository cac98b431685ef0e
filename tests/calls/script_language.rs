//! Free answers, what an answer sets, what is left on a machine, and the map.

use rstest::rstest;
use wellmet_core::Code;
use wellmet_core::calls::outcome::Means;
use wellmet_core::calls::script::{
    Effect, Fields, FreeAnswer, Leave, MapKind, MergeField, PersonField, Pick, Purpose, ReadyScript, Run, Script,
    ScriptCheck, Sets,
};
use wellmet_core::people::{ReachKind, Voicemail};

use super::script::{answered, spoken, step};

const WELCOME: &str = "\
title: Welcome
purpose: welcome
at hand: the fee list; the next two events ;

# Greeting
Hello {{ person.given }}.
> What do you hope for?
= words {fact hopes for} {tag talked to} -> Staff

# Staff
You hope for {{ facts.hopes_for ? ask them }}.
> How many of you are there?
= number {fact staff} -> Since

# Since
> Since when have you been where you are now?
= date {fact at their present place since} -> Address

# Address
> What is your e-mail address?
= words {field email} -> Letters

# Letters
> May we write to you?
1. Yes {consent email yes} {next: write the welcome letter in 2 days} -> Goodbye
2. No {consent email no} {fact: Would rather be rung} -> Goodbye

# Goodbye
Goodbye[, {{ person.organisation }}].
end

! Who are you
We are {{ association.name }}.

! I do not want this
I hear you.
1. They mean it {consent phone no} -> Goodbye
2. They do not -> back

~ Message
Hello {{ person.given }}, this is {{ caller.full }} from {{ association.name }}.
(Slowly.)

~ Discreet message
Hello {{ person.given }}, this is {{ caller.given }}.
";

fn welcome() -> ReadyScript {
    Script::read(WELCOME).unwrap_or_else(|problems| panic!("{problems}"))
}

fn said(run: &Run, words: &str) -> Run {
    answered(&welcome(), run, Pick::Said(words.into()))
}

fn effects(run: &Run) -> Vec<Effect> {
    run.effects(&welcome()).expect("effects")
}

fn fact(words: &str) -> Effect {
    Effect::Fact { words: words.into() }
}

// ── free answers ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_they_say_is_a_fact_by_its_name_and_is_known_from_then_on() {
    let first = step(&welcome(), &Run::start());
    let ask = first.ask.expect("it asks");
    let free = ask.free.expect("they may say anything");
    assert_eq!(free.kind, FreeAnswer::Words);
    assert_eq!(free.sets, [Sets::Fact { name: "hopes for".into() }, Sets::Tag { name: "talked to".into() }]);
    assert!(ask.choices.is_empty());

    let run = said(&Run::start(), "  a mentor\n in export ");
    assert_eq!(
        effects(&run),
        [fact("Hopes for: a mentor in export"), Effect::Tag { name: "talked to".into() }],
        "one line, as they said it"
    );
    assert_eq!(spoken(&step(&welcome(), &run).say), "You hope for a mentor in export.");
}

#[test]
fn an_empty_answer_goes_on_and_sets_nothing() {
    let run = said(&Run::start(), " \n ");
    assert_eq!(step(&welcome(), &run).node, "Staff");
    assert_eq!(effects(&run), []);
    assert_eq!(spoken(&step(&welcome(), &run).say), "You hope for <ask them>.");
}

#[rstest]
#[case("12", Some("12"))]
#[case("1 200", Some("1 200"))]
#[case("-3,5", Some("-3,5"))]
#[case("0.5", Some("0.5"))]
#[case("a dozen", None)]
#[case("1.2.3", None)]
#[case("12 or so", None)]
#[case("-", None)]
#[case(".", None)]
fn a_number_is_kept_as_it_was_typed(#[case] typed: &str, #[case] kept: Option<&str>) {
    let run = said(&Run::start(), "").answer(&welcome(), "Staff", Pick::Said(typed.into()));
    match kept {
        Some(kept) => assert_eq!(effects(&run.expect("a number")), [fact(&format!("Staff: {kept}"))]),
        None => assert_eq!(run.expect_err("no number").code, Code::Invalid),
    }
}

#[rstest]
#[case("2019-06-01", Some("1 June 2019"))]
#[case("2024-02-29", Some("29 February 2024"))]
#[case("2019-06", Some("June 2019"))]
#[case("2019", Some("2019"))]
#[case("2023-02-29", None)]
#[case("June 2019", None)]
#[case("0019-06-01", None)]
fn a_date_is_kept_in_words(#[case] typed: &str, #[case] kept: Option<&str>) {
    let run = said(&said(&Run::start(), ""), "").answer(&welcome(), "Since", Pick::Said(typed.into()));
    match kept {
        Some(kept) => {
            assert_eq!(effects(&run.expect("a day")), [fact(&format!("At their present place since: {kept}"))])
        }
        None => assert_eq!(run.expect_err("no day").code, Code::Invalid),
    }
}

#[test]
fn an_address_is_read_while_they_are_on_the_line() {
    let run = said(&said(&said(&Run::start(), ""), ""), "");
    let wrong = run.answer(&welcome(), "Address", Pick::Said("rania at haddad".into())).expect_err("no address");
    assert_eq!(wrong.code, Code::Invalid);
    assert!(wrong.message.contains("rania at haddad"), "{}", wrong.message);
    let run = said(&run, "Rania@Haddad.example");
    let email = Effect::Field { field: PersonField::Email, value: "Rania@Haddad.example".into() };
    assert_eq!(effects(&run), [email]);
}

#[test]
fn words_are_not_taken_where_choices_stand_and_numbers_not_where_words_do() {
    let words = Run::start().answer(&welcome(), "Greeting", Pick::Choice(1)).expect_err("they may say anything");
    assert_eq!(words.code, Code::Invalid);
    let run = said(&said(&said(&said(&Run::start(), ""), ""), ""), "");
    let choices = run.answer(&welcome(), "Letters", Pick::Said("yes".into())).expect_err("here stand choices");
    assert!(choices.message.contains("press 1 to 2"));
    let long = Run::start().answer(&welcome(), "Greeting", Pick::Said("x".repeat(2_001))).expect_err("a novel");
    assert!(long.message.contains("notes"), "{}", long.message);
}

// ── what an answer sets ──────────────────────────────────────────────────────────────────────────────────────────────

fn to_letters() -> Run {
    said(&said(&said(&said(&Run::start(), "a mentor"), "12"), ""), "")
}

#[test]
fn a_choice_sets_what_stands_in_its_braces() {
    let yes = answered(&welcome(), &to_letters(), Pick::Choice(1));
    let set = effects(&yes);
    assert_eq!(set.len(), 5);
    assert_eq!(set[3], Effect::Consent { channel: ReachKind::Email, allowed: true });
    assert_eq!(set[4], Effect::Next { means: Means::Write, what: "write the welcome letter".into(), days: 2 });
    let noted: Vec<u32> = step(&welcome(), &yes).noted.iter().map(|noted| noted.at).collect();
    assert_eq!(noted, [0, 0, 1, 4, 4], "each beside the move that set it");
}

#[test]
fn stepping_back_takes_away_what_was_set() {
    let yes = answered(&welcome(), &to_letters(), Pick::Choice(1));
    assert_eq!(effects(&yes.back()), effects(&to_letters()));
    let no = answered(&welcome(), &yes.back(), Pick::Choice(2));
    assert!(effects(&no).contains(&Effect::Consent { channel: ReachKind::Email, allowed: false }));
    assert!(effects(&no).contains(&fact("Would rather be rung")));
    assert!(!effects(&no).iter().any(|effect| matches!(effect, Effect::Next { .. })));
    assert_eq!(effects(&yes.first(0)), []);
}

#[test]
fn of_two_that_set_the_same_the_later_one_holds() {
    let yes = answered(&welcome(), &to_letters(), Pick::Choice(1));
    let objected = answered(&welcome(), &yes, Pick::Objection("I do not want this".into()));
    let not = answered(&welcome(), &objected, Pick::Choice(1));
    assert!(effects(&not).contains(&Effect::Consent { channel: ReachKind::Phone, allowed: false }));
    let again = "title: T\npurpose: general\n# A\nHello.\n= words {fact Hopes_for} -> B\n# B\nSo?\n\
                 1. On {consent email yes} -> C\n2. Back {consent email no} -> A\n# C\nBye.\nend\n";
    let script = Script::read(again).expect("in order");
    let mut run = Run::start();
    for pick in [Pick::Said("one".into()), Pick::Choice(2), Pick::Said("two".into()), Pick::Choice(1)] {
        run = answered(&script, &run, pick);
    }
    assert_eq!(
        run.effects(&script).expect("effects"),
        [fact("Hopes_for: two"), Effect::Consent { channel: ReachKind::Email, allowed: true }]
    );
}

#[test]
fn one_answer_is_taken_back_and_the_call_stays_where_it_stands() {
    let run = to_letters();
    let taken = answered(&welcome(), &run, Pick::TakeBack(0));
    assert_eq!(step(&welcome(), &taken).node, "Letters");
    assert_eq!(effects(&taken), [fact("Staff: 12")]);
    assert_eq!(effects(&taken.back()), effects(&run), "a step back puts it in again");
    let twice = taken.answer(&welcome(), "Letters", Pick::TakeBack(0)).expect_err("it is gone already");
    assert_eq!(twice.code, Code::Invalid);
    let on = answered(&welcome(), &taken, Pick::Choice(1));
    assert!(!effects(&on).contains(&fact("Hopes for: a mentor")));
}

#[test]
fn facts_that_were_said_are_told_and_those_in_words_left_out_are_not() {
    let source = "title: T\npurpose: general\n# A\nYou hope for {{ facts.Hopes_for }}[, {{ facts.mentor }} and \
                  {{ facts.dog }}]. {{ facts.cat }}?\n1. On -> B\n# B\nBye {{ facts.boat }}.\nend\n";
    let script = Script::read(source).expect("in order");
    let known = ["hopes for: a mentor", "Mentor: Priya", "Boat: a dinghy", "no colon here", "10:30 suits her"];
    let fields = known.iter().fold(Fields::default(), |fields, words| fields.with_fact_words(words));
    let used = |run: &Run| run.used_facts(&script, &fields).expect("facts");
    assert_eq!(used(&Run::start()), ["hopes_for"], "not the boat, which was not said yet");
    assert_eq!(used(&answered(&script, &Run::start(), Pick::Choice(1))), ["hopes_for", "boat"]);
}

// ── a machine ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[rstest]
#[case(Some(Voicemail::YesAndNameUs), Leave::Message, "Hello Rania, this is Helen Barrow from Northside.")]
#[case(Some(Voicemail::YesWithoutName), Leave::Discreet, "Hello Rania, this is Helen.")]
#[case(Some(Voicemail::Unknown), Leave::Discreet, "Hello Rania, this is Helen.")]
#[case(None, Leave::Discreet, "Hello Rania, this is Helen.")]
#[case(Some(Voicemail::No), Leave::Nothing, "")]
fn what_is_left_follows_their_wishes(#[case] wishes: Option<Voicemail>, #[case] leave: Leave, #[case] words: &str) {
    let mut fields = Fields::default()
        .with(MergeField::PersonGiven, Some("Rania"))
        .with(MergeField::CallerGiven, Some("Helen"))
        .with(MergeField::CallerFull, Some("Helen Barrow"))
        .with(MergeField::AssociationName, Some("Northside"));
    if let Some(wishes) = wishes {
        fields = fields.with_voicemail(wishes);
    }
    // At any moment: at the first word, and in the middle.
    for run in [Run::start(), to_letters()] {
        let machine = answered(&welcome(), &run, Pick::Machine).step(&welcome(), &fields).expect("a step");
        let at = machine.machine.as_ref().expect("a machine");
        assert_eq!((at.leave, at.wishes), (leave, wishes.unwrap_or(Voicemail::Unknown)));
        assert_eq!(spoken(&machine.say), words);
        assert!(machine.end && machine.ask.is_none() && machine.objections.is_empty());
        assert_eq!(machine.hint.as_deref(), (leave == Leave::Message).then_some("Slowly."));
    }
}

#[test]
fn somebody_who_picks_up_after_all_is_a_step_back() {
    let machine = answered(&welcome(), &to_letters(), Pick::Machine);
    assert!(machine.met_machine());
    let refused = machine.answer(&welcome(), "Machine", Pick::Choice(1)).expect_err("nobody is there to choose");
    assert_eq!(refused.code, Code::Invalid);
    assert_eq!(step(&welcome(), &machine.back()).node, "Letters");
    assert_eq!(effects(&machine), effects(&to_letters()), "what was said before still holds");
}

#[test]
fn a_script_without_words_for_a_machine_leaves_them_to_the_caller() {
    let script = Script::read("title: T\npurpose: general\n# A\nHello.\nend\n").expect("in order");
    assert!(!step(&script, &Run::start()).has_machine);
    let machine = step(&script, &answered(&script, &Run::start(), Pick::Machine));
    assert_eq!(machine.machine.expect("a machine").leave, Leave::Discreet);
    assert!(machine.say.is_empty());
    // With one message only, it is the discreet one, and serves for both.
    let one = Script::read("title: T\npurpose: general\n# A\nHello.\nend\n~ Discreet message\nIt is me.\nend\n");
    let one = one.expect("in order");
    let fields = Fields::default().with_voicemail(Voicemail::YesAndNameUs);
    let left = answered(&one, &Run::start(), Pick::Machine).step(&one, &fields).expect("a step");
    assert_eq!(spoken(&left.say), "It is me.");
}

// ── the text ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_to_have_at_hand_stands_in_the_head() {
    assert_eq!(welcome().script().at_hand, ["the fee list", "the next two events"]);
}

#[rstest]
#[case::nowhere("= words {fact x}", "leads nowhere")]
#[case::kind("= text {fact x} -> B", "words, number or date")]
#[case::lost("= words -> B", "kept nowhere")]
#[case::lost_tag("= words {tag x} -> B", "kept nowhere")]
#[case::consent("= words {fact x} {consent email yes} -> B", "clear yes or no")]
#[case::number_place("= number {field place} -> B", "is words and no number")]
#[case::choice_field("1. Yes {field place} -> B", "the words of a choice are not their place")]
#[case::twice("1. Yes {fact hopes for} {fact Hopes_for} -> B", "take one out")]
#[case::contrary("1. Yes {consent email yes} {consent email no} -> B", "take one out")]
#[case::unknown("1. Yes {colour red} -> B", "is not known; an answer can set")]
#[case::field("1. Yes {field} -> B", "nothing stands there to set")]
#[case::channel("1. Yes {consent pigeon yes} -> B", "phone, email or post")]
#[case::maybe("1. Yes {consent email perhaps} -> B", "yes or no")]
#[case::when("1. Yes {next: send the fees} -> B", "write when, last")]
#[case::far("1. Yes {next: send the fees in 251 days} -> B", "at most 250")]
#[case::what("1. Yes {next: in 2 days} -> B", "nothing stands there to be done")]
#[case::name("1. Yes {fact what: else} -> B", "cannot name a fact")]
#[case::no_name("1. Yes {fact} -> B", "{fact hopes for}")]
#[case::open("1. Yes {fact x -> B", "not closed")]
#[case::nested("1. Yes {fact {x} -> B", "not closed")]
#[case::after("1. Yes {fact x} then -> B", "move it to the end")]
#[case::merge("1. I am {{ person.given }} -> B", "not in an answer")]
#[case::no_words("1. {fact x} -> B", "no words")]
#[case::jump("-> B {fact x}", "stands before its ->")]
#[case::after_arrow("1. Yes -> B {fact x}", "stands before its ->")]
#[case::two("= words {fact x} -> B\n= words {fact y} -> B", "stands alone")]
#[case::both("1. Yes -> B\n= words {fact y} -> B", "not both")]
#[case::both_ways("= words {fact y} -> B\n1. Yes -> B", "stands alone")]
#[case::to_end("= words {fact y} -> end", "goodbye part")]
fn a_faulty_answer_is_told_with_its_line_and_the_way_out(#[case] answer: &str, #[case] says: &str) {
    let source = format!("title: T\npurpose: general\n# A\nHi\n{answer}\n# B\nBye\nend\n");
    let problems = Script::read(&source).expect_err("it is faulty").0;
    let last = 4 + u32::try_from(answer.lines().count()).expect("few lines");
    let found = problems.iter().any(|problem| problem.line == Some(last) && problem.message.contains(says));
    assert!(found, "line {last}: {says:?} is not among {problems:#?}");
}

#[rstest]
#[case::name("~ Voicemail\nHello.", 6, "Message (it may say who we are)")]
#[case::alone("~ Message\nHello.", 6, "add ~ Discreet message")]
#[case::twice("~ Discreet message\nHello.\n~ discreet MESSAGE\nHello.", 8, "stands twice")]
#[case::silent("~ Discreet message\n(Say nothing.)", 6, "nothing to say")]
#[case::names("~ Discreet message\nHello from {{ association.name }}.", 7, "take {{ association.name }} out")]
#[case::why("~ Discreet message\nHello.[ About {{ inquiry.about }}.]", 7, "take {{ inquiry.about }} out")]
#[case::facts("~ Discreet message\nHow is {{ facts.mother }}?", 7, "take {{ facts.mother }} out")]
#[case::field("~ Discreet message\nHello {{ person.nickname }}.", 7, "there is no field")]
#[case::asks("~ Discreet message\nHello.\n1. Yes -> A", 8, "only said")]
#[case::back("~ Discreet message\nHello.\nback", 8, "only said")]
fn a_faulty_message_is_told_too(#[case] message: &str, #[case] line: u32, #[case] says: &str) {
    let source = format!("title: T\npurpose: general\n# A\nHi\nend\n{message}\n");
    let problems = Script::read(&source).expect_err("it is faulty").0;
    let found = problems.iter().any(|problem| problem.line == Some(line) && problem.message.contains(says));
    assert!(found, "line {line}: {says:?} is not among {problems:#?}");
}

#[test]
fn every_way_to_say_when_is_read() {
    let days = |when: &str| {
        let source =
            format!("title: T\npurpose: general\n# A\nHi\n1. Yes {{next: Ring them {when}}} -> B\n# B\nBye\nend\n");
        let script = Script::read(&source).unwrap_or_else(|problems| panic!("{when}: {problems}"));
        let run = answered(&script, &Run::start(), Pick::Choice(1));
        match run.effects(&script).expect("effects").as_slice() {
            [Effect::Next { means: Means::Ring, what, days }] if what == "Ring them" => *days,
            other => panic!("{when}: {other:?}"),
        }
    };
    let read: Vec<u16> =
        ["today", "tomorrow", "in a day", "in 1 day", "in 3 days", "in a week", "in 2 weeks"].map(days).to_vec();
    assert_eq!(read, [0, 1, 1, 1, 3, 5, 10], "business days");
}

// ── the map ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_map_shows_every_way_and_what_it_sets() {
    let check = ScriptCheck::of(WELCOME);
    assert_eq!(check.problems, []);
    assert_eq!((check.title.as_str(), check.purpose), ("Welcome", Some(Purpose::Welcome)));
    let map = check.map.expect("a map");
    let named: Vec<_> = map.nodes.iter().map(|node| (node.name.as_str(), node.kind)).collect();
    assert_eq!(named[0], ("Greeting", MapKind::Part));
    assert_eq!(named[6], ("Who are you", MapKind::Objection));
    assert_eq!(named[8..], [("Message", MapKind::Machine), ("Discreet message", MapKind::Machine)]);
    assert!(map.nodes[0].first && map.nodes.iter().all(|node| node.reachable));
    assert_eq!(map.nodes.iter().filter(|node| node.ends).count(), 3, "the goodbye and both messages");
    let from = |n: u32| map.edges.iter().filter(move |edge| edge.from == n);
    let first = from(0).next().expect("a way on");
    assert_eq!((first.to, first.free, first.label.as_str()), (Some(1), Some(FreeAnswer::Words), ""));
    assert_eq!(first.effects, ["fact hopes for", "tag talked to"]);
    assert_eq!(from(4).map(|edge| edge.label.as_str()).collect::<Vec<_>>(), ["Yes", "No"]);
    assert_eq!(from(6).map(|edge| edge.to).collect::<Vec<_>>(), [None], "back to where it stood");
    assert_eq!(map.nodes[0].line, 5);
}

#[test]
fn the_map_is_made_as_far_as_the_text_can_be_read() {
    let source = "title: T\n# A\nHi {{ person.given\n1. On -> B\n2. Nowhere\n3. Off -> Gone\n# B\nBye\nend\n# C\nOh\n";
    let check = ScriptCheck::of(source);
    assert!(check.problems.len() >= 3, "{:?}", check.problems);
    assert_eq!(check.purpose, None);
    let map = check.map.expect("a map all the same");
    let told: Vec<_> = map.nodes.iter().map(|node| (node.name.as_str(), node.reachable, node.ends)).collect();
    assert_eq!(told, [("A", true, false), ("B", true, true), ("C", false, false), ("Gone", true, false)]);
    assert_eq!(map.nodes[3].kind, MapKind::Missing);
    assert_eq!(map.nodes[3].line, 6);
    assert_eq!(ScriptCheck::of("").map, None);
}
