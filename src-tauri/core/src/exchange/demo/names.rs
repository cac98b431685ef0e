//! Names, places and numbers of people who do not exist.

use chrono_tz::Tz;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;

use crate::people::phone;
use crate::promises::country_zones::zones_of;

/// Given and family names that go together.
struct Origin {
    given: &'static str,
    family: &'static str,
}

const ENGLISH: Origin = Origin {
    given: "Alice Amelia Andrew Beatrice Ben Bridget Callum Caroline Charlotte Clive Daisy Diana Duncan Edith Edward Eleanor \
        Esther Fiona Frances Freya Gareth Gemma Georgia Gordon Grace Harriet Heather Hugh Imogen Iris Isaac Jasper Jean \
        Joan Judith Keith Laura Leonard Lydia Mabel Malcolm Marian Martha Maud Miles Miriam Naomi Neil Nora Oliver Olive \
        Paula Penelope Percy Philippa Rosalind Ruth Sally Simon Stella Sylvia Tessa Theo Una Verity Violet Walter Wendy \
        Wilfred Winifred",
    family: "Abbott Appleby Atwood Barlow Beckett Birch Blackwood Bramley Brooks Calloway Carver Chadwick Clement Cobb Cope \
        Croft Dalton Denholm Drake Elliot Ellwood Farrow Fenton Finch Fletcher Garland Gifford Goddard Granger Hadley \
        Hale Harding Hartley Hawke Holloway Hurst Ingram Jarvis Kendall Kirby Lambert Langley Latham Lockwood Mallory \
        Marlow Mercer Merritt Morley Nash Norwood Oakley Ogden Parish Pemberton Penrose Pickering Quill Radcliffe Ramsey \
        Rowe Sawyer Selby Sharpe Sinclair Spencer Stanhope Thatcher Thorne Tilley Tudor Underwood Vance Wainwright \
        Walton Webb Whitlock Wilder Winslow Woodward Yates",
};

const OTHERS: &[Origin] = &[
    Origin {
        given: "Aoife Brendan Ciara Declan Deirdre Eamon Fionnuala Maeve Niamh Orla Padraig Roisin Siobhan Tadhg",
        family: "Brennan Byrne Callaghan Doyle Farrell Gallagher Kavanagh Lynch McGrath Nolan O'Connell O'Hara Quinn Tierney",
    },
    Origin {
        given: "Amal Dalia Fadi Hala Karim Layla Nadia Nour Omar Rima Samir Tarek Yasmin Ziad",
        family: "Abboud Aziz El-Khoury Fakhoury Ghanem Hakim Jaber Karam Mansour Nassar Sabbagh Saleh Tannous Zein",
    },
    Origin {
        given: "Ananya Arjun Deepa Divya Kavita Kiran Lakshmi Meera Neha Pooja Priya Rahul Sanjay Vikram",
        family: "Bhatt Chandra Desai Iyer Joshi Kapoor Malhotra Menon Nair Patel Rao Sethi Sharma Varma",
    },
    Origin {
        given: "Bo Chun Fang Hui Jia Jun Lan Lin Mei Ning Qing Wei Xin Yan",
        family: "Cai Chen Deng Fu Guo Huang Jiang Liang Lu Ma Shen Tang Xu Zhou",
    },
    Origin {
        given: "Anh Binh Duc Hanh Hoa Hung Khanh Lien Linh Mai Minh Phuong Quang Thuy",
        family: "Bui Dang Dinh Doan Duong Hoang Huynh Lam Ngo Nguyen Pham Phan Tran Vo",
    },
    Origin {
        given: "Andreas Anthi Dimitra Eleni Georgia Ioanna Katerina Kostas Maria Nikos Sofia Stavros Thalia Yannis",
        family: "Angelopoulos Christou Demetriou Drakos Georgiou Ioannou Kallas Karras Lambros Mavros Pappas Samaras Vlahos Zervas",
    },
    Origin {
        given: "Alessia Bianca Carlo Chiara Elisa Franco Giulia Lorenzo Luca Marta Paolo Rosa Silvia Teresa",
        family: "Amato Barone Caruso Conti D'Angelo De Luca Esposito Ferraro Gallo Lombardi Marino Rinaldi Russo Vitale",
    },
    Origin {
        given: "Agnieszka Barbara Ewa Grzegorz Hanna Jacek Joanna Krzysztof Magda Marek Paweł Renata Tomasz Zofia",
        family: "Baran Chmiel Dudek Górski Jabłoński Kaczmarek Kowal Lis Mazur Nowicki Pawlak Sikora Wrona Zając",
    },
    Origin {
        given: "Ana Beatriz Carmen Diego Elena Gabriela Hugo Inés Javier Lucía Marisol Nuria Pablo Teresa",
        family: "Aguilar Blanco Castro Delgado Fuentes Herrera Ibáñez Lozano Molina Navarro Ortega Prieto Rojas Vega",
    },
    Origin {
        given: "Abena Adaeze Amara Chidi Chioma Efua Folake Kofi Kwame Ngozi Tunde Wanjiru Yaw Zainab",
        family: "Achebe Adeyemi Asante Boateng Diallo Kamau Mensah Mwangi Njoroge Obi Okeke Okonkwo Owusu Sesay",
    },
];

