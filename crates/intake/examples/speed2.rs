//! t
fn main() {
    let p = schema::builtin().into_iter().find(|e| e.name == "person").unwrap();
    for (f, t) in [("first_name","Żaneta1234"),("last_name","Świątek1234"),("job_title","Dyrektorka"),("email","z123@firma.example"),("phone","22 555 01 01"),("mobile","601 555 111"),("street","ul. Długa 5"),("city","Łódź"),("postal_code","90-001"),("country","Polska"),("birthday","7.05.1990"),("tags","VIP, targi"),("description","Woli e-mail")] {
        let field = p.field(f).unwrap();
        let s = std::time::Instant::now();
        for _ in 0..100_000 { std::hint::black_box(schema::parse_cell(field, std::hint::black_box(t)).ok()); }
        eprintln!("{f} {:?} ns", s.elapsed().as_nanos() / 100_000);
    }
    let mut m = serde_json::Map::new();
    for (f, t) in [("first_name","Żaneta1234"),("last_name","Świątek1234"),("job_title","Dyrektorka"),("email","z123@firma.example"),("phone","22 555 01 01"),("mobile","601 555 111"),("street","ul. Długa 5"),("city","Łódź"),("postal_code","90-001"),("country","Polska"),("birthday","7.05.1990"),("tags","VIP, targi"),("description","Woli e-mail")] {
        m.insert(f.into(), schema::parse_cell(p.field(f).unwrap(), t).unwrap().unwrap());
    }
    let v = serde_json::Value::Object(m);
    let s = std::time::Instant::now();
    for _ in 0..100_000 { std::hint::black_box(schema::check_content(&p, std::hint::black_box(&v)).ok()); }
    eprintln!("check {:?} ns", s.elapsed().as_nanos() / 100_000);
}
