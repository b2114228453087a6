//! What a verification can find, in words.

use kernel::Text;

/// Where something was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The event at this place in the tree.
    Event(u64),
    /// A kept node: level, index.
    Node(u8, u64),
    /// The nodes as a whole.
    Nodes,
    /// The checkpoint in the database.
    Checkpoint,
    /// The checkpoint outside the database.
    Outside,
}

macro_rules! detected {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $pl:literal, $en:literal;)*) => {
        /// What can be found.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Detected { $($(#[$doc])* $name),* }

        impl Detected {
            /// Stable name in kebab case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// What it means.
            #[must_use]
            pub const fn text(self) -> Text {
                match self { $(Self::$name => Text::of($pl, $en)),* }
            }
        }
    };
}

detected! {
    /// A place is empty or filled twice.
    Sequence = "sequence",
        "Kolejne zdarzenie ma niewłaściwy numer: brakuje zdarzenia albo jedno powtórzono.",
        "The next event has a wrong number: an event is missing or repeated.";
    /// The kept hash is not that of the bytes.
    Hash = "hash",
        "Zapisany skrót nie zgadza się z treścią zdarzenia.",
        "The kept hash does not match the bytes of the event.";
    /// The bytes are no event.
    Bytes = "bytes",
        "Treści zdarzenia nie da się odczytać.",
        "The bytes of the event cannot be read.";
    /// A column beside the bytes says something else than they do.
    Columns = "columns",
        "Kolumny obok zdarzenia mówią co innego niż jego treść.",
        "The columns beside the event say something else than its bytes.";
    /// Time runs backwards.
    Clock = "clock",
        "Zdarzenie jest wcześniejsze od poprzedniego: cofnięto zegar.",
        "The event is earlier than the one before it: the clock was set back.";
    /// A kept node is missing or wrong.
    Node = "node",
        "Zapisany węzeł drzewa jest niewłaściwy albo go brakuje.",
        "A kept node of the tree is wrong or missing.";
    /// There are nodes that belong to nothing.
    NodeCount = "node-count",
        "Zapisano inną liczbę węzłów drzewa, niż wynika ze zdarzeń.",
        "The number of kept nodes is not the one that the events give.";
    /// There is no checkpoint in the database.
    NoCheckpoint = "no-checkpoint",
        "Brakuje punktu kontrolnego w bazie danych.",
        "The checkpoint in the database is missing.";
    /// A checkpoint cannot be read.
    Form = "form",
        "Punktu kontrolnego nie da się odczytać.",
        "The checkpoint cannot be read.";
    /// A checkpoint is not signed by the log's key.
    Signature = "signature",
        "Podpis punktu kontrolnego nie zgadza się z kluczem organizacji.",
        "The signature of the checkpoint does not match the organisation's key.";
    /// A checkpoint is of another log.
    Origin = "origin",
        "Punkt kontrolny należy do innego dziennika.",
        "The checkpoint is of another ledger.";
    /// The checkpoint in the database counts another number of events.
    Size = "size",
        "Liczba zdarzeń nie zgadza się z punktem kontrolnym.",
        "The number of events is not the one in the checkpoint.";
    /// The events do not give the checkpoint's root.
    Root = "root",
        "Zdarzenia nie zgadzają się z punktem kontrolnym: zmieniono je albo przestawiono.",
        "The events do not match the checkpoint: they were altered or reordered.";
    /// The database is behind the checkpoint outside.
    RolledBack = "rolled-back",
        "Baza danych jest starsza niż punkt kontrolny poza nią: podstawiono wcześniejszą kopię.",
        "The database is older than the checkpoint outside it: an earlier copy was put in its place.";
    /// The database has another past than the checkpoint outside.
    Forked = "forked",
        "Dziennik ma inną przeszłość niż punkt kontrolny poza bazą danych.",
        "The ledger has another past than the checkpoint outside the database.";
}

impl Detected {
    /// Whether it shows that something was altered. A clock set back by itself does not.
    #[must_use]
    pub const fn is_grave(self) -> bool {
        !matches!(self, Self::Clock)
    }
}

/// Something found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What; gives code and text.
    pub what: Detected,
    /// Where.
    pub place: Place,
}

impl Finding {
    /// Stable name in kebab case.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.what.code()
    }

    /// What and where, for people.
    #[must_use]
    pub fn text(&self) -> Text {
        let (pl, en) = match self.place {
            Place::Event(seq) => (format!("zdarzenie {seq}"), format!("event {seq}")),
            Place::Node(level, index) => (format!("węzeł {level}/{index}"), format!("node {level}/{index}")),
            Place::Nodes => ("węzły".to_owned(), "nodes".to_owned()),
            Place::Checkpoint => {
                ("punkt kontrolny w bazie".to_owned(), "checkpoint in the database".to_owned())
            }
            Place::Outside => ("punkt kontrolny poza bazą".to_owned(), "checkpoint outside".to_owned()),
        };
        let what = self.what.text();
        Text::new(format!("{pl}: {}", what.pl), format!("{en}: {}", what.en))
    }
}
