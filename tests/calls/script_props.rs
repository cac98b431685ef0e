//! What holds for any script, and for any way through one.

use std::collections::HashSet;

use proptest::prelude::*;
use wellmet_core::calls::outcome::Means;
use wellmet_core::calls::script::{
    Answers, Choice, Free, FreeAnswer, Leave, MachineWords, Node, Objection, PersonField, Pick, Purpose, ReadyScript,
    Run, Script, Sets, Target, Text, Then, builtins,
};
use wellmet_core::people::ReachKind;

use super::script::{answered, picks, step};

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
    (label, sets(), prop::sample::select(names), any::<bool>()).prop_map(move |(label, sets, name, back)| Choice {
        label,
        sets,
        to: if back && objection { Target::Back } else { Target::Node(name) },
    })
}

fn sets() -> impl Strategy<Value = Vec<Sets>> {
    let words = || {
        "[a-zé][A-Za-zé0-9 ?'.,!#>/-]{0,20}".prop_map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let name = "[A-Za-zé][A-Za-zé ]{0,12}".prop_map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    let channel = prop::sample::select(ReachKind::ALL.to_vec());
    let next = (words(), 0u16..=250, prop::sample::select(Means::ALL.to_vec())).prop_map(|(what, days, means)| {
        let verb = match means {
            Means::Ring => "ring",
            Means::Write => "write",
            Means::Do => "bring",
        };
        Sets::Next { means, what: format!("{verb} {what}"), days }
    });
    let one = prop_oneof![
        name.prop_map(|name| Sets::Fact { name }),
        words().prop_map(|words| Sets::Words { words }),
        words().prop_map(|name| Sets::Tag { name }),
        prop::sample::select(PersonField::ALL.to_vec()).prop_map(|field| Sets::Field { field }),
        (channel, any::<bool>()).prop_map(|(channel, allowed)| Sets::Consent { channel, allowed }),
        next,
    ];
    // An arrow would be the one that leads on.
    prop::collection::vec(one, 0..4)
        .prop_filter("no arrow in braces", |sets| sets.iter().all(|set| !set.to_string().contains("->")))
}

fn machine() -> impl Strategy<Value = Vec<MachineWords>> {
    let words = |leave| (line(), text()).prop_map(move |(hint, say)| MachineWords { leave, hint, say });
    prop_oneof![
        Just(Vec::new()),
        words(Leave::Discreet).prop_map(|discreet| vec![discreet]),
        (words(Leave::Message), words(Leave::Discreet)).prop_map(|(message, discreet)| vec![message, discreet]),
    ]
}

fn then(names: Vec<String>, objection: bool) -> impl Strategy<Value = Then> {
    let ask = (text(), prop::collection::vec(choice(names.clone(), objection), 1..5))
        .prop_map(|(question, choices)| Then::Ask { question, answers: Answers::Choices(choices) });
    let kind = prop::sample::select(FreeAnswer::ALL.to_vec());
    let free = (text(), kind, sets(), prop::sample::select(names.clone())).prop_map(|(question, kind, sets, name)| {
        Then::Ask { question, answers: Answers::Free(Free { kind, sets, to: Target::Node(name) }) }
    });
    let go = prop::sample::select(names).prop_map(|name| Then::Go(Target::Node(name)));
    let last = if objection { Then::Go(Target::Back) } else { Then::End };
    prop_oneof![3 => ask, 1 => free, 1 => go, 2 => Just(last)]
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
            let at_hand = prop::collection::vec("[a-z][a-z ,.()]{0,12}[a-z]", 0..3);
            (nodes, asides, at_hand, machine()).prop_map(move |(nodes, asides, at_hand, machine)| Script {
                title: if title.is_empty() { "T".into() } else { title.clone() },
                purpose: Purpose::ALL[purpose.index(Purpose::ALL.len())],
                when: when.clone(),
                at_hand: at_hand.iter().map(|thing| thing.split_whitespace().collect::<Vec<_>>().join(" ")).collect(),
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
                machine,
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
    fn any_text_is_read_or_faulted_and_never_panics(source in "(title: T\npurpose: general\n)?((# A|! B|~ Message|= words \\{fact x\\} -> A|\\{tag|> |1\\. x -> A|-> A|end|back|\\{\\{|\\}\\}|\\[|\\]|\\\\|\\(|\\)|\\PC{0,5}|\n)){0,40}") {
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
    fn what_is_set_hangs_on_the_path_alone(which in 0..builtins().len(), keys in prop::collection::vec(any::<u8>(), 0..24)) {
        let script = builtins()[which].read().expect("a built-in script is in order");
        let run = walk(&script, &keys);
        // However one came there: by going on, by replaying, or by stepping back from further on.
        let mut further = run.clone();
        for pick in picks(&step(&script, &run), true).into_iter().take(1) {
            further = answered(&script, &run, pick);
        }
        prop_assert_eq!(further.first(run.path.len()).effects(&script).expect("effects"), run.effects(&script).expect("effects"));
        // Whatever is set was set by a move of the path, and goes when that move goes.
        for noted in step(&script, &run).noted {
            let at = noted.at as usize;
            prop_assert!(at < run.path.len());
            let before = step(&script, &run.first(at)).noted;
            prop_assert!(before.iter().all(|earlier| earlier.at != noted.at));
            let taken = answered(&script, &run, Pick::TakeBack(noted.at));
            prop_assert!(step(&script, &taken).noted.iter().all(|left| left.at != noted.at));
            prop_assert_eq!(step(&script, &taken).node, step(&script, &run).node, "the call stays where it stands");
        }
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
                    for choice in &mut choices {
                        choice.sets.retain(|set| !matches!(set, Sets::Field { .. }));
                        once(&mut choice.sets);
                    }
                    Then::Ask { question, answers: Answers::Choices(choices) }
                }
                (Some(next), Then::Ask { question, answers: Answers::Free(mut free) }) => {
                    free.to = next;
                    sensible(&mut free);
                    Then::Ask { question, answers: Answers::Free(free) }
                }
                (Some(next), _) => Then::Go(next),
            };
        }
        for words in &mut script.machine {
            words.say = Text::parse("It is only me.").expect("plain words");
        }
        for objection in &mut script.objections {
            match &mut objection.then {
                Then::Ask { answers: Answers::Choices(choices), .. } => {
                    for choice in choices {
                        choice.sets.retain(|set| !matches!(set, Sets::Field { .. }));
                        once(&mut choice.sets);
                    }
                }
                Then::Ask { answers: Answers::Free(free), .. } => sensible(free),
                Then::Go(_) | Then::End => {}
            }
            if objection.say.is_empty() {
                objection.say = Text::parse("I see.").expect("plain words");
            }
        }
        script
    })
}

/// A fact, so that what they say is kept; and nothing that only a clear yes can set.
fn sensible(free: &mut Free) {
    free.sets.retain(|set| !matches!(set, Sets::Field { .. } | Sets::Consent { .. }));
    free.sets.push(Sets::Fact { name: "what they said".into() });
    once(&mut free.sets);
}

fn once(sets: &mut Vec<Sets>) {
    let mut seen = HashSet::new();
    sets.retain(|set| match set {
        Sets::Fact { name } => seen.insert(name.to_lowercase()),
        Sets::Consent { channel, .. } => seen.insert(channel.as_str().into()),
        other => seen.insert(other.to_string()),
    });
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
