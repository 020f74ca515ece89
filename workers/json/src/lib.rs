//! Reads JSON and queries into any type that serde reads, in little code.
//!
//! serde makes a parser of its own for each type: for some hundred types that is a quarter of the Worker's script. Here text
//! becomes a tree once for all, and what is made for each type only takes that apart. It also knows where in the tree it
//! is, so a fault names its place.

mod fault;
mod read;
mod tree;

pub use fault::Fault;

use serde::de::DeserializeOwned;

/// Reads JSON text.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    T::deserialize(tree::of_json(text)?)
}

/// Reads the query of a URL, percent-encoded and without its `?`. Its words stand for text, numbers and flags alike.
pub fn from_query<T: DeserializeOwned>(query: &str) -> Result<T, Fault> {
    T::deserialize(tree::of_query(query))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde::Deserialize;
    use serde_json::Value;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Form {
        name: String,
        #[serde(default)]
        some_count: Option<u8>,
        #[serde(default)]
        share: f64,
        #[serde(default)]
        shift: i32,
        #[serde(default)]
        active: bool,
        #[serde(default)]
        kinds: Vec<Kind>,
        #[serde(default)]
        inner: Option<Box<Form>>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Plain,
        Held(u8),
        Both(u8, u8),
        Named { size: u8 },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Tagged {
        One { size: u8 },
        Two,
    }

    fn fault<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> (String, String) {
        let fault = from_str::<T>(text).unwrap_err();
        (fault.path().to_owned(), fault.message().to_owned())
    }

    /// serde's own reader of JSON gives the same.
    fn same<T: DeserializeOwned + std::fmt::Debug + PartialEq>(text: &str) {
        let ours = from_str::<T>(text);
        let theirs = serde_json::from_str::<T>(text);
        match (&ours, &theirs) {
            (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{text}"),
            (Err(_), Err(_)) => {}
            _ => assert_eq!(ours.is_ok(), theirs.is_ok(), "{text}: {ours:?} {theirs:?}"),
        }
    }

    #[test]
    fn what_is_read_is_what_serdes_own_reader_reads() {
        for text in [
            r#"{"name":"a\u0000b","someCount":null,"share":1,"shift":-2,"active":true,
                "kinds":["plain",{"held":1},{"both":[1,2]},{"named":{"size":3}},{"plain":null}],"inner":{"name":""}}"#,
            r#"{"name":"a","share":-1.5e3,"someCount":255}"#,
            r#"{"name":"a","someCount":256}"#,
            r#"{"name":"a","someCount":-1}"#,
            r#"{"name":"a","someCount":1.0}"#,
            r#"{"name":"a","share":"1"}"#,
            r#"{"name":"a","active":1}"#,
            r#"{"name":"a","active":"true"}"#,
            r#"{"name":"a","kinds":["none"]}"#,
            r#"{"name":"a","kinds":[{"plain":1}]}"#,
            r#"{"name":"a","kinds":["held"]}"#,
            r#"{"name":"a","kinds":[{"held":1,"plain":2}]}"#,
            r#"{"name":"a","kinds":[1]}"#,
            r#"{"name":"a","kinds":{}}"#,
            r#"{"name":1}"#,
            r#"{"name":"a","name":"b"}"#,
            r#"{"name":"a","x":1}"#,
            "{}",
            "null",
            "",
            "{",
            "{}x",
        ] {
            same::<Form>(text);
        }
        for text in [
            r#"{"kind":"one","size":1}"#,
            r#"{"kind":"two"}"#,
            r#"{"size":1}"#,
        ] {
            same::<Tagged>(text);
        }
        let numbers = r#"[0,18446744073709551615,-9223372036854775808,1e400,0.1]"#;
        for text in [r#"{"a":[1,{"b":null}],"c":"d"}"#, "[[[]]]", "1.5", numbers] {
            same::<Value>(text);
        }
        same::<(u8, String)>(r#"[1,"a"]"#);
        same::<(u8, String)>(r#"[1]"#);
        same::<Option<u8>>("null");
        same::<()>("null");
        let deep = "[".repeat(10_000);
        same::<Value>(&deep);
    }

    #[test]
    fn a_fault_names_its_place() {
        for (text, path, message) in [
            (
                r#"{"name":1}"#,
                "name",
                "invalid type: integer `1`, expected a string",
            ),
            (r#"{}"#, "", "missing field `name`"),
            (r#"{"name":"","name":""}"#, "", "duplicate field `name`"),
            (
                r#"{"name":"","inner":{"name":[]}}"#,
                "inner.name",
                "invalid type: sequence",
            ),
            (r#"{"name":"","inner":{}}"#, "inner", "missing field `name`"),
            (
                r#"{"name":"","kinds":["plain","x"]}"#,
                "kinds[1]",
                "unknown variant `x`",
            ),
            (
                r#"{"name":"","kinds":[{"named":{"size":""}}]}"#,
                "kinds[0].size",
                "invalid type",
            ),
            (
                r#"{"name":"","someCount":300}"#,
                "someCount",
                "invalid value: integer `300`",
            ),
            ("[]", "", "invalid type: sequence"),
        ] {
            let found = fault::<Form>(text);
            assert_eq!(found.0, path, "{text}");
            assert!(found.1.starts_with(message), "{text}: {}", found.1);
            assert!(from_str::<Form>(text).unwrap_err().is_json(), "{text}");
        }
        let (path, _) = fault::<Vec<Vec<u8>>>("[[1],[2,true]]");
        assert_eq!(path, "[1][1]");
        let cut = from_str::<Form>(r#"{"name":1"#).unwrap_err();
        assert!(!cut.is_json());
        assert_eq!(
            cut.message(),
            "EOF while parsing an object at line 1 column 9"
        );
    }

    #[test]
    fn the_words_of_a_query_are_what_they_are_wanted_for() {
        let form: Form =
            from_query("name=12%20a+b&someCount=7&share=0.5&shift=-3&active=true").unwrap();
        let read = Form {
            name: "12 a b".to_owned(),
            some_count: Some(7),
            share: 0.5,
            shift: -3,
            active: true,
            kinds: Vec::new(),
            inner: None,
        };
        assert_eq!(form, read);
        let path = |query| from_query::<Form>(query).unwrap_err().path().to_owned();
        assert_eq!(path("name=&someCount=x"), "someCount");
        assert_eq!(path("name=&someCount="), "someCount");
        assert_eq!(path("name=&someCount=-1"), "someCount");
        assert_eq!(path("name=&someCount=256"), "someCount");
        assert_eq!(path("name=&active=1"), "active");
        assert_eq!(path("name=&kinds=plain"), "kinds");
        assert_eq!(path("name=&name="), "");
        assert_eq!(path("name=&x="), "");
    }
}
