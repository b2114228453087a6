//! t
use std::fmt::Write;
fn main() {
    let mut s = String::from("Imię;Nazwisko;Stanowisko;Firma;E-mail;Telefon;Telefon komórkowy;Ulica;Miasto;Kod pocztowy;Kraj;Data urodzenia;Tagi;Uwagi;Opiekun\n");
    for i in 0..300_000 { writeln!(s, "Żaneta{i};Świątek{i};Dyrektorka;Firma {i};z{i}@firma.example;22 555 01 01;601 555 {:03};ul. Długa {i};Łódź;90-001;Polska;7.05.1990;VIP, targi;Woli e-mail;Jan", i%1000).unwrap(); }
    let p = schema::builtin().into_iter().find(|e| e.name == "person").unwrap();
    for enc in [encoding_rs::UTF_8, encoding_rs::WINDOWS_1250] {
    let b = enc.encode(&s).0.into_owned();
    let t = std::time::Instant::now();
    let src = intake::open_bytes(b.clone(), "x", &Default::default()).unwrap();
    let o = t.elapsed();
    let n = src.filter(|r| r.is_ok()).count();
    eprintln!("open {o:?} raw {n} {:?} MB {}", t.elapsed(), b.len() >> 20);
    let t = std::time::Instant::now();
    let src = intake::open_bytes(b, "x", &Default::default()).unwrap();
    let m = intake::Mapping::guess(&p, src.headings());
    let n = intake::read_rows(src, &p, &m).filter(|r| r.is_ok()).count();
    let e = t.elapsed();
    eprintln!("rows {n} {e:?} {} rows/s", n as f64 / e.as_secs_f64());
    }
}
