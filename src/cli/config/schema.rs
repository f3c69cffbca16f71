//! The JSON Schema of `pactum.toml`: every key that is read, with what it may be.

use serde_json::{Value, json};

use crate::policy::Profile;

use super::EDITIONS;

/// The schema.
pub(in crate::cli) fn schema() -> Value {
    let words = Profile::ALL.map(Profile::word);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pactum.toml",
        "description": "How pactum checks the agreements in this folder and below.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "extend": {
                "description": "Another pactum.toml whose word counts where this one says nothing, relative to this file.",
                "type": "string",
            },
            "edition": {
                "description": "The meanings of the language and the standard rules to keep to.",
                "enum": EDITIONS,
            },
            "profile": {
                "description": "How much is asked; essential where nothing is said.",
                "enum": words,
            },
            "policies": {
                "description": "Own policy files and folders, relative to this file.",
                "type": "array",
                "items": { "type": "string" },
            },
            "calendars": {
                "description": "Files of days off that the calendars of agreements name, relative to this file.",
                "type": "array",
                "items": { "type": "string" },
            },
            "us": {
                "description": "The party that is us, by its name in the agreements.",
                "type": "string",
            },
            "fail-on": {
                "description": "The least severity that makes the exit code 1; error where nothing is said.",
                "enum": ["error", "warning", "advice"],
            },
            "baseline": {
                "description": "A file that records what was found before (pactum check --write-baseline), relative to this file.",
                "type": "string",
            },
            "rules": { "$ref": "#/$defs/rules" },
            "overrides": overrides(),
        },
        "$defs": definitions(),
    })
}

fn overrides() -> Value {
    json!({
        "description": "Changes for some of the agreements; a later one wins.",
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["paths"],
            "properties": {
                "paths": {
                    "description": "For which agreements: patterns relative to this file.",
                    "type": "array",
                    "items": { "type": "string" },
                },
                "rules": { "$ref": "#/$defs/rules" },
            },
        },
    })
}

fn definitions() -> Value {
    json!({
        "rules": {
            "description": "Changes of rules, by the rule's id (pactum rules lists them).",
            "type": "object",
            "additionalProperties": { "$ref": "#/$defs/rule" },
        },
        "rule": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "severity": {
                    "description": "How much its findings matter; off does not ask it.",
                    "enum": ["error", "warning", "advice", "off"],
                },
                "params": {
                    "description": "Values of its parameters (pactum explain RULE lists them).",
                    "type": "object",
                    "additionalProperties": { "anyOf": [
                        { "$ref": "#/$defs/value" },
                        { "type": "array", "items": { "$ref": "#/$defs/value" } },
                    ]},
                },
            },
        },
        "value": {
            "description": "A value as a policy writes it, such as \"60 days\"; numbers, dates, true and false may stand without quotes.",
            "type": ["string", "number", "boolean"],
        },
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{KEYS, OVERRIDE_KEYS, RULE_KEYS};
    use super::*;

    fn keys(value: &Value) -> BTreeSet<&str> {
        value["properties"].as_object().unwrap().keys().map(String::as_str).collect()
    }

    /// What is read is in the schema, and nothing else is.
    #[test]
    fn the_schema_has_every_key_that_is_read() {
        let schema = schema();
        assert_eq!(keys(&schema), KEYS.into_iter().collect());
        let each = &schema["properties"]["overrides"]["items"];
        assert_eq!(keys(each), OVERRIDE_KEYS.into_iter().collect());
        assert_eq!(keys(&schema["$defs"]["rule"]), RULE_KEYS.into_iter().collect());
    }
}