const MAORI: Origin = Origin {
    given: "Aroha Hana Hemi Hinemoa Kahu Kiri Manaia Mereana Ngaire Rangi Tama Tane Wiremu Whetu",
    family: "Heke Kingi Ngata Paewai Parata Poutama Rangihuna Ruru Takiri Tamihana Tapsell Te Kanawa Waititi Wihongi",
};

const GERMAN: Origin = Origin {
    given: "Andrea Anke Annika Bernd Birgit Carsten Claudia Dieter Doris Elke Felix Frauke Gerda Gisela Hannelore Heike Helga \
        Henrik Ilse Ingrid Jens Jörg Jutta Karin Katja Klaus Lena Lothar Margit Marlene Matthias Monika Nils Olaf Petra \
        Rainer Renate Sabine Silke Stefan Svenja Tanja Thorsten Ulrike Ursula Volker Werner Wiebke",
    family: "Albers Arndt Bachmann Baumgart Berger Brandt Busch Dietrich Ebert Ehlers Fink Frank Fuchs Gerlach Graf Haase Heinrich \
        Hesse Hübner Jansen Jung Kaiser Keller Kirchner Köhler Krüger Kuhn Lorenz Ludwig Maurer Möller Nagel Otto Petersen \
        Pohl Reuter Ritter Sauer Schäfer Schreiber Seidel Stein Thiele Ullrich Vogel Vogt Walther Winkler Ziegler Zimmermann",
};

