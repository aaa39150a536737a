//! The walk over a document that leaves no string and no key unseen.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::MutexGuard;

use super::holder::{Holder, NAME_KEYS, VALUE_KEYS, is_argument_of_secret, is_one_of};
use super::keys::{KeyMemory, KeyTraits};
use super::{BY_NAME, Redactor};
use crate::document::{Document, Field};
use crate::json::{Object, Value, join_lines, to_text};
use crate::redact::names::KeyPath;
use crate::redact::sighting::{Outer, Trail};
use crate::redact::{Finding, Mode, Onlooker, RuleMask, Sighting, is_placeholder};

/// What the envelope repeats of a producer's own words. All else in it is AWS's: names, numbers
/// and addresses.
pub(super) const PRODUCERS_OWN_WORDS: [Field; 3] =
    [Field::AwsCloudwatchLogGroup, Field::AwsCloudwatchLogStream, Field::AwsKinesisPartitionKey];

/// The shortest number that any rule finds, a payment card's.
const SHORTEST_SECRET_NUMBER: usize = 12;

/// `FOLLOWS` says whether anybody asks where the walk stands. It is known to the compiler, so that
/// nothing is left of the asking in a walk without onlooker and without exemptions by field.
pub(super) struct Walk<'r, 'w, 'o, const FOLLOWS: bool> {
    pub(super) redactor: &'r Redactor,
    /// The rules that may find anything, if there are any.
    pub(super) rules: Option<RuleMask>,
    pub(super) findings: Vec<Finding<'r>>,
    pub(super) counts: &'w mut BTreeMap<String, u64>,
    /// The rules that have found anything. Nothing is allocated while it is empty.
    pub(super) fired: BTreeSet<&'r str>,
    pub(super) embedded_depth: usize,
    is_finished: bool,
    pub(super) is_in_key: bool,
    /// `None` while another walk has it.
    keys: Option<MutexGuard<'r, KeyMemory>>,
    trail: Trail,
    onlooker: Option<&'w mut Onlooker<'o>>,
}

impl<'r, 'w, 'o, const FOLLOWS: bool> Walk<'r, 'w, 'o, FOLLOWS> {
    pub(super) fn new(
        redactor: &'r Redactor,
        rules: RuleMask,
        counts: &'w mut BTreeMap<String, u64>,
        onlooker: Option<&'w mut Onlooker<'o>>,
    ) -> Self {
        let trail = Trail::new(redactor.exemptions.hang_on_fields(), onlooker.is_some());
        Self {
            redactor,
            rules: (!rules.is_empty()).then_some(rules),
            findings: Vec::new(),
            counts,
            fired: BTreeSet::new(),
            embedded_depth: 0,
            is_finished: false,
            is_in_key: false,
            keys: redactor.free_keys(),
            trail,
            onlooker,
        }
    }

    pub(super) fn redact_document(&mut self, document: &mut Document<'_>) {
        self.redact_object(&mut document.source, Holder::Other, KeyPath::TOP);
        self.is_finished = document.is_finished;
        if !document.is_finished {
            // The envelope is not in the text for which the rules were chosen.
            self.rules = Some(RuleMask::all());
        }
        for (field, value) in document.fields.iter_mut() {
            if document.is_finished || PRODUCERS_OWN_WORDS.contains(&field) {
                let outer = self.enter(field.name());
                if !self.leaves_field() {
                    match value {
                        // Names of rules are no lines of one text and no name with its value.
                        Value::Array(rules) if field == Field::EventRedactions => {
                            for rule in rules {
                                self.redact_value(rule, Holder::Other, KeyPath::TOP);
                            }
                        }
                        value => self.redact_value(value, Holder::Other, KeyPath::TOP),
                    }
                }
                self.leave(outer);
            }
        }
        if !self.fired.is_empty() {
            self.tell_rules(document);
        }
    }

