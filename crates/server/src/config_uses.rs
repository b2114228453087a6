//! What settings lead to: the relay of mail, and the table of countries.

use crate::config::Config;
use crate::secret;
use identity::Places;
use kernel::Result;

impl Config {
    /// The relay of mail; none if there is none.
    ///
    /// # Errors
    /// Invalid if the settings do not fit together, or a file of theirs cannot be used.
    pub fn relay(&self) -> Result<Option<mail::Relay>> {
        let Some(settings) = &self.mail else { return Ok(None) };
        let password = secret::of_setting("[mail] password_file", settings.password_file.as_deref())?;
        mail::Relay::new(settings, password).map(Some)
    }

    /// In which country addresses are, by the table that is set, or else the one that comes with the program.
    ///
    /// # Errors
    /// Invalid if the table that is set cannot be used.
    pub fn places(&self) -> Result<Places> {
        self.countries.as_deref().map_or_else(|| Ok(Places::packed()), Places::from_file)
    }
}
