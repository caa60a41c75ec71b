//! Closed lists of words that are stored and spoken as text.

/// Declares an enum whose variants are words; unknown words name the list of right ones.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident, $field:literal, { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every word of the list, in the order in which people are shown it.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as stored and as the API spells it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads a word; anything else is an [`Invalid`](crate::Invalid) that lists the right ones.
            pub fn parse(text: &str) -> Result<Self, crate::Invalid> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(crate::Invalid::new($field, concat!("must be one of:" $(, " ", $word)+))),
                }
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.word().to_owned()
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::Invalid;

            fn try_from(text: String) -> Result<Self, crate::Invalid> {
                Self::parse(&text)
            }
        }
    };
}

pub(crate) use words;
