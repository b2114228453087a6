//! What tokens must say.

use crate::Settings;
use crate::refused::{Refused, Why};
use kernel::Time;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

/// How far clocks may differ, in seconds.
const SKEW_S: i64 = 60;
/// How old a token may be, in seconds.
const OLD_S: i64 = 600;
/// Characters of a subject (OpenID Connect Core 1.0, 2).
const SUBJECT: usize = 255;
/// Values of `amr` that are looked at, and bytes of one, as of `acr`.
const METHODS: usize = 32;
const METHOD: usize = 200;
/// Groups that are looked at.
const GROUPS: usize = 1_000;
/// What a token that ends sessions says it is (OpenID Connect Back-Channel Logout 1.0, 2.4).
const LOG_OUT: &str = "http://schemas.openid.net/event/backchannel-logout";

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

/// What every token has.
#[derive(Deserialize)]
pub struct Raw {
    iss: String,
    sub: Option<String>,
    aud: OneOrMany,
    azp: Option<String>,
    #[serde(deserialize_with = "whole")]
    exp: i64,
    #[serde(deserialize_with = "whole")]
    iat: i64,
    #[serde(default, deserialize_with = "whole_if_any")]
    nbf: Option<i64>,
    nonce: Option<String>,
    sid: Option<String>,
    #[serde(default, deserialize_with = "whole_if_any")]
    auth_time: Option<i64>,
    acr: Option<String>,
    #[serde(default)]
    amr: Vec<String>,
    events: Option<Map<String, Value>>,
    jti: Option<String>,
    #[serde(flatten)]
    more: Map<String, Value>,
}

/// A time in seconds, of which there may be parts (RFC 7519, 2).
fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    whole_if_any(from)?.ok_or_else(|| D::Error::custom("no time"))
}

fn whole_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let Some(number) = Option::<Number>::deserialize(from)? else { return Ok(None) };
    let text = number.to_string();
    let (seconds, parts) = text.split_once('.').unwrap_or((&text, ""));
    let digits = parts.bytes().all(|b| b.is_ascii_digit());
    seconds.parse().ok().filter(|_| digits).map(Some).ok_or_else(|| D::Error::custom("no time in seconds"))
}

/// Whom an issuer vouches for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claims {
    /// Who, at this issuer, for ever.
    pub subject: String,
    /// The provider's session.
    pub sid: Option<String>,
    /// When the user proved to be there, if the provider says so.
    pub auth_time: Option<Time>,
    /// How sure the provider is of the user, by its own name for it.
    pub acr: Option<String>,
    /// What the provider asked for (RFC 8176).
    pub amr: Vec<String>,
    /// Groups; nothing where it is not known, which is not the same as none.
    pub groups: Option<Vec<String>>,
    /// A name to sign in with, if the provider gives one. It need not be one here.
    pub login: Option<String>,
    /// First name and surname.
    pub name: Option<String>,
    /// E-mail address. It says nothing about who somebody is.
    pub email: Option<String>,
    /// Whether the provider made sure of the address, if it says so.
    pub email_verified: Option<bool>,
}

/// Whose sessions are to end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogOut {
    /// Of the provider's session.
    pub sid: Option<String>,
    /// Of this subject.
    pub subject: Option<String>,
    /// Those that began before.
    pub before: Time,
}

fn seconds(s: i64) -> Time {
    Time(s.saturating_mul(1_000))
}

fn text(more: &Map<String, Value>, name: &str) -> Option<String> {
    more.get(name)?.as_str().map(str::trim).filter(|s| !s.is_empty() && s.len() <= 1_000).map(str::to_owned)
}

fn is_short(method: &str) -> bool {
    method.len() <= METHOD
}

/// A truth value; some providers write it as text.
fn flag(more: &Map<String, Value>, name: &str) -> Option<bool> {
    match more.get(name)? {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text == "true" => Some(true),
        Value::Null => None,
        // Whatever else it is, it is not said to be so.
        _ => Some(false),
    }
}

