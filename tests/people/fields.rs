//! What an association keeps of people besides: kinds hold what fits them, nothing is lost by a change of the fields, and
//! everything can be undone.

use std::collections::BTreeMap;

use proptest::prelude::*;
use wellmet_core::Code;
use wellmet_core::ids::{FieldId, PersonId};
use wellmet_core::people::fields::{
    self, CustomField, CustomFieldChange, FieldFilter, FieldKind, FieldTest, NewCustomField, OptionChange,
};
use wellmet_core::people::merge::{self, NewMerge};
use wellmet_core::people::{PeopleQuery, PeopleSort, PersonChange, finding, order, person};
use wellmet_core::store::{last_edits, redo_last, undo_last};

use super::merge::{life_in_no_order as life, unmerged};
use crate::support::TestBook;

async fn add(t: &TestBook, name: &str, kind: FieldKind, options: &[&str]) -> wellmet_core::Result<FieldId> {
    let options = options.iter().map(|&option| option.to_owned()).collect();
    let mut edit = t.book.write(t.helen(), "add_field").await?;
    let id = fields::add(&mut edit, &NewCustomField { name: name.into(), kind, options }).await?;
    edit.commit().await?;
    Ok(id)
}

async fn set(t: &TestBook, person: PersonId, field: FieldId, typed: &str) -> wellmet_core::Result<()> {
    let mut edit = t.book.write(t.helen(), "set_field").await?;
    fields::set(&mut edit, person, field, typed).await?;
    edit.commit().await.map(drop)
}

async fn change(t: &TestBook, id: FieldId, to: &CustomFieldChange) -> wellmet_core::Result<()> {
    let mut edit = t.book.write(t.helen(), "change_field").await?;
    fields::change(&mut edit, id, to).await?;
    edit.commit().await.map(drop)
}

async fn remove(t: &TestBook, id: FieldId) {
    let mut edit = t.book.write(t.helen(), "remove_field").await.unwrap();
    fields::remove(&mut edit, id).await.unwrap();
    edit.commit().await.unwrap();
}

async fn field(t: &TestBook, id: FieldId) -> CustomField {
    fields::get(&mut t.book.read().await.unwrap(), id).await.unwrap()
}

async fn has(t: &TestBook, person: PersonId) -> Vec<(String, String)> {
    let all = person::get(&mut t.book.read().await.unwrap(), person).await.unwrap().fields;
    all.into_iter().map(|one| (one.name, one.value)).collect()
}

async fn found(t: &TestBook, words: &str) -> Vec<PersonId> {
    finding::find(&mut t.book.read().await.unwrap(), words, 10).await.unwrap()
}

