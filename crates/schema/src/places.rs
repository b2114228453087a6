//! Countries (ISO 3166-1 alpha-2) and currencies (ISO 4217).

use crate::fold::squash;

const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// Names that files of other programs use, squashed: those of Europe and of the largest partners.
const NAMES: &[(&str, &str)] = &[
    ("AL", "albania"),
    ("AT", "austria osterreich"),
    ("AU", "australia"),
    ("BA", "bosniaihercegowina bosniaandherzegovina"),
    ("BE", "belgia belgium"),
    ("BG", "bulgaria"),
    ("BR", "brazylia brazil"),
    ("BY", "bialorus belarus"),
    ("CA", "kanada canada"),
    ("CH", "szwajcaria switzerland schweiz"),
    ("CN", "chiny china"),
    ("CY", "cypr cyprus"),
    ("CZ", "czechy republikaczeska czechia czechrepublic ceskarepublika cesko"),
    ("DE", "niemcy germany deutschland rfn"),
    ("DK", "dania denmark danmark"),
    ("EE", "estonia eesti"),
    ("ES", "hiszpania spain espana"),
    ("FI", "finlandia finland suomi"),
    ("FR", "francja france"),
    ("GB", "wielkabrytania zjednoczonekrolestwo anglia unitedkingdom greatbritain england scotland uk"),
    ("GE", "gruzja georgia"),
    ("GR", "grecja greece el"),
    ("HR", "chorwacja croatia hrvatska"),
    ("HU", "wegry hungary magyarorszag"),
    ("IE", "irlandia ireland"),
    ("IL", "izrael israel"),
    ("IN", "indie india"),
    ("IS", "islandia iceland"),
    ("IT", "wlochy italy italia"),
    ("JP", "japonia japan"),
    ("KR", "koreapoludniowa korea southkorea"),
    ("LI", "liechtenstein"),
    ("LT", "litwa lithuania lietuva"),
    ("LU", "luksemburg luxembourg"),
    ("LV", "lotwa latvia latvija"),
    ("MD", "moldawia moldova"),
    ("ME", "czarnogora montenegro"),
    ("MK", "macedoniapolnocna northmacedonia"),
    ("MT", "malta"),
    ("MX", "meksyk mexico"),
    ("NL", "holandia niderlandy netherlands thenetherlands holland nederland"),
    ("NO", "norwegia norway norge"),
    ("PL", "polska poland polen rzeczpospolitapolska"),
    ("PT", "portugalia portugal"),
    ("RO", "rumunia romania"),
    ("RS", "serbia"),
    ("RU", "rosja russia"),
    ("SE", "szwecja sweden sverige"),
    ("SI", "slowenia slovenia"),
    ("SK", "slowacja slovakia slovensko"),
    ("TR", "turcja turkey turkiye"),
    ("UA", "ukraina ukraine"),
    ("US", "stanyzjednoczone usa unitedstates unitedstatesofamerica"),
    ("ZA", "republikapoludniowejafryki southafrica rpa"),
];

fn listed(list: &'static str, code: &str) -> Option<&'static str> {
    list.split(' ').find(|known| known.eq_ignore_ascii_case(code))
}

/// The country with this code, in any case.
pub(crate) fn country(code: &str) -> Option<&'static str> {
    listed(COUNTRIES, code)
}

/// The country of this code or Polish or English name.
pub(crate) fn country_named(text: &str) -> Option<&'static str> {
    if let Some(code) = country(text) {
        return Some(code);
    }
    let name = squash(text);
    NAMES.iter().find(|(_, names)| names.split(' ').any(|n| n == name)).map(|(code, _)| *code)
}

/// The currency with this code, in any case.
pub(crate) fn currency(code: &str) -> Option<&'static str> {
    listed(CURRENCIES, code)
}

/// The currency of this code or sign.
pub(crate) fn currency_signed(text: &str) -> Option<&'static str> {
    match text {
        "zł" | "ZŁ" | "Zł" | "zl" => Some("PLN"),
        "€" => Some("EUR"),
        "$" | "US$" => Some("USD"),
        "£" => Some("GBP"),
        "Kč" => Some("CZK"),
        _ => currency(text),
    }
}
