//! Names made from those of entities.

use super::route::Route;
use kernel::Lang;
use schema::Entity;

/// `price_list` as `PriceList`.
pub fn pascal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split('_') {
        let mut chars = word.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(chars.as_str());
    }
    out
}

/// A reference to a schema.
pub fn schema(name: &str) -> serde_json::Value {
    serde_json::json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Fills an entity's names into the texts of a route.
pub struct Words(Vec<(&'static str, String)>);

impl Words {
    /// The words of `entity`; without one, texts stay as they are.
    pub fn of(entity: Option<&Entity>) -> Self {
        let Some(entity) = entity else {
            return Self(Vec::new());
        };
        let (one, many) =
            (entity.label.get(Lang::En).to_lowercase(), entity.label_plural.get(Lang::En).to_lowercase());
        let article = if one.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        Self(vec![
            ("{Entity}", pascal(&entity.name)),
            ("{Entities}", pascal(&entity.plural)),
            ("{entities}", entity.plural.clone()),
            ("{a}", format!("{article} {one}")),
            ("{one}", one),
            ("{many}", many),
        ])
    }

    /// `text` with the words in it.
    pub fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (mark, word)| text.replace(mark, word))
    }

    /// The route's whole path.
    pub fn path(&self, route: &Route) -> String {
        self.fill(&route.full_path())
    }
}
