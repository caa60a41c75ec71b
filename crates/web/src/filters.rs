//! What templates say: messages in the language of the request.
//!
//! `{{ "key"|t }}` is text. `{{ "key"|rich }}` may have markup: the message is ours, and what it is told is
//! escaped first. `t1`, `t2`, `rich1`, … tell it so many values by their names.

#![allow(
    clippy::inline_always,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    unreachable_pub,
    reason = "a filter has the shape that templates call, and each number of values has one"
)]

use std::borrow::Cow;

use askama::{filter_fn, filters::Safe};

type Said = askama::Result<Cow<'static, str>>;
type Rich = askama::Result<Safe<Cow<'static, str>>>;

/// What a message may be told.
pub(crate) trait Told {
    /// As it is.
    fn arg(&self) -> words::Arg<'_>;

    /// With no markup of its own.
    fn escaped(&self) -> words::Arg<'_> {
        self.arg()
    }
}

impl<T: Told + ?Sized> Told for &T {
    fn arg(&self) -> words::Arg<'_> {
        (**self).arg()
    }

    fn escaped(&self) -> words::Arg<'_> {
        (**self).escaped()
    }
}

impl Told for str {
    fn arg(&self) -> words::Arg<'_> {
        self.into()
    }

    fn escaped(&self) -> words::Arg<'_> {
        escape(self).into()
    }
}

impl Told for String {
    fn arg(&self) -> words::Arg<'_> {
        self.as_str().into()
    }

    fn escaped(&self) -> words::Arg<'_> {
        escape(self).into()
    }
}

impl Told for Cow<'_, str> {
    fn arg(&self) -> words::Arg<'_> {
        self.as_ref().into()
    }

    fn escaped(&self) -> words::Arg<'_> {
        escape(self).into()
    }
}

/// Markup that we wrote ourselves, out of nothing that people wrote.
#[derive(Clone, Debug)]
pub struct Markup(pub(crate) String);

/// It stays what it is where markup is welcome.
impl Told for Markup {
    fn arg(&self) -> words::Arg<'_> {
        self.0.as_str().into()
    }
}

/// Numbers that messages count.
macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Told for $number {
            fn arg(&self) -> words::Arg<'_> {
                i64::try_from(*self).unwrap_or(i64::MAX).into()
            }
        }
    )*};
}

numbers!(i64, i32, u8, u16, u32, u64, usize);

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

/// A message.
#[filter_fn]
pub(crate) fn t(key: &str, _: &dyn askama::Values) -> Said {
    Ok(words::say(key))
}

/// A message that is told one thing.
#[filter_fn]
pub(crate) fn t1<A: Told>(key: &str, _: &dyn askama::Values, name: &str, a: A) -> Said {
    Ok(words::say_with(key, &[(name, a.arg())]))
}

/// A message that is told two things.
#[filter_fn]
pub(crate) fn t2<A: Told, B: Told>(
    key: &str,
    _: &dyn askama::Values,
    first: &str,
    a: A,
    second: &str,
    b: B,
) -> Said {
    Ok(words::say_with(key, &[(first, a.arg()), (second, b.arg())]))
}

/// A message that is told three things.
#[filter_fn]
pub(crate) fn t3<A: Told, B: Told, C: Told>(
    key: &str,
    _: &dyn askama::Values,
    first: &str,
    a: A,
    second: &str,
    b: B,
    third: &str,
    c: C,
) -> Said {
    Ok(words::say_with(key, &[(first, a.arg()), (second, b.arg()), (third, c.arg())]))
}

/// A message with markup.
#[filter_fn]
pub(crate) fn rich(key: &str, _: &dyn askama::Values) -> Rich {
    Ok(Safe(words::say(key)))
}

/// A message with markup that is told one thing.
#[filter_fn]
pub(crate) fn rich1<A: Told>(key: &str, _: &dyn askama::Values, name: &str, a: A) -> Rich {
    Ok(Safe(words::say_with(key, &[(name, a.escaped())])))
}

/// A message with markup that is told two things.
#[filter_fn]
pub(crate) fn rich2<A: Told, B: Told>(
    key: &str,
    _: &dyn askama::Values,
    first: &str,
    a: A,
    second: &str,
    b: B,
) -> Rich {
    Ok(Safe(words::say_with(key, &[(first, a.escaped()), (second, b.escaped())])))
}
