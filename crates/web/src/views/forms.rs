//! What forms share.

/// What is wrong with a form.
#[derive(Clone, Debug, Default)]
pub struct FormErrors(pub Vec<FormError>);

/// What is wrong with a field.
#[derive(Clone, Debug)]
pub struct FormError {
    /// The field's name; empty when it is about the whole form.
    pub field: &'static str,
    /// What to do about it.
    pub message: String,
}

/// Something to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
}

impl FormErrors {
    /// Is all well?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with this field?
    pub fn on(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }
}
