//! What a camera reads off the screen is the number that was handed out.

use wellmet_core::calls::{Call, QrView};

use super::desk::{begun, someone, waits};
use crate::support::TestBook;

/// Light grey between modules and none of the drawing's own code: a decoder that knows nothing of how it was made.
fn read(qr: &QrView, pixels_a_module: usize) -> String {
    let mut dark = vec![false; (qr.size * qr.size) as usize];
    for rectangle in qr.path.split('M').skip(1) {
        let numbers: Vec<usize> = rectangle
            .split(|mark: char| !mark.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().expect("a number"))
            .collect();
        let [x, y, long, 1, back] = numbers[..] else { panic!("not a rectangle: M{rectangle}") };
        assert_eq!(long, back);
        for column in x..x + long {
            dark[y * qr.size as usize + column] = true;
        }
    }
    let side = qr.size as usize * pixels_a_module;
    let grey = |x: usize, y: usize| {
        if dark[y / pixels_a_module * qr.size as usize + x / pixels_a_module] { 20 } else { 250 }
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, grey);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code is found");
    grids[0].decode().expect("it decodes").1
}

async fn call_to(number: &str) -> Call {
    let book = TestBook::new().await;
    let id = someone(&book, "Rania Haddad", "", "", number).await;
    let owed = waits(&book, id, "How to join").await;
    begun(&book, id, owed).await
}

#[tokio::test]
async fn the_code_says_the_number_and_its_extension() {
    for (number, tel) in [
        ("0412 345 678", "tel:+61412345678"),
        ("07 3000 1000 ext 12", "tel:+61730001000;ext=12"),
        ("+44 20 7946 0018 ext 1234567890", "tel:+442079460018;ext=1234567890"),
    ] {
        let dialled = call_to(number).await.dialled.expect("a number");
        assert_eq!(dialled.tel, tel);
        assert_eq!(read(&dialled.qr, 4), tel);
        let quiet =
            |x: usize| !dialled.qr.path.contains(&format!("M{x} ")) && !dialled.qr.path.contains(&format!(" {x}h"));
        assert!((0..4).all(quiet), "four modules stay clear on the near sides: {}", dialled.qr.path);
    }
}

#[tokio::test]
async fn every_number_reads_back() {
    let book = TestBook::new().await;
    for index in 0..60_u32 {
        let extension = if index % 3 == 0 { format!(" ext {}", index * 7919) } else { String::new() };
        let number = format!("+61 4{:08}{extension}", u64::from(index) * 1_661_003 % 100_000_000);
        let id = someone(&book, &format!("Given{index} Family{index}"), "", "", &number).await;
        let owed = waits(&book, id, "How to join").await;
        let dialled = begun(&book, id, owed).await.dialled.expect("a number");
        assert_eq!(read(&dialled.qr, 3), dialled.tel);
    }
}