/// The user's groups as far as they are known. A token that has no room for them says that they are to be asked for
/// elsewhere (`_claim_names`, OpenID Connect Core 1.0, 5.6.2): that is no word of them, whatever the settings say.
fn groups(more: &Map<String, Value>, settings: &Settings) -> Option<Vec<String>> {
    let elsewhere = more.get("_claim_names").and_then(|names| names.get(&settings.groups_claim));
    if elsewhere.is_some_and(|source| !source.is_null()) {
        return None;
    }
    match more.get(&settings.groups_claim) {
        Some(Value::Array(all)) => {
            Some(all.iter().take(GROUPS).filter_map(|g| g.as_str().map(str::to_owned)).collect())
        }
        Some(Value::String(one)) => Some(vec![one.clone()]),
        None | Some(Value::Null) if settings.no_groups.means_none() => Some(Vec::new()),
        _ => None,
    }
}

impl Raw {
    fn check(&mut self, settings: &Settings, now: Time) -> Result<(), Refused> {
        if self.iss != settings.issuer {
            return Err(Refused::new(Why::Issuer, "of a token"));
        }
        let audience = std::mem::replace(&mut self.aud, OneOrMany::Many(Vec::new())).into_vec();
        let ours = audience.contains(&settings.client_id);
        let party = match &self.azp {
            Some(azp) => *azp == settings.client_id,
            None => audience.len() == 1,
        };
        if !ours || !party {
            return Err(Refused::new(Why::Audience, "of a token"));
        }
        let now_s = now.0.div_euclid(1_000);
        let ended = self.exp.saturating_add(SKEW_S) <= now_s;
        let early = self.iat.max(self.nbf.unwrap_or(i64::MIN)) > now_s + SKEW_S;
        if ended || early || self.iat < now_s - OLD_S {
            return Err(Refused::new(Why::Time, "of a token"));
        }
        Ok(())
    }

    /// As a token of somebody who signs in.
    pub fn identity(
        mut self,
        settings: &Settings,
        nonce: &str,
        anew_since: Option<Time>,
        now: Time,
    ) -> Result<Claims, Refused> {
        self.check(settings, now)?;
        if self.nonce.as_deref() != Some(nonce) {
            return Err(Refused::new(Why::Nonce, "of an ID token"));
        }
        if self.events.is_some() {
            return Err(Refused::new(Why::Claims, "an ID token with events"));
        }
        let subject = self.sub.take().filter(|s| !s.is_empty() && s.len() <= SUBJECT);
        let Some(subject) = subject else { return Err(Refused::new(Why::Claims, "no subject")) };
        let auth_time = self.auth_time.map(seconds);
        if let Some(since) = anew_since
            && auth_time.is_none_or(|at| at.plus_ms(SKEW_S * 1_000) < since)
        {
            return Err(Refused::new(Why::NotAnew, "auth_time"));
        }
        let groups = groups(&self.more, settings);
        let email = text(&self.more, "email");
        Ok(Claims {
            subject,
            sid: self.sid,
            // One of the future would hold for longer than it should.
            auth_time: auth_time.map(|at| at.min(now)),
            acr: self.acr.filter(|acr| is_short(acr)),
            amr: self.amr.into_iter().filter(|amr| is_short(amr)).take(METHODS).collect(),
            groups,
            login: text(&self.more, "preferred_username"),
            name: text(&self.more, "name"),
            email,
            email_verified: flag(&self.more, "email_verified"),
        })
    }