    /// Names the rules that have found anything in `document`, besides those that did so when it
    /// was finished before.
    fn tell_rules(&self, document: &mut Document<'_>) {
        let mut rules: BTreeSet<String> =
            self.fired.iter().map(|rule| (*rule).to_owned()).collect();
        match document.fields.remove(Field::EventRedactions) {
            Some(Value::Array(told)) => {
                rules.extend(told.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            Some(Value::String(told)) => {
                rules.insert(told.into_owned());
            }
            // The field has no other values.
            _ => {}
        }
        let rules: Vec<Value<'_>> = rules.into_iter().map(Value::from).collect();
        document.fields.set(Field::EventRedactions, Value::Array(rules));
    }

    /// `keys` are those below which the object stands.
    fn redact_object(&mut self, object: &mut Object<'_>, holder: Holder, keys: KeyPath<'_>) {
        if !FOLLOWS && holder == Holder::Other && self.has_plain_keys(object, keys) {
            for (key, value) in object.iter_mut() {
                self.redact_value(value, Holder::Other, keys.below(key));
                if let Some(redacted) = self.redacted_key(key) {
                    *key = Cow::Owned(redacted);
                }
            }
            return;
        }
        let of_value = self.holder_of_value(object);
        object.retain_mut(|key, value| {
            let outer = self.enter(key);
            let keeps =
                self.leaves_field() || self.redact_entry(key, value, holder, of_value, keys);
            if keeps && let Some(redacted) = self.redacted_key(key) {
                *key = Cow::Owned(redacted);
            }
            self.leave(outer);
            keeps
        });
    }

    /// Redacts the value under `key`, in an object that `holder` holds and in which `of_value`, if
    /// anything, holds the value. False when the entry must go.
    fn redact_entry(
        &mut self,
        key: &str,
        value: &mut Value<'_>,
        holder: Holder,
        of_value: Option<Holder>,
        keys: KeyPath<'_>,
    ) -> bool {
        let traits = self.traits_of(key);
        let own = match of_value {
            Some(holder) if is_one_of(key, VALUE_KEYS) => Some(holder),
            _ => self.is_secret_entry(keys, key, traits).then(|| Holder::of_name(key)),
        };
        let names_nothing = traits.names_nothing;
        let below = match (own, holder) {
            (Some(own), _) => own,
            (None, Holder::Other) => Holder::Other,
            // Nor does it become a part of a label's name.
            (None, holder) if names_nothing => holder,
            (None, _) => Holder::WithinSecret,
        };
        if own.is_some()
            && self.redactor.replacement.mode() == Mode::Remove
            && self.has_secret_leaf(value, below)
        {
            self.count(BY_NAME, 1);
            if self.onlooker.is_some() {
                let text = to_text(value);
                self.report(Some(BY_NAME), &text, 0..text.len(), None);
            }
            return false;
        }
        self.redact_value(value, below, if names_nothing { keys } else { keys.below(key) });
        true
    }

    /// Whether the keys of `object` say nothing, as those of most logs.
    fn has_plain_keys(&mut self, object: &Object<'_>, keys: KeyPath<'_>) -> bool {
        let names = self.redactor.names.as_ref();
        self.keys.as_mut().is_some_and(|memory| memory.are_plain(object, names, keys.is_top()))
    }

    fn traits_of(&mut self, key: &str) -> KeyTraits {
        let names = self.redactor.names.as_ref();
        match &mut self.keys {
            Some(keys) => keys.traits_of(key, names),
            None => KeyTraits::of(key, names),
        }
    }

    /// Whether the entry's name is a secret's; of a dotted one also the last part alone, as if the
    /// others were objects.
    fn is_secret_entry(&self, keys: KeyPath<'_>, key: &str, traits: KeyTraits) -> bool {
        let is_secret_below = |key: &str| {
            let names = self.redactor.names.as_ref();
            names.is_some_and(|names| names.is_secret_below(keys, key))
        };
        traits.is_secret
            || traits.may_end_secret
                && !keys.is_top()
                && (is_secret_below(key)
                    || key.rsplit_once('.').is_some_and(|(_, last)| is_secret_below(last)))
    }

    /// Goes below `key`, if anybody asks where the walk stands.
    fn enter(&mut self, key: &str) -> Outer {
        if !FOLLOWS {
            return Outer::default();
        }
        let mut shown = None;
        if self.trail.is_shown() {
            // A secret in the key is told when the key itself is redacted.
            let mut counts = BTreeMap::new();
            let mut aside = Walk::<false>::new(self.redactor, RuleMask::all(), &mut counts, None);
            shown = aside.redacted_text(key);
        }
        self.trail.enter(key, shown.as_deref().unwrap_or(key))
    }

    /// Goes back up.
    fn leave(&mut self, outer: Outer) {
        if FOLLOWS {
            self.trail.leave(outer);
        }
    }

    /// Whether an exemption leaves the field where the walk stands as it is.
    fn leaves_field(&mut self) -> bool {
        if !FOLLOWS {
            return false;
        }
        let redactor = self.redactor;
        let path = self.trail.actual();
        let exemption = path.and_then(|path| redactor.exemptions.of_field(path, self.is_finished));
        if exemption.is_some() {
            self.report(None, "", 0..0, exemption);
        }
        exemption.is_some()
    }

    pub(super) fn report(
        &mut self,
        rule: Option<&str>,
        text: &str,
        span: Range<usize>,
        exemption: Option<&str>,
    ) {
        if FOLLOWS && let Some(onlooker) = &mut self.onlooker {
            let (path, is_key) = (self.trail.shown(), self.is_in_key);
            onlooker(&Sighting { rule, path, is_key, text, span, exemption });
        }
    }

    fn is_secret(&self, name: &str) -> bool {
        self.redactor.names.as_ref().is_some_and(|names| names.is_secret(name))
    }

    /// What holds the value of an object that is a name and a value, if the name is a secret's.
    fn holder_of_value(&self, object: &Object<'_>) -> Option<Holder> {
        object.iter().find(|(key, _)| is_one_of(key, VALUE_KEYS))?;
        let mut names = object.iter().filter(|(key, _)| is_one_of(key, NAME_KEYS));
        names.find_map(|(_, name)| {
            let name = name.as_str().filter(|name| self.is_secret(name))?;
            Some(Holder::of_name(name))
        })
    }

    pub(super) fn redact_value(
        &mut self,
        value: &mut Value<'_>,
        holder: Holder,
        keys: KeyPath<'_>,
    ) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => {
                if holder.masks_number(number.as_str()) && !self.leaves_value(number.as_str()) {
                    *value = Value::from(self.marker(number.as_str()));
                } else if number.as_str().len() >= SHORTEST_SECRET_NUMBER
                    && let Some(redacted) = self.redacted_text(number.as_str())
                {
                    *value = Value::from(redacted);
                }
            }
            Value::String(text) => {
                let redacted = if holder == Holder::Other {
                    let embedded = if may_be_json(text) { self.embedded_json(text) } else { None };
                    match embedded {
                        Some(value) => self.redacted_json(value),
                        None => self.redacted_text(text),
                    }
                } else if is_placeholder(text) || self.leaves_value(text) {
                    None
                } else {
                    Some(self.marker(text))
                };
                if let Some(redacted) = redacted {
                    *text = Cow::Owned(redacted);
                }
            }
            Value::Array(elements) => self.redact_array(elements, holder, keys),
            Value::Object(object) => self.redact_object(object, holder, keys),
        }
    }