/// Cities where members live, with their zones; the first is home to most.
pub(super) fn places(country: &str, home: Tz) -> Vec<(String, Option<String>)> {
    let known: &[(&str, &str)] = match country {
        "AU" => &[
            ("Brisbane", "Australia/Brisbane"),
            ("Sydney", "Australia/Sydney"),
            ("Melbourne", "Australia/Melbourne"),
            ("Newcastle", "Australia/Sydney"),
            ("Toowoomba", "Australia/Brisbane"),
            ("Geelong", "Australia/Melbourne"),
            ("Adelaide", "Australia/Adelaide"),
            ("Perth", "Australia/Perth"),
            ("Hobart", "Australia/Hobart"),
            ("Darwin", "Australia/Darwin"),
        ],
        "NZ" => &[
            ("Auckland", "Pacific/Auckland"),
            ("Wellington", "Pacific/Auckland"),
            ("Christchurch", "Pacific/Auckland"),
            ("Dunedin", "Pacific/Auckland"),
            ("Tauranga", "Pacific/Auckland"),
        ],
        "GB" => &[
            ("Leeds", "Europe/London"),
            ("Bristol", "Europe/London"),
            ("Manchester", "Europe/London"),
            ("Cardiff", "Europe/London"),
            ("Glasgow", "Europe/London"),
            ("York", "Europe/London"),
        ],
        "IE" => &[
            ("Dublin", "Europe/Dublin"),
            ("Cork", "Europe/Dublin"),
            ("Galway", "Europe/Dublin"),
            ("Limerick", "Europe/Dublin"),
            ("Sligo", "Europe/Dublin"),
        ],
        "US" => &[
            ("Portland", "America/Los_Angeles"),
            ("Seattle", "America/Los_Angeles"),
            ("Denver", "America/Denver"),
            ("Chicago", "America/Chicago"),
            ("Austin", "America/Chicago"),
            ("Atlanta", "America/New_York"),
            ("Boston", "America/New_York"),
        ],
        "CA" => &[
            ("Vancouver", "America/Vancouver"),
            ("Calgary", "America/Edmonton"),
            ("Winnipeg", "America/Winnipeg"),
            ("Toronto", "America/Toronto"),
            ("Halifax", "America/Halifax"),
        ],
        "DE" => &[
            ("Hamburg", "Europe/Berlin"),
            ("Köln", "Europe/Berlin"),
            ("Leipzig", "Europe/Berlin"),
            ("Bremen", "Europe/Berlin"),
            ("Freiburg", "Europe/Berlin"),
        ],
        "AT" => &[("Wien", "Europe/Vienna"), ("Graz", "Europe/Vienna"), ("Linz", "Europe/Vienna")],
        "CH" => &[("Zürich", "Europe/Zurich"), ("Bern", "Europe/Zurich"), ("Basel", "Europe/Zurich")],
        "FR" => &[
            ("Lyon", "Europe/Paris"),
            ("Nantes", "Europe/Paris"),
            ("Lille", "Europe/Paris"),
            ("Toulouse", "Europe/Paris"),
        ],
        _ => &[],
    };
    let mut places: Vec<(String, Option<String>)> =
        known.iter().map(|(city, zone)| ((*city).to_owned(), Some((*zone).to_owned()))).collect();
    if places.is_empty() {
        // "America/Argentina/Buenos_Aires" is in Buenos Aires.
        let zones = if zones_of(country).is_empty() { &[home][..] } else { zones_of(country) };
        places = zones.iter().map(|zone| (city_of(*zone), Some(zone.name().to_owned()))).collect();
    }
    // Home first: the members of an association live round it.
    places.sort_by_key(|(_, zone)| zone.as_deref() != Some(home.name()));
    places
}

pub(super) fn city_of(zone: Tz) -> String {
    zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
}

pub(super) fn person(rng: &mut StdRng, country: &str) -> (String, String) {
    let main = match country {
        "DE" | "AT" | "CH" => &GERMAN,
        _ => &ENGLISH,
    };
    let roll: f64 = rng.random();
    let origin = match country {
        "NZ" if roll < 0.16 => &MAORI,
        "IE" if roll < 0.5 => &OTHERS[0],
        _ if roll < 0.55 => main,
        _ => OTHERS.choose(rng).unwrap_or(main),
    };
    let (given, family) = (pick(rng, origin.given), family(rng, origin.family));
    // Some carry two family names, and some keep a second given name.
    let family = if rng.random_bool(0.04) && !family.contains('-') {
        format!("{family}-{}", pick(rng, ENGLISH.family))
    } else {
        family
    };
    (given.to_owned(), family)
}

