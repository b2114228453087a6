//! One route as data. The document and the test of the server's route table read the same lines.

use records::Fresh;

/// Where the interface lives.
pub const BASE: &str = "/api/v1";

/// An HTTP method.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Method {
    /// Looks; safe.
    Get,
    /// Makes or does.
    Post,
    /// Replaces.
    Put,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Which entities have a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Only {
    /// None: the path names no entity.
    Fixed,
    /// Every one.
    All,
    /// Those that are their own subject.
    Subjects,
    /// Those that hang on no other.
    Standing,
}

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// Nothing.
    None,
    /// JSON of this schema.
    Json(&'static str),
    /// JSON of this schema, also as `application/merge-patch+json`.
    Patch(&'static str),
    /// A file as it is.
    File,
    /// What a browser reports.
    Report,
}

/// What comes back when all is well.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// Nothing: 204.
    None,
    /// JSON of this schema: 200.
    Json(&'static str),
    /// JSON of this schema, of something just made: 201 with `Location`.
    Made(&'static str),
    /// JSON of this schema, of something that goes on: 202.
    Accepted(&'static str),
    /// JSON of the first schema: 200; of the second, of something that goes on: 202.
    JsonOr(&'static str, &'static str),
    /// JSON of the first schema, of something just made: 201; of the second, of something that is to be finished: 202.
    MadeOr(&'static str, &'static str),
    /// JSON of no schema of ours: 200.
    Any,
    /// Text: 200.
    Text,
    /// Server-sent events: 200.
    Events,
    /// A table: 200.
    Csv,
    /// A file: 200.
    File,
}

/// One route. In texts, `{Entity}`, `{Entities}`, `{one}`, `{a}` and `{many}` stand for names of the
/// entity; in paths, `{entities}` does.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path below [`BASE`], or the whole one when it starts with `/health`.
    pub path: &'static str,
    /// `operationId`.
    pub id: &'static str,
    /// Heading under which it stands.
    pub tag: &'static str,
    /// One line.
    pub summary: &'static str,
    /// What one has to know.
    pub description: &'static str,
    /// Names of parameters among the components; path parameters too.
    pub params: &'static [&'static str],
    /// What is sent.
    pub body: Body,
    /// What comes back.
    pub answer: Answer,
    /// Headers of the answer, names among the components.
    pub headers: &'static [&'static str],
    /// Errors beside those that follow from the rest.
    pub errors: &'static [u16],
    /// Whether nobody needs to be signed in.
    pub open: bool,
    /// Which entities have it.
    pub only: Only,
    /// Whether it serves whoever must add a factor before anything else.
    pub enrols: bool,
    /// Whether it is the way out, which is open from any network.
    pub leaves: bool,
    /// Whether it is how a user proves to be there, which is open in any browser.
    pub proves: bool,
    /// Whether it serves those of partner organisations. Of what does not, they learn nothing: not found.
    pub partners: bool,
    /// Which proof it needs that the caller is there now.
    pub fresh: Fresh,
}

impl Route {
    const fn new(method: Method, path: &'static str, id: &'static str) -> Self {
        Self {
            method,
            path,
            id,
            tag: "",
            summary: "",
            description: "",
            params: &[],
            body: Body::None,
            answer: Answer::None,
            headers: &[],
            errors: &[],
            open: false,
            only: Only::Fixed,
            enrols: false,
            leaves: false,
            proves: false,
            partners: false,
            fresh: Fresh::No,
        }
    }

    pub(super) const fn get(path: &'static str, id: &'static str) -> Self {
        Self::new(Method::Get, path, id)
    }

    pub(super) const fn post(path: &'static str, id: &'static str) -> Self {
        Self::new(Method::Post, path, id)
    }

    pub(super) const fn put(path: &'static str, id: &'static str) -> Self {
        Self::new(Method::Put, path, id)
    }

    pub(super) const fn patch(path: &'static str, id: &'static str) -> Self {
        Self::new(Method::Patch, path, id)
    }

    pub(super) const fn delete(path: &'static str, id: &'static str) -> Self {
        Self::new(Method::Delete, path, id)
    }

    pub(super) const fn says(
        self,
        tag: &'static str,
        summary: &'static str,
        description: &'static str,
    ) -> Self {
        Self { tag, summary, description, ..self }
    }

    pub(super) const fn params(self, params: &'static [&'static str]) -> Self {
        Self { params, ..self }
    }

    pub(super) const fn body(self, body: Body) -> Self {
        Self { body, ..self }
    }

    pub(super) const fn answers(self, answer: Answer) -> Self {
        Self { answer, ..self }
    }

    pub(super) const fn headers(self, headers: &'static [&'static str]) -> Self {
        Self { headers, ..self }
    }

    /// Opens the one that the path names.
    pub(super) const fn opens(self, schema: &'static str) -> Self {
        self.params(&["Id"]).answers(Answer::Json(schema)).headers(&["ETag"])
    }

    /// Changes the version that `If-Match` names, and answers with the one made.
    pub(super) const fn changes(self, schema: &'static str) -> Self {
        self.params(&["Id", "IfMatch"]).answers(Answer::Json(schema)).headers(&["ETag"])
    }

    /// Answers page by page, back in time.
    pub(super) const fn history(self, page: &'static str) -> Self {
        self.params(&["Id", "Before", "Limit"]).answers(Answer::Json(page))
    }

    pub(super) const fn errors(self, errors: &'static [u16]) -> Self {
        Self { errors, ..self }
    }

    pub(super) const fn open(self) -> Self {
        Self { open: true, ..self }
    }

    pub(super) const fn only(self, only: Only) -> Self {
        Self { only, ..self }
    }

    /// Serves also whoever must add a factor before anything else.
    pub(super) const fn enrols(self) -> Self {
        Self { enrols: true, ..self }
    }

    /// Serves from any network.
    pub(super) const fn leaves(self) -> Self {
        Self { leaves: true, ..self }
    }

    /// Is how a user proves to be there, in any browser.
    pub(super) const fn proves(self) -> Self {
        Self { proves: true, ..self }
    }

    /// Serves those of partner organisations too.
    pub(super) const fn partners(self) -> Self {
        Self { partners: true, ..self }
    }

    /// Needs a proof of the last minutes that the caller is there.
    pub(super) const fn fresh(self) -> Self {
        Self { fresh: Fresh::Yes, ..self }
    }

    /// As [`Route::fresh`], of whoever has a factor.
    pub(super) const fn fresh_of_factors(self) -> Self {
        Self { fresh: Fresh::OfFactors, ..self }
    }

    /// The whole path.
    #[must_use]
    pub fn full_path(&self) -> String {
        if self.path.starts_with("/health") { self.path.to_owned() } else { format!("{BASE}{}", self.path) }
    }
}