    fn redact_array(&mut self, elements: &mut Vec<Value<'_>>, holder: Holder, keys: KeyPath<'_>) {
        if holder == Holder::Other {
            self.redact_lines(elements);
        }
        let is_pair = elements.len() == 2;
        // What the string before makes of an element.
        let mut next = None;
        for element in elements {
            let of_element = next.take().unwrap_or(holder);
            if holder == Holder::Other {
                next = element.as_str().and_then(|text| self.holder_after(text, is_pair));
            }
            let is_next = of_element != holder;
            if is_next && !is_argument_of_secret(element) {
                self.redact_value(element, holder, keys);
            } else {
                self.redact_value(element, of_element, keys);
            }
        }
    }

    /// What holds the element after the string `text`: a header or parameter of which an array of
    /// two is name and value, or an option on a command line.
    fn holder_after(&self, text: &str, is_pair: bool) -> Option<Holder> {
        let is_name = text.len() <= 64 && !text.contains(['=', ' ', '\n']);
        (is_name && (is_pair || text.starts_with('-')) && self.is_secret(text))
            .then(|| Holder::of_name(text))
    }

    /// Redacts an array of strings as the text that its lines are for the stages after this one:
    /// a secret may begin in one and end in another, or be told by the line before it. Such an
    /// array becomes the lines of the redacted text.
    fn redact_lines(&mut self, elements: &mut Vec<Value<'_>>) {
        if self.rules.is_none() || elements.len() < 2 {
            return;
        }
        let Some((text, ends)) = join_lines(elements) else {
            return;
        };
        let mut findings = std::mem::take(&mut self.findings);
        self.scan(&text, &mut findings);
        let crosses = |finding: &Finding<'_>| {
            ends.iter().any(|end| finding.span.start < *end && *end < finding.span.end)
        };
        let redacted = if findings.is_empty() {
            None
        } else if findings.iter().any(crosses) {
            Some(self.replace(&text, &findings))
        } else {
            // What shows in single lines is replaced there, which leaves the array as it is.
            for element in elements.iter_mut() {
                self.redact_value(element, Holder::Other, KeyPath::TOP);
            }
            join_lines(elements).and_then(|(text, _)| {
                self.scan(&text, &mut findings);
                (!findings.is_empty()).then(|| self.replace(&text, &findings))
            })
        };
        self.findings = findings;
        if let Some(redacted) = redacted {
            *elements = redacted.lines().map(|line| Value::from(line.to_owned())).collect();
        }
    }

    /// Whether there is anything in `value` that masking would change.
    fn has_secret_leaf(&self, value: &Value<'_>, holder: Holder) -> bool {
        let is_exempt = |text: &str| self.redactor.exemptions.of_value(text).is_some();
        match value {
            Value::Null | Value::Bool(_) => false,
            Value::Number(number) => {
                holder.masks_number(number.as_str()) && !is_exempt(number.as_str())
            }
            Value::String(text) => !is_placeholder(text) && !is_exempt(text),
            Value::Array(elements) => {
                elements.iter().any(|value| self.has_secret_leaf(value, holder))
            }
            Value::Object(object) => {
                object.iter().any(|(_, value)| self.has_secret_leaf(value, Holder::WithinSecret))
            }
        }
    }
}

/// Whether JSON of an object or an array may stand in `text`, by its first byte alone.
#[inline]
fn may_be_json(text: &str) -> bool {
    let first = text.bytes().next();
    // White space of Unicode begins with other bytes than ASCII.
    first.is_some_and(|byte| byte <= b' ' || matches!(byte, b'{' | b'[') || !byte.is_ascii())
}