    /// As a token that ends sessions.
    pub fn log_out(mut self, settings: &Settings, now: Time) -> Result<LogOut, Refused> {
        self.check(settings, now)?;
        let says = self.events.as_ref().and_then(|e| e.get(LOG_OUT)).is_some_and(Value::is_object);
        let whose = self.sid.is_some() || self.sub.is_some();
        if !says || !whose || self.nonce.is_some() || self.jti.is_none() {
            return Err(Refused::new(Why::Claims, "of a log-out token"));
        }
        // One that is sent again ends nothing that began since.
        Ok(LogOut { sid: self.sid, subject: self.sub, before: seconds(self.iat.saturating_add(SKEW_S)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NoGroups;
    use crate::settings::tests::settings;
    use serde_json::json;

    const NOW: Time = Time(1_795_420_800_000);

    fn raw(change: impl Fn(&mut Value)) -> Raw {
        let s = NOW.0 / 1_000;
        let mut claims = json!({
            "iss": "https://login.firma.example", "sub": "7", "aud": "klucznik",
            "exp": s + 300, "iat": s, "nonce": "n",
        });
        change(&mut claims);
        serde_json::from_value(claims).expect("claims")
    }

    fn identity(change: impl Fn(&mut Value)) -> Result<Claims, Why> {
        raw(change).identity(&settings(), "n", None, NOW).map_err(|refused| refused.why)
    }

    #[test]
    fn a_token_says_who_for_whom_and_when() {
        let s = NOW.0 / 1_000;
        assert_eq!(identity(|_| ()).map(|c| (c.subject, c.amr)), Ok(("7".to_owned(), Vec::new())));
        let why = |change: &dyn Fn(&mut Value)| identity(change).err();
        assert_eq!(why(&|c| c["iss"] = json!("https://login.firma.example/")), Some(Why::Issuer));
        assert_eq!(why(&|c| c["aud"] = json!("other")), Some(Why::Audience));
        assert_eq!(why(&|c| c["aud"] = json!(["klucznik", "other"])), Some(Why::Audience));
        assert_eq!(why(&|c| c["azp"] = json!("other")), Some(Why::Audience));
        assert_eq!(why(&|c| c["exp"] = json!(s - 60)), Some(Why::Time));
        assert_eq!(why(&|c| c["iat"] = json!(s + 61)), Some(Why::Time));
        assert_eq!(why(&|c| c["iat"] = json!(s - 601)), Some(Why::Time));
        assert_eq!(why(&|c| c["nbf"] = json!(s + 61)), Some(Why::Time));
        // Parts of a second are let go of.
        let parts = |text: String| serde_json::from_str::<Value>(&text).expect("a number");
        let known = identity(|c| c["auth_time"] = parts(format!("{}.75", s - 1)));
        assert_eq!(known.map(|c| c.auth_time), Ok(Some(Time((s - 1) * 1_000))));
        assert_eq!(why(&|c| c["exp"] = parts(format!("{}.5", s - 60))), Some(Why::Time));
        assert_eq!(why(&|c| c["nonce"] = json!("m")), Some(Why::Nonce));
        assert_eq!(why(&|c| c["sub"] = json!("")), Some(Why::Claims));
        assert_eq!(why(&|c| c["sub"] = json!("x".repeat(256))), Some(Why::Claims));
        assert_eq!(why(&|c| c["events"] = json!({})), Some(Why::Claims));
        let two = identity(|c| {
            c["aud"] = json!(["klucznik", "other"]);
            c["azp"] = json!("klucznik");
        });
        assert!(two.is_ok());
    }

    #[test]
    fn what_is_said_of_strength_is_taken_over_within_bounds() {
        let said = |acr: Value, amr: Value| {
            identity(|c| (c["acr"], c["amr"]) = (acr.clone(), amr.clone())).map(|c| (c.acr, c.amr))
        };
        let texts = |all: &[&str]| all.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let both = said(json!("gold"), json!(["pwd", "mfa"]));
        assert_eq!(both, Ok((Some("gold".to_owned()), texts(&["pwd", "mfa"]))));
        assert_eq!(said(Value::Null, json!([])), Ok((None, Vec::new())));
        let long = "x".repeat(METHOD + 1);
        assert_eq!(said(json!(long), json!([long, "otp"])), Ok((None, texts(&["otp"]))));
        assert_eq!(said(Value::Null, json!(vec!["otp"; METHODS + 1])).map(|s| s.1.len()), Ok(METHODS));
    }

    #[test]
    fn no_groups_and_no_word_of_groups_are_two_things() {
        let groups = |value: Value| identity(|c| c["groups"] = value.clone()).map(|c| c.groups);
        assert_eq!(identity(|_| ()).map(|c| c.groups), Ok(None));
        for nothing in [Value::Null, json!(7), json!({ "a": "b" })] {
            assert_eq!(groups(nothing.clone()), Ok(None), "{nothing}");
        }
        assert_eq!(groups(json!([])), Ok(Some(Vec::new())));
        assert_eq!(groups(json!(["a", 7])), Ok(Some(vec!["a".to_owned()])));
        assert_eq!(groups(json!("a")), Ok(Some(vec!["a".to_owned()])));
        // Where the settings say that a missing claim means none, it does; another shape and groups elsewhere do not.
        let none = Settings { no_groups: NoGroups::None, ..settings() };
        let with =
            |change: &dyn Fn(&mut Value)| raw(change).identity(&none, "n", None, NOW).map(|c| c.groups);
        assert_eq!(with(&|_| ()), Ok(Some(Vec::new())));
        assert_eq!(with(&|c| c["groups"] = Value::Null), Ok(Some(Vec::new())));
        assert_eq!(with(&|c| c["groups"] = json!({ "a": "b" })), Ok(None));
        assert_eq!(with(&|c| c["_claim_names"] = json!({ "address": "src1" })), Ok(Some(Vec::new())));
        for there in [Value::Null, json!(["a"])] {
            let overage = |c: &mut Value| {
                c["groups"] = there.clone();
                c["_claim_names"] = json!({ "groups": "src1" });
            };
            assert_eq!(with(&overage), Ok(None), "{there}");
        }
    }

    #[test]
    fn an_address_is_verified_only_where_that_is_said() {
        let said = |value: Value| identity(|c| c["email_verified"] = value.clone()).map(|c| c.email_verified);
        for (value, means) in [
            (json!(true), Some(true)),
            (json!("true"), Some(true)),
            (json!(false), Some(false)),
            (json!("false"), Some(false)),
            (json!(1), Some(false)),
            (Value::Null, None),
        ] {
            assert_eq!(said(value.clone()), Ok(means), "{value}");
        }
    }

    #[test]
    fn who_is_to_be_asked_anew_was_asked_anew() {
        let s = NOW.0 / 1_000;
        let anew = |at: Value| {
            raw(|c| c["auth_time"] = at.clone()).identity(&settings(), "n", Some(NOW), NOW).map_err(|r| r.why)
        };
        assert!(anew(json!(s)).is_ok());
        assert_eq!(anew(json!(s - 300)).err(), Some(Why::NotAnew));
        assert_eq!(anew(Value::Null).err(), Some(Why::NotAnew));
        assert_eq!(anew(json!(s + 9_000)).map(|c| c.auth_time), Ok(Some(NOW)));
    }

    #[test]
    fn a_log_out_token_is_no_id_token() {
        let out = |change: &dyn Fn(&mut Value)| {
            let token = raw(|c| {
                c["nonce"] = Value::Null;
                c["jti"] = json!("1");
                c["sid"] = json!("s");
                c["events"] = json!({ LOG_OUT: {} });
                change(c);
            });
            token.log_out(&settings(), NOW).map_err(|r| r.why)
        };
        assert_eq!(out(&|_| ()).map(|o| o.sid), Ok(Some("s".to_owned())));
        let wrong: [&dyn Fn(&mut Value); 5] = [
            &|c| c["nonce"] = json!("n"),
            &|c| c["events"] = json!({ "x": {} }),
            &|c| c["events"] = json!({ LOG_OUT: true }),
            &|c| c["jti"] = Value::Null,
            &|c| (c["sid"], c["sub"]) = (Value::Null, Value::Null),
        ];
        for change in wrong {
            assert_eq!(out(change).err(), Some(Why::Claims));
        }
        assert_eq!(out(&|c| c["aud"] = json!("other")).err(), Some(Why::Audience));
        assert_eq!(raw(|_| ()).log_out(&settings(), NOW).err().map(|r| r.why), Some(Why::Claims));
    }
}