fn pick(rng: &mut StdRng, words: &'static str) -> &'static str {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.choose(rng).copied().unwrap_or("Robin")
}

/// Particles stand before the name that they belong to.
fn family(rng: &mut StdRng, words: &'static str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let at = rng.random_range(0..words.len());
    match words[at] {
        particle @ ("De" | "Te") => format!("{particle} {}", words.get(at + 1).copied().unwrap_or("Luca")),
        name if at > 0 && matches!(words[at - 1], "De" | "Te") => format!("{} {name}", words[at - 1]),
        name => name.to_owned(),
    }
}

/// The `index`th number of the ranges that a country keeps for films and books; where it keeps none, a made-up one of
/// its example's shape. `None` when a country's ranges are used up.
pub(super) fn number(country: &str, index: u32, mobile: bool) -> Option<String> {
    // Each pattern is digits with one `#` a digit that varies.
    let patterns: &[&str] = match (country, mobile) {
        ("AU", true) => return AU_MOBILES.get(index as usize).map(|number| (*number).to_owned()),
        ("AU", false) => &[
            "(07) 5550 ####",
            "(02) 5550 ####",
            "(03) 5550 ####",
            "(08) 5550 ####",
            "(07) 7010 ####",
            "(02) 7010 ####",
            "(03) 7010 ####",
            "(08) 7010 ####",
        ],
        ("GB", true) => &["07700 900###"],
        ("GB", false) => &[
            "0113 496 0###",
            "0117 496 0###",
            "0161 496 0###",
            "020 7946 0###",
            "0141 496 0###",
            "029 2018 0###",
            "0121 496 0###",
            "0131 496 0###",
            "0151 496 0###",
            "0191 498 0###",
            "0114 496 0###",
            "0115 496 0###",
            "0116 496 0###",
            "0118 496 0###",
        ],
        ("US" | "CA", _) => return north_american(country, index),
        ("DE", true) => &["0171 39200##", "0176 040690##"],
        ("DE", false) => &["040 66969 ###", "0221 4710 ###", "030 23125 ###", "069 90009 ###", "089 99998 ###"],
        ("FR", true) => &["06 39 98 ## ##"],
        ("FR", false) => &["01 99 00 ## ##", "02 61 91 ## ##", "03 53 01 ## ##", "04 65 71 ## ##", "05 36 49 ## ##"],
        _ => return phone::made_up(country, index, mobile),
    };
    let mut rest = index;
    for pattern in patterns {
        let room = 10_u32.pow(u32::try_from(pattern.matches('#').count()).unwrap_or(0));
        if rest < room {
            return Some(filled(pattern, scattered(rest, room)));
        }
        rest -= room;
    }
    None
}

/// Neighbours in the list do not have neighbouring numbers.
fn scattered(index: u32, room: u32) -> u32 {
    // 7 919 is prime and odd, so that it meets every number of a power of ten once.
    (u64::from(index) * 7_919 % u64::from(room)) as u32
}

fn filled(pattern: &str, value: u32) -> String {
    let width = pattern.matches('#').count();
    let digits = format!("{value:0width$}");
    let mut digits = digits.chars();
    pattern.chars().map(|mark| if mark == '#' { digits.next().unwrap_or('0') } else { mark }).collect()
}

const AU_MOBILES: &[&str] = &[
    "0491 570 006",
    "0491 570 156",
    "0491 570 157",
    "0491 570 158",
    "0491 570 159",
    "0491 570 110",
    "0491 571 266",
    "0491 571 491",
    "0491 571 804",
    "0491 572 549",
    "0491 572 665",
    "0491 572 983",
    "0491 573 770",
    "0491 573 087",
    "0491 574 118",
    "0491 574 632",
    "0491 575 254",
    "0491 575 789",
    "0491 576 398",
    "0491 576 801",
    "0491 577 426",
    "0491 577 644",
    "0491 578 957",
    "0491 578 148",
    "0491 578 888",
    "0491 579 212",
    "0491 579 760",
    "0491 579 455",
];

/// 555-0100 to 555-0199 of every area code.
fn north_american(country: &str, index: u32) -> Option<String> {
    let areas: &[u32] = match country {
        "US" => &[
            503, 206, 303, 312, 512, 404, 617, 212, 213, 214, 215, 216, 217, 218, 224, 225, 228, 229, 231, 234, 239,
            240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302, 304, 305, 307, 308, 309,
            310, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 325, 330, 331, 334, 336, 337, 339, 347, 351, 352,
            360, 361, 386, 401, 402, 405, 406, 407, 408, 409, 410, 412, 413, 414, 415, 417, 419, 423, 424, 425, 430,
            432, 434, 435, 440, 443, 469, 478, 479, 480, 484, 501, 502, 504, 505, 507, 508, 509, 510, 513, 515, 516,
            517, 518, 520, 530, 540,
        ],
        _ => &[604, 403, 204, 416, 902, 514, 613, 250, 306, 418, 506, 519, 705, 709, 780, 807, 819, 867, 905],
    };
    let area = areas.get(index as usize / 100)?;
    Some(format!("({area}) 555-01{:02}", index % 100))
}
