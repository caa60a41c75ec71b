//! Forms as a browser without scripts sees them: what is filled in is what is sent.

use url::form_urlencoded::Serializer;

/// A form on a page, filled in as the page gave it.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// The first form of a page that posts to this address.
    pub(crate) fn find(html: &str, action: &str) -> Option<Self> {
        let mut forms = html.split("<form").skip(1);
        let form = forms.find(|form| {
            let tag = form.split('>').next().unwrap();
            attribute(tag, "action").as_deref() == Some(action) && tag.contains("method=\"post\"")
        })?;
        let form = form.split("</form>").next().unwrap();
        Some(Self { action: action.to_owned(), fields: fields(form) })
    }

    /// Types something, or chooses it.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Leaves a field out, as no browser would.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self
    }

    /// Goes to another address, as no browser would send it.
    pub(crate) fn to(mut self, action: &str) -> Self {
        action.clone_into(&mut self.action);
        self
    }

    /// What stands in a field.
    pub(crate) fn value(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|(known, _)| known == name);
        field.map_or("", |(_, value)| value.as_str())
    }

    /// What is sent.
    pub(crate) fn body(&self) -> String {
        Serializer::new(String::new()).extend_pairs(&self.fields).finish()
    }
}

fn fields(form: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for tag in form.split("<input").skip(1) {
        let tag = tag.split('>').next().unwrap();
        let choice = tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\"");
        if !choice || tag.contains(" checked") {
            let value = attribute(tag, "value").unwrap_or_default();
            fields.push((attribute(tag, "name").unwrap(), value));
        }
    }
    for area in form.split("<textarea").skip(1) {
        let (tag, rest) = area.split_once('>').unwrap();
        let text = rest.split("</textarea>").next().unwrap();
        let text = text.strip_prefix('\n').unwrap_or(text);
        fields.push((attribute(tag, "name").unwrap(), plain(text)));
    }
    for select in form.split("<select").skip(1) {
        let (tag, rest) = select.split_once('>').unwrap();
        let options = rest.split("</select>").next().unwrap();
        let mut options = options.split("<option").skip(1);
        let chosen = options.clone().find(|option| option.contains(" selected"));
        let value = chosen.or_else(|| options.next()).map(|option| attribute(option, "value"));
        fields.push((attribute(tag, "name").unwrap(), value.unwrap().unwrap()));
    }
    fields
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?;
    Some(plain(value.split('"').next().unwrap()))
}

/// Text as a reader sees it.
pub(crate) fn plain(html: &str) -> String {
    html.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}
