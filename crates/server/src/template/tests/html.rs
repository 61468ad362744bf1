//! Reads HTML as strictly as we write it: every element closed, every attribute quoted or bare, no stray `<`.

/// Elements that have no end.
const VOID: &[&str] = &["br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// One start tag.
pub struct Element {
    pub number: usize,
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The number of the nearest form around it.
    pub within: Option<usize>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(attribute, _)| attribute == name).map(|(_, value)| value.as_str())
    }
}

/// The elements in order, or the first thing that is wrong.
pub fn parse(source: &str) -> Result<Vec<Element>, String> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut rest = source;
    while let Some(start) = rest.find('<') {
        let tag_and_more = &rest[start + 1..];
        let end = end_of_tag(tag_and_more).ok_or_else(|| format!("a tag has no end: {}", excerpt(tag_and_more)))?;
        let tag = &tag_and_more[..end];
        rest = &tag_and_more[end + 1..];
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            match open.pop() {
                Some((expected, _)) if expected == name => {}
                other => return Err(format!("</{name}> ends {other:?}")),
            }
            continue;
        }
        let number = elements.len();
        let within = open.iter().rev().find(|(name, _)| name == "form").map(|(_, number)| *number);
        let element = read_tag(tag.trim_end_matches('/'), number, within)?;
        if element.name == "form" && within.is_some() {
            return Err(format!("a form within a form: <{tag}>"));
        }
        if !VOID.contains(&element.name.as_str()) && !tag.ends_with('/') {
            open.push((element.name.clone(), number));
        }
        elements.push(element);
    }
    if open.is_empty() { Ok(elements) } else { Err(format!("never ended: {open:?}")) }
}

fn end_of_tag(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(place, letter)| {
        quoted ^= letter == '"';
        (letter == '>' && !quoted).then_some(place)
    })
}

fn read_tag(tag: &str, number: usize, within: Option<usize>) -> Result<Element, String> {
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
    if name.is_empty() {
        return Err(format!("a stray <: {}", excerpt(tag)));
    }
    let mut attributes: Vec<(String, String)> = Vec::new();
    let mut rest = tag[name.len()..].trim_start();
    while !rest.is_empty() {
        let length = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let attribute = rest[..length].to_owned();
        if attributes.iter().any(|(other, _)| *other == attribute) {
            return Err(format!("{attribute} twice: <{tag}>"));
        }
        rest = rest[length..].trim_start();
        let value = match rest.strip_prefix('=') {
            None => String::new(),
            Some(after) => {
                let quoted = after.strip_prefix('"').ok_or_else(|| format!("{attribute} is not quoted: <{tag}>"))?;
                let close = quoted.find('"').ok_or_else(|| format!("{attribute} never ends: <{tag}>"))?;
                rest = quoted[close + 1..].trim_start();
                quoted[..close].to_owned()
            }
        };
        attributes.push((attribute, value));
    }
    Ok(Element { number, name, attributes, within })
}

fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}
