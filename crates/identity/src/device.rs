//! What a browser tells of itself that stays as it is for years: its family and its platform. A session is bound to
//! both. Versions, languages and addresses are no part of it: updates and mobile networks change them all the time.

use crate::text::cut;
use serde::{Deserialize, Serialize};

/// Of what no list knows, so much is kept.
const NAME_CHARS: usize = 40;
/// What stands in a user agent, and whose it is; the first that is there. Most claim to be others as well.
const FAMILIES: [(&str, &str); 17] = [
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("Edge/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chromium/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("AppleWebKit/", "WebKit"),
];
const PLATFORMS: [(&str, &str); 10] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("iPod", "iOS"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
    ("X11", "Linux"),
];

/// A browser's family and platform.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    family: String,
    platform: String,
}

impl Device {
    /// What a user agent tells; of one that no list knows, the name of the program.
    #[must_use]
    pub fn of(agent: &str) -> Self {
        let found = |list: &[(&str, &str)]| {
            list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| (*name).to_owned())
        };
        let own = || cut(agent.split(['/', ' ']).next().unwrap_or_default(), NAME_CHARS);
        Self { family: found(&FAMILIES).unwrap_or_else(own), platform: found(&PLATFORMS).unwrap_or_default() }
    }

    /// For people: `Firefox, Windows`.
    #[must_use]
    pub fn name(&self) -> String {
        let parts = [self.family.as_str(), self.platform.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// As [`Device::name`], without the name of a program that no list knows: for letters, in which nobody is to read what
    /// strangers wrote.
    #[must_use]
    pub fn listed_name(&self) -> String {
        let listed = FAMILIES.iter().any(|(_, name)| *name == self.family);
        let family = if listed { self.family.clone() } else { String::new() };
        Self { family, platform: self.platform.clone() }.name()
    }
}

/// Other browsers of one session that its user is told of.
const TOLD: usize = 8;

/// What is known of the browser that a session is in.
#[derive(Default, Debug)]
pub struct Bound {
    /// The one it was begun in, or confirmed in last; nothing of a session that began before browsers were noted.
    pub device: Option<Device>,
    /// The user agent that was last found to be of it, so that it is not looked at anew each time.
    agent: Option<String>,
    /// The other browsers that its user was told of.
    told: Vec<Device>,
}

/// Where a request of a session comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whence {
    /// The browser that the session is bound to.
    Same,
    /// Another one, which its user was told of.
    Known,
    /// Another one, for the first time.
    Other(Device),
}

impl Bound {
    /// Bound to a browser, if it is known.
    pub fn to(device: Option<Device>) -> Self {
        Self { device, ..Self::default() }
    }

    /// Where a request with this user agent comes from; a session that is bound to nothing is bound to that.
    pub fn whence(&mut self, agent: &str) -> Whence {
        if self.agent.as_deref() == Some(agent) {
            return Whence::Same;
        }
        let device = Device::of(agent);
        if *self.device.get_or_insert_with(|| device.clone()) == device {
            self.agent = Some(agent.to_owned());
            return Whence::Same;
        }
        // Whoever claims to be one after the other is not told of each time.
        if self.told.contains(&device) || self.told.len() >= TOLD {
            return Whence::Known;
        }
        self.told.push(device.clone());
        Whence::Other(device)
    }

    /// Whether a request with this user agent comes from another browser; nobody is told.
    pub fn is_elsewhere(&self, agent: &str) -> bool {
        let other = |device: &Device| *device != Device::of(agent);
        self.agent.as_deref() != Some(agent) && self.device.as_ref().is_some_and(other)
    }

    /// Another browser was not told of after all.
    pub fn untold(&mut self, device: &Device) {
        self.told.retain(|told| told != device);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0";
    const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    #[test]
    fn families_and_platforms_are_told_apart_and_versions_are_not() {
        for (agent, name) in [
            (FIREFOX, "Firefox, Windows"),
            (CHROME, "Chrome, Linux"),
            (&CHROME.replace("142", "150"), "Chrome, Linux"),
            (&CHROME.replace("Chrome", "HeadlessChrome"), "Chrome, Linux"),
            (&format!("{CHROME} Edg/142.0.0.0"), "Edge, Linux"),
            (&format!("{CHROME} OPR/127.0.0.0"), "Opera, Linux"),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
                "Safari, iOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/146.0 Mobile/15E148 Safari/605.1.15",
                "Firefox, iOS",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
                "Safari, macOS",
            ),
            ("curl/8.14.1", "curl"),
            ("", ""),
        ] {
            assert_eq!(Device::of(agent).name(), name, "{agent}");
        }
        assert_eq!(Device::of(&"x".repeat(500)).name().len(), NAME_CHARS);
        let bait = Device::of("evil.example/login (Windows NT 10.0)");
        assert_eq!((&*bait.name(), &*bait.listed_name()), ("evil.example, Windows", "Windows"));
        assert_eq!(Device::of(CHROME).listed_name(), "Chrome, Linux");
    }

    #[test]
    fn another_browser_is_told_of_once_and_an_update_is_none() {
        let mut bound = Bound::default();
        assert_eq!(bound.whence(FIREFOX), Whence::Same, "what was not bound is now");
        assert_eq!(bound.whence(&FIREFOX.replace("146", "147")), Whence::Same);
        assert_eq!(bound.whence(CHROME), Whence::Other(Device::of(CHROME)));
        assert_eq!(bound.whence(CHROME), Whence::Known);
        assert_eq!(bound.whence(FIREFOX), Whence::Same);
        assert_eq!(bound.whence("curl/8.14.1"), Whence::Other(Device::of("curl/8.14.1")));
        assert_eq!(bound.whence(CHROME), Whence::Known, "one after the other is nothing new");
        assert!(bound.is_elsewhere(CHROME) && !bound.is_elsewhere(FIREFOX));
        let told = (0..50).filter(|n| matches!(bound.whence(&format!("x{n}/1")), Whence::Other(_))).count();
        assert_eq!(told, TOLD - 2);
        bound.untold(&Device::of(CHROME));
        assert_eq!(
            bound.whence(CHROME),
            Whence::Other(Device::of(CHROME)),
            "what was not written is told again"
        );
    }
}
