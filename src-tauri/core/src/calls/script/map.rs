//! A script as a map of its ways, for the editor: made as far as the text can be read, faulty or not.

use std::collections::HashMap;

use serde::Serialize;

use super::check;
use super::model::{Answers, FreeAnswer, Problem, Purpose, Script, Target, Then};
use super::own;
use super::parse::{Lines, PartLines, read_lines};
use super::sets::Sets;
use super::text::Text;
use crate::people::fields::CustomField;

/// What an editor asks at every pause of typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ScriptCheck {
    /// Empty where it has none yet.
    pub title: String,
    pub purpose: Option<Purpose>,
    /// In the order of their lines; none: it can be saved.
    pub problems: Vec<Problem>,
    /// None where no part was begun.
    pub map: Option<ScriptMap>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ScriptMap {
    /// The parts, then the objections, what is said to a machine, and names of parts that are not there.
    pub nodes: Vec<MapNode>,
    pub edges: Vec<MapEdge>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum MapKind {
    Part,
    Objection,
    /// Said to a machine, at any moment.
    Machine,
    /// Something leads there, and there is no such part.
    Missing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct MapNode {
    pub name: String,
    pub kind: MapKind,
    /// It opens the call.
    pub first: bool,
    /// The call ends with its words.
    pub ends: bool,
    /// As written, with its fields.
    pub says: String,
    pub asks: String,
    /// Where it begins; of a missing one, the first line that leads there.
    pub line: u32,
    pub reachable: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct MapEdge {
    /// Places among the nodes.
    pub from: u32,
    /// None: back to where the conversation stood.
    pub to: Option<u32>,
    /// What they say; empty where it goes straight on, and where they may say anything.
    pub label: String,
    pub free: Option<FreeAnswer>,
    /// What the answer sets, as it is written between braces.
    pub effects: Vec<String>,
    pub line: u32,
}

impl ScriptCheck {
    /// As [`of`](Self::of), for an association that keeps these fields of people.
    pub fn in_book(source: &str, fields: &[CustomField]) -> Self {
        let mut check = Self::of(source);
        if check.problems.is_empty() {
            check.problems = own::problems(&read_lines(source).script, source, fields);
        }
        check
    }

    pub fn of(source: &str) -> Self {
        let draft = read_lines(source);
        let map = ScriptMap::of(&draft.script, &draft.lines);
        let (title, purpose) = (draft.script.title.clone(), draft.purpose);
        let problems = if draft.problems.is_empty() {
            check::ready(draft.script, Some(&draft.lines)).err().map(|problems| problems.0).unwrap_or_default()
        } else {
            draft.problems
        };
        Self { title, purpose, problems, map: Some(map).filter(|map| !map.nodes.is_empty()) }
    }
}

impl ScriptMap {
    fn of(script: &Script, lines: &Lines) -> Self {
        let mut map = Self { nodes: Vec::new(), edges: Vec::new() };
        let mut by_name = HashMap::new();
        for (n, (node, at)) in script.nodes.iter().zip(&lines.nodes).enumerate() {
            by_name.entry(node.name.to_lowercase()).or_insert(index(n));
            map.part(MapKind::Part, &node.name, &node.say, &node.then, at);
        }
        if let Some(first) = map.nodes.first_mut() {
            first.first = true;
        }
        for (objection, at) in script.objections.iter().zip(&lines.objections) {
            map.part(MapKind::Objection, &objection.name, &objection.say, &objection.then, at);
        }
        for (words, at) in script.machine.iter().zip(&lines.machine) {
            map.part(MapKind::Machine, words.leave.words(), &words.say, &Then::End, at);
        }
        let thens = script.nodes.iter().map(|node| &node.then).zip(&lines.nodes);
        let asides = script.objections.iter().map(|objection| &objection.then).zip(&lines.objections);
        for (from, (then, at)) in thens.chain(asides).enumerate() {
            map.ways(index(from), then, at, &mut by_name);
        }
        map.reach();
        map
    }

    fn part(&mut self, kind: MapKind, name: &str, say: &Text, then: &Then, at: &PartLines) {
        self.nodes.push(MapNode {
            name: name.into(),
            kind,
            first: false,
            // A part that stops without a way on is faulted; it does not end the call.
            ends: matches!(then, Then::End) && (at.then > 0 || kind == MapKind::Machine),
            says: say.to_string(),
            asks: match then {
                Then::Ask { question, .. } => question.to_string(),
                Then::Go(_) | Then::End => String::new(),
            },
            line: at.heading,
            reachable: false,
        });
    }

    fn ways(&mut self, from: u32, then: &Then, at: &PartLines, by_name: &mut HashMap<String, u32>) {
        let effects = |sets: &[Sets]| sets.iter().map(Sets::to_string).collect();
        match then {
            Then::Ask { answers: Answers::Choices(choices), .. } => {
                for (n, choice) in choices.iter().enumerate() {
                    let line = at.choices.get(n).copied().unwrap_or(at.heading);
                    let to = self.target(&choice.to, line, by_name);
                    let (label, effects) = (choice.label.clone(), effects(&choice.sets));
                    self.edges.push(MapEdge { from, to, label, free: None, effects, line });
                }
            }
            Then::Ask { answers: Answers::Free(free), .. } => {
                let line = at.choices.first().copied().unwrap_or(at.heading);
                let to = self.target(&free.to, line, by_name);
                let (label, effects) = (String::new(), effects(&free.sets));
                self.edges.push(MapEdge { from, to, label, free: Some(free.kind), effects, line });
            }
            Then::Go(target) => {
                let line = if at.then > 0 { at.then } else { at.heading };
                let to = self.target(target, line, by_name);
                self.edges.push(MapEdge { from, to, label: String::new(), free: None, effects: Vec::new(), line });
            }
            Then::End => {}
        }
    }

    fn target(&mut self, target: &Target, line: u32, by_name: &mut HashMap<String, u32>) -> Option<u32> {
        let Target::Node(name) = target else { return None };
        let next = index(self.nodes.len());
        let at = *by_name.entry(name.to_lowercase()).or_insert(next);
        if at == next {
            self.nodes.push(MapNode {
                name: name.clone(),
                kind: MapKind::Missing,
                first: false,
                ends: false,
                says: String::new(),
                asks: String::new(),
                line,
                reachable: false,
            });
        }
        Some(at)
    }

    fn reach(&mut self) {
        let starts = |node: &MapNode| node.first || matches!(node.kind, MapKind::Objection | MapKind::Machine);
        let mut open: Vec<usize> = (0..self.nodes.len()).filter(|n| starts(&self.nodes[*n])).collect();
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut self.nodes[at].reachable, true) {
                continue;
            }
            let onward = self.edges.iter().filter(|edge| edge.from == index(at)).filter_map(|edge| edge.to);
            open.extend(onward.filter_map(|to| usize::try_from(to).ok()));
        }
    }
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
