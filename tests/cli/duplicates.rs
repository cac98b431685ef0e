use crate::support::{Cli, fields};

const LIST: &str = "Contact ID,Name,Company,Mobile,Email\n\
    C-1,Robert Haddad,Haddad Bakery,0412 345 678,rob@bakery.example\n\
    C-2,Rob Haddad,Haddad Bakery,0412 345 678,\n\
    C-3,Rania Haddad,,0412 345 678,rania@haddad.example\n\
    C-4,Nadia Farah,,+61 7 3000 1234,nadia@farah.example\n";

#[test]
fn duplicates_are_told_with_their_reasons_and_nothing_is_changed() {
    let cli = Cli::with_book();
    assert_eq!(cli.json(["duplicates"])["pairs"].as_array().unwrap().len(), 0);
    let nobody = cli.run(["duplicates"]);
    assert_eq!((nobody.code, nobody.out.trim()), (0, "Nobody seems to be in the book twice."));
    let list = cli.file("people.csv", LIST);
    assert_eq!(cli.json(["import", list.to_str().unwrap()])["created"], 4);
    let found = cli.json(["duplicates"]);
    assert_eq!(fields(&found), ["pairs"]);
    let pairs = found["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 1, "Rania is of the household: {found}");
    let pair = &pairs[0];
    assert_eq!(fields(pair), ["a", "against", "b", "level", "reasons", "score"]);
    assert_eq!(fields(&pair["a"]), ["external_id", "id", "name"]);
    let mut ids = [pair["a"]["external_id"].as_str().unwrap(), pair["b"]["external_id"].as_str().unwrap()];
    ids.sort_unstable();
    assert_eq!(ids, ["C-1", "C-2"]);
    let score = pair["score"].as_f64().unwrap();
    assert!(score > 0.0 && score <= 1.0, "{score}");
    assert!(["broad", "narrow"].contains(&pair["level"].as_str().unwrap()));
    assert!(!pair["reasons"].as_array().unwrap().is_empty());
    let words = cli.run(["duplicates"]).out;
    assert!(words.contains("forms of one name") && words.contains("••• 678"), "{words}");
    assert!(!words.contains("345678"), "a number is covered: {words}");
    assert_eq!(cli.json(["duplicates"]), found, "asked again, the same answer");
}