/// A field as it is, to be changed.
fn as_is(field: &CustomField) -> CustomFieldChange {
    let option = |option: &fields::FieldOption| OptionChange { id: Some(option.id), name: option.name.clone() };
    CustomFieldChange {
        name: field.name.clone(),
        kind: field.kind,
        options: field.options.iter().map(option).collect(),
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[tokio::test]
async fn each_kind_takes_what_fits_it_and_gives_it_back_as_it_came() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    let sizes = ["-0.5", "007", "12.50", "+3", "999999999999999999.999999999999", "-999999999999999999", "0", "-0"];
    let days = ["0001-01-01", "1900-02-28", "2024-02-29", "9999-12-31"];
    let cases: [(FieldKind, &[&str], &[&str]); 4] = [
        (FieldKind::Text, &["O'Neill & Søns", "رانيا", "🙂", "50% _off_ !", "=1+1"], &[]),
        (
            FieldKind::Number,
            &sizes,
            &[
                "1,000",
                "1 000",
                "1e3",
                "½",
                "12.",
                ".5",
                "--1",
                "NaN",
                "٣",
                "−1",
                "1000000000000000000",
                "0.0000000000001",
            ],
        ),
        (FieldKind::Date, &days, &["2023-02-29", "29.2.2024", "2024-13-01", "+12024-01-01", "0000-01-01", "yesterday"]),
        (FieldKind::Choice, &["Vegetarian", "None"], &["vegan", "Veget", "%", "Nonesuch"]),
    ];
    for (kind, good, bad) in cases {
        let id = add(&t, kind.as_str(), kind, &["Vegetarian", "None"]).await.unwrap();
        for typed in good {
            set(&t, rania, id, &format!("  {typed} ")).await.unwrap_or_else(|error| panic!("{typed}: {error:?}"));
            assert!(has(&t, rania).await.contains(&pair(kind.as_str(), typed)), "{typed} goes out as it came");
        }
        let before = has(&t, rania).await;
        for typed in bad {
            let error = set(&t, rania, id, typed).await.expect_err(typed);
            assert_eq!(error.code, Code::Invalid, "{typed}");
            assert!(error.message.contains(typed), "it says what was wrong: {}", error.message);
        }
        assert_eq!(has(&t, rania).await, before, "what did not fit changed nothing");
        set(&t, rania, id, " ").await.unwrap();
        assert!(!has(&t, rania).await.iter().any(|(name, _)| name == kind.as_str()), "empty takes it away");
    }
    let long = "x".repeat(1_001);
    let id = fields::named(&mut t.book.read().await.unwrap(), "TEXT").await.unwrap().expect("however written").id;
    assert_eq!(set(&t, rania, id, &long).await.unwrap_err().code, Code::Invalid);
    set(&t, rania, id, &long[1..]).await.unwrap();
}

#[tokio::test]
async fn names_are_there_once_and_say_something() {
    let t = TestBook::new().await;
    let size = add(&t, " T-shirt  size ", FieldKind::Choice, &["S", "M"]).await.unwrap();
    assert_eq!(field(&t, size).await.name, "T-shirt size");
    for name in ["t-shirt SIZE", "T shirt size", "", "  ", &"x".repeat(61)] {
        assert_eq!(add(&t, name, FieldKind::Text, &[]).await.unwrap_err().code, Code::Invalid, "{name}");
    }
    for options in [&[][..], &["S", "s"], &["", "M"]] {
        assert_eq!(add(&t, "Other", FieldKind::Choice, options).await.unwrap_err().code, Code::Invalid);
    }
    let signs = add(&t, "€", FieldKind::Number, &[]).await.expect("a name of signs alone");
    assert_eq!(add(&t, "€", FieldKind::Number, &[]).await.unwrap_err().code, Code::Invalid);
    add(&t, "£", FieldKind::Number, &[]).await.expect("another sign is another name");
    let mut to = as_is(&field(&t, signs).await);
    to.name = "T-Shirt Size".into();
    assert_eq!(change(&t, signs, &to).await.unwrap_err().code, Code::Invalid);
}

#[tokio::test]
async fn renaming_keeps_every_value_and_options_may_swap_their_names() {
    let t = TestBook::new().await;
    let (ada, ben) = (t.named("Ada Low").await, t.named("Ben Orr").await);
    let diet = add(&t, "Diet", FieldKind::Choice, &["Vegan", "Halal", "None"]).await.unwrap();
    set(&t, ada, diet, "vegan").await.unwrap();
    set(&t, ben, diet, "Halal").await.unwrap();
    let before = life(&t).await;

    let mut to = as_is(&field(&t, diet).await);
    to.name = "Food".into();
    (to.options[0].name, to.options[1].name) = ("Halal".into(), "Vegan".into());
    to.options.swap(0, 2);
    change(&t, diet, &to).await.unwrap();
    assert_eq!(has(&t, ada).await, [pair("Food", "Halal")]);
    assert_eq!(has(&t, ben).await, [pair("Food", "Vegan")]);
    let names: Vec<String> = field(&t, diet).await.options.into_iter().map(|option| option.name).collect();
    assert_eq!(names, ["None", "Vegan", "Halal"], "in their new order");

    undo_last(&t.book, t.helen()).await.unwrap().expect("undone");
    assert_eq!(life(&t).await, before);
    redo_last(&t.book, t.helen()).await.unwrap().expect("done again");
    assert_eq!(has(&t, ben).await, [pair("Food", "Vegan")]);

    // An option that another window took away in the meantime is not brought back by a name alone.
    let mut stale = to.clone();
    stale.options[0].id = Some(wellmet_core::ids::FieldOptionId::new());
    assert_eq!(change(&t, diet, &stale).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn what_is_taken_away_comes_back_whole() {
    let t = TestBook::new().await;
    let people = [t.named("Ada Low").await, t.named("Ben Orr").await, t.named("Cas Moon").await];
    let diet = add(&t, "Diet", FieldKind::Choice, &["Vegan", "Halal"]).await.unwrap();
    let hobby = add(&t, "Hobby", FieldKind::Text, &[]).await.unwrap();
    for (person, (eats, does)) in people.iter().zip([("Vegan", "sails"), ("Vegan", "Zeppelins"), ("Halal", "")]) {
        set(&t, *person, diet, eats).await.unwrap();
        set(&t, *person, hobby, does).await.unwrap();
    }
    let used = fields::in_use(&mut t.book.read().await.unwrap()).await.unwrap();
    assert_eq!((used[0].people, used[0].chosen.clone(), used[1].people), (3, vec![2, 1], 2));
    assert_eq!(found(&t, "zeppelins").await, [people[1]]);
    let before = life(&t).await;

    // An option.
    let mut to = as_is(&field(&t, diet).await);
    to.options.remove(0);
    change(&t, diet, &to).await.unwrap();
    assert_eq!(has(&t, people[0]).await, [pair("Hobby", "sails")]);
    assert_eq!(has(&t, people[2]).await, [pair("Diet", "Halal")]);
    undo_last(&t.book, t.helen()).await.unwrap();
    assert_eq!(life(&t).await, before);

    // The whole field, found no more by what stood in it.
    remove(&t, hobby).await;
    assert_eq!(found(&t, "zeppelins").await, []);
    assert_eq!(fields::all(&mut t.book.read().await.unwrap()).await.unwrap().len(), 1);
    undo_last(&t.book, t.helen()).await.unwrap();
    assert_eq!(life(&t).await, before);
    assert_eq!(found(&t, "zeppelins").await, [people[1]]);
    assert!(t.book.check().await.unwrap().ok);
}

#[tokio::test]
async fn another_kind_is_refused_while_something_would_not_fit() {
    let t = TestBook::new().await;
    let people = [t.named("Ada Low").await, t.named("Ben Orr").await, t.named("Cas Moon").await];
    let number = add(&t, "Member number", FieldKind::Text, &[]).await.unwrap();
    for (person, value) in people.iter().zip(["0042", "42", "forty-two"]) {
        set(&t, *person, number, value).await.unwrap();
    }
    let mut to = as_is(&field(&t, number).await);
    to.kind = FieldKind::Number;
    let error = change(&t, number, &to).await.unwrap_err();
    assert_eq!(error.code, Code::Refused);
    assert!(error.message.contains("One person") && error.message.contains("“forty-two”"), "{}", error.message);
    assert_eq!(field(&t, number).await.kind, FieldKind::Text, "nothing of it was done");

    set(&t, people[2], number, "7").await.unwrap();
    let before = life(&t).await;
    change(&t, number, &to).await.unwrap();
    assert_eq!(has(&t, people[0]).await, [pair("Member number", "0042")], "as it was written");
    let at_least_ten = FieldFilter {
        field: number,
        test: FieldTest::Between,
        words: String::new(),
        from: "10".into(),
        to: String::new(),
        options: Vec::new(),
    };
    let query = PeopleQuery { field: Some(at_least_ten), ..PeopleQuery::default() };
    let fit = order::order(&mut t.book.read().await.unwrap(), t.book.now(), &query).await.unwrap().ids;
    assert_eq!(fit.len(), 2, "compared as numbers now");
    undo_last(&t.book, t.helen()).await.unwrap();
    assert_eq!(life(&t).await, before);

    // To choices and back, by the options' names.
    let option = |name: &str| OptionChange { id: None, name: name.into() };
    to.kind = FieldKind::Choice;
    to.options = vec![option("42"), option("7")];
    let error = change(&t, number, &to).await.unwrap_err();
    assert!(error.message.contains("“0042”"), "{}", error.message);
    to.options.push(option("0042"));
    change(&t, number, &to).await.unwrap();
    assert_eq!(has(&t, people[2]).await, [pair("Member number", "7")]);
    let mut back = as_is(&field(&t, number).await);
    (back.kind, back.options) = (FieldKind::Text, Vec::new());
    change(&t, number, &back).await.unwrap();
    assert_eq!(has(&t, people[0]).await, [pair("Member number", "0042")]);
    undo_last(&t.book, t.helen()).await.unwrap();
    undo_last(&t.book, t.helen()).await.unwrap();
    assert_eq!(life(&t).await, before);
}

#[tokio::test]
async fn a_persons_history_names_the_field_and_puts_it_back() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    let diet = add(&t, "Diet", FieldKind::Choice, &["Vegan", "Halal"]).await.unwrap();
    let hobby = add(&t, "Hobby", FieldKind::Text, &[]).await.unwrap();
    for (id, values) in [(diet, ["Vegan", "Halal"]), (hobby, ["sails", "rows"])] {
        for value in values {
            set(&t, rania, id, value).await.unwrap();
        }
    }
    let told = fields::history(&t.book, rania).await.unwrap();
    let told: Vec<_> =
        told.iter().map(|one| (one.field.as_str(), one.before.as_deref(), one.after.as_deref(), one.seq)).collect();
    assert_eq!((told[0].0, told[0].1, told[0].2), ("Hobby", Some("sails"), Some("rows")));
    assert_eq!((told[1].0, told[1].1, told[1].2), ("Diet", Some("Vegan"), Some("Halal")));
    assert_eq!(told.len(), 2, "what it is compared by is nobody's history");
    fields::restore(&t.book, t.helen(), rania, told[1].3, "Diet").await.unwrap();
    assert_eq!(has(&t, rania).await, [pair("Diet", "Vegan"), pair("Hobby", "rows")]);
}

#[tokio::test]
async fn a_merge_keeps_both_and_the_chosen_one_stands() {
    let t = TestBook::new().await;
    let (kept, other) = (t.named("Rania Haddad").await, t.named("Ranya Hadad").await);
    let diet = add(&t, "Diet", FieldKind::Choice, &["Vegan", "Halal"]).await.unwrap();
    let hobby = add(&t, "Hobby", FieldKind::Text, &[]).await.unwrap();
    let since = add(&t, "Since", FieldKind::Date, &[]).await.unwrap();
    set(&t, kept, diet, "Vegan").await.unwrap();
    set(&t, other, diet, "Halal").await.unwrap();
    set(&t, other, hobby, "sails").await.unwrap();
    set(&t, kept, since, "2020-01-01").await.unwrap();
    let before = life(&t).await;
    let preview = merge::preview(&mut t.book.read().await.unwrap(), kept, other).await.unwrap();
    let conflicts: Vec<&str> =
        preview.own_fields.iter().filter(|one| one.conflict).map(|one| one.name.as_str()).collect();
    assert_eq!(conflicts, ["Diet"]);

    for (take, eats) in [(vec![], "Vegan"), (vec![diet, hobby, since], "Halal")] {
        let mut edit = t.book.write(t.helen(), "merge").await.unwrap();
        let new = NewMerge { kept, other, take: Vec::new(), take_own: take };
        let id = merge::merge(&mut edit, &new).await.unwrap();
        edit.commit().await.unwrap();
        let all = [pair("Diet", eats), pair("Hobby", "sails"), pair("Since", "2020-01-01")];
        assert_eq!(has(&t, kept).await, all);
        assert_eq!(found(&t, "sails").await, [kept]);
        unmerged(&t, id).await;
        assert_eq!(life(&t).await, before);
    }

    // Apart again after the option that was there before is gone, and after the field became another kind: what does not
    // fit any more stays as it is, and nothing breaks.
    let mut edit = t.book.write(t.helen(), "merge").await.unwrap();
    let new = NewMerge { kept, other, take: Vec::new(), take_own: vec![diet] };
    let id = merge::merge(&mut edit, &new).await.unwrap();
    edit.commit().await.unwrap();
    let mut to = as_is(&field(&t, diet).await);
    to.options.remove(0);
    change(&t, diet, &to).await.unwrap();
    let done = unmerged(&t, id).await;
    assert_eq!(done.stay, ["field_value"]);
    assert_eq!(has(&t, kept).await, [pair("Diet", "Halal"), pair("Since", "2020-01-01")]);
    assert_eq!(has(&t, other).await, [pair("Diet", "Halal"), pair("Hobby", "sails")]);
}

/// One step in the life of an association's fields.
#[derive(Clone, Debug)]
enum Step {
    Set(usize, usize, &'static str),
    Rename(usize, &'static str),
    Kind(usize, FieldKind),
    DropOption(usize),
    Order(usize),
    Remove(usize),
    Undo,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let value = prop::sample::select(vec!["", "7", "07", "-1.5", "2024-02-29", "red", "Red", "blue", "a,b", "%"]);
    let one = prop_oneof![
        8 => (0..3usize, 0..4usize, value).prop_map(|(who, field, value)| Step::Set(who, field, value)),
        2 => (0..4usize, prop::sample::select(vec!["One", "Two", "two", "€"])).prop_map(|(at, name)| Step::Rename(at, name)),
        2 => (0..4usize, prop::sample::select(FieldKind::ALL.to_vec())).prop_map(|(at, kind)| Step::Kind(at, kind)),
        1 => (0..4usize).prop_map(Step::DropOption),
        1 => (0..4usize).prop_map(Step::Order),
        1 => (0..4usize).prop_map(Step::Remove),
        3 => Just(Step::Undo),
    ];
    prop::collection::vec(one, 1..40)
}

/// What everyone has, by the field's name.
type Model = (Vec<(String, FieldKind)>, BTreeMap<(PersonId, String), String>);

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_people_have_is_lost_on_the_way(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let t = TestBook::new().await;
            let people = [t.named("Ada Low").await, t.named("Ben Orr").await, t.named("Cas Moon").await];
            for (name, kind) in [("A", FieldKind::Text), ("B", FieldKind::Number), ("C", FieldKind::Date), ("D", FieldKind::Choice)] {
                add(&t, name, kind, &["red", "blue", "7"]).await.expect("a field");
            }
            let mut past: Vec<Model> = Vec::new();
            let mut now = seen(&t, &people).await;
            for step in steps {
                let all = fields::all(&mut t.book.read().await.expect("a reader")).await.expect("fields");
                let before = now.clone();
                let at = |at: usize| all.get(at % all.len().max(1)).cloned();
                let last = last_edits(&t.book, 1).await.expect("edits")[0].id;
                match step.clone() {
                    Step::Undo => {
                        if let Some(was) = past.pop() {
                            let undone = undo_last(&t.book, t.helen()).await.expect("undone").expect("something");
                            prop_assert_eq!((undone.kept, undone.failed), (0, 0));
                            now = seen(&t, &people).await;
                            prop_assert_eq!(&now, &was);
                        }
                        continue;
                    }
                    Step::Set(who, field, value) => if let Some(field) = at(field) {
                        let key = (people[who], field.name.clone());
                        match set(&t, people[who], field.id, value).await {
                            Ok(()) if value.is_empty() => drop(now.1.remove(&key)),
                            Ok(()) => {
                                let kept = field.option(value).filter(|_| field.kind == FieldKind::Choice);
                                let kept = kept.map_or(value, |option| &option.name).to_owned();
                                now.1.insert(key, kept);
                            }
                            Err(error) => prop_assert_eq!(error.code, Code::Invalid),
                        }
                    },
                    Step::Rename(field, name) => if let Some(field) = at(field) {
                        let to = CustomFieldChange { name: name.into(), ..as_is(&field) };
                        if change(&t, field.id, &to).await.is_ok() {
                            for (known, _) in now.0.iter_mut().filter(|(known, _)| *known == field.name) {
                                name.clone_into(known);
                            }
                            now.1 = now.1.into_iter().map(|((who, known), value)| {
                                ((who, if known == field.name { name.to_owned() } else { known }), value)
                            }).collect();
                        }
                    },
                    Step::Kind(field, kind) => if let Some(field) = at(field) {
                        let mut to = CustomFieldChange { kind, ..as_is(&field) };
                        if field.kind != FieldKind::Choice {
                            to.options = ["red", "7", "a,b"].map(|name| OptionChange { id: None, name: name.into() }).into();
                        }
                        let held: Vec<&String> = now.1.iter().filter(|((_, name), _)| *name == field.name).map(|(_, value)| value).collect();
                        let wanted = CustomField {
                            kind,
                            options: if kind == FieldKind::Choice { to.options.iter().map(|option| fields::FieldOption {
                                id: option.id.unwrap_or_else(wellmet_core::ids::FieldOptionId::new), name: option.name.clone() }).collect() } else { Vec::new() },
                            ..field.clone()
                        };
                        let fit = held.iter().all(|value| wanted.read(value).is_ok());
                        let changed = change(&t, field.id, &to).await;
                        prop_assert_eq!(changed.is_ok(), fit, "{:?}: {:?}", step, changed);
                        if fit {
                            if kind != field.kind && kind == FieldKind::Choice {
                                // However it was written, it is called as the option is.
                                for ((_, name), value) in &mut now.1 {
                                    if *name == field.name { *value = wanted.option(value).expect("it fits").name.clone() }
                                }
                            }
                            for (name, known) in &mut now.0 { if *name == field.name { *known = kind } }
                        }
                    },
                    Step::DropOption(field) => if let Some(field) = at(field).filter(|field| field.options.len() > 1) {
                        let mut to = as_is(&field);
                        let gone = to.options.remove(0).name;
                        change(&t, field.id, &to).await.expect("an option less");
                        now.1.retain(|(_, name), value| *name != field.name || *value != gone);
                    },
                    Step::Order(field) => if let Some(field) = at(field) {
                        let mut edit = t.book.write(t.helen(), "order_fields").await.expect("an edit");
                        fields::order(&mut edit, &[field.id]).await.expect("ordered");
                        edit.commit().await.expect("committed");
                        let first = now.0.iter().position(|(name, _)| *name == field.name).expect("it is there");
                        let one = now.0.remove(first);
                        now.0.insert(0, one);
                    },
                    Step::Remove(field) => if let Some(field) = at(field) {
                        remove(&t, field.id).await;
                        now.0.retain(|(name, _)| *name != field.name);
                        now.1.retain(|(_, name), _| *name != field.name);
                    },
                }
                if last_edits(&t.book, 1).await.expect("edits")[0].id != last {
                    past.push(before);
                }
                prop_assert_eq!(&seen(&t, &people).await, &now, "{:?}", step);
            }
            prop_assert!(t.book.check().await.expect("checked").ok);
            Ok(())
        })?;
    }
}

async fn seen(t: &TestBook, people: &[PersonId]) -> Model {
    let all = fields::all(&mut t.book.read().await.unwrap()).await.unwrap();
    let mut values = BTreeMap::new();
    for id in people {
        values.extend(has(t, *id).await.into_iter().map(|(name, value)| ((*id, name), value)));
    }
    (all.into_iter().map(|field| (field.name, field.kind)).collect(), values)
}

#[tokio::test]
async fn a_name_that_is_put_back_is_the_whole_persons_again() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    for family in ["Khoury", "Ashby"] {
        let mut edit = t.book.write(t.helen(), "change_person").await.unwrap();
        let married = PersonChange { family: Some(family.into()), ..PersonChange::default() };
        person::change(&mut edit, rania, &married).await.unwrap();
        edit.commit().await.unwrap();
    }
    let changes = fields::history(&t.book, rania).await.unwrap();
    assert!(changes.iter().all(|one| one.field != "name"), "half a name is not to be put back: {changes:?}");
    let first = changes.iter().find(|one| one.field == "family" && one.before.as_deref() == Some("Haddad")).unwrap();
    let half = fields::restore(&t.book, t.helen(), rania, first.seq, "name").await.unwrap_err();
    assert_eq!(half.code, Code::NotFound);
    fields::restore(&t.book, t.helen(), rania, first.seq, "family").await.unwrap();
    let now = person::get(&mut t.book.read().await.unwrap(), rania).await.unwrap();
    assert_eq!((now.family.as_str(), now.name.as_str()), ("Haddad", "Rania Haddad"));
    assert_eq!((found(&t, "haddad").await, found(&t, "ashby").await), (vec![rania], vec![]));
    let query = PeopleQuery { sort: Some(PeopleSort::Name), ..PeopleQuery::default() };
    let order = order::order(&mut t.book.read().await.unwrap(), t.book.now(), &query).await.unwrap();
    assert_eq!(order.letters[0].letter, "h", "and stands in the list where it belongs");
}
