//! How a record and its facts are written down: one line a fact.

/// `req` for a fact that is always there, `opt` for one that may be missing.
macro_rules! optional {
    (req) => {
        false
    };
    (opt) => {
        true
    };
}

/// The names of the shared facts a record answers.
macro_rules! shared {
    () => {
        &[]
    };
    ($shared:expr) => {
        &$shared
    };
}

/// Statics of type `RecordType`, each with the accessors of its facts.
macro_rules! records {
    ($(
        $static:ident $name:literal $variant:ident($part:ident, $facts:ident) $doc:literal $(with $shared:expr;)? {
            $($need:ident $field:literal $type:expr, $says:literal => $get:expr;)*
        }
    )*) => {
        $(
            #[doc = $doc]
            pub(in crate::vocabulary) static $static: crate::vocabulary::RecordType = crate::vocabulary::RecordType {
                name: $name,
                doc: $doc,
                section: super::is_section($name),
                shared: shared!($($shared)?),
                fields: &[$(crate::vocabulary::Field {
                    name: $field,
                    ty: $type,
                    optional: optional!($need),
                    doc: $says,
                    get: {
                        #[allow(unused_variables, reason = "not every fact needs the whole agreement")]
                        fn get<'a>(
                            record: crate::vocabulary::Record<'a>,
                            $facts: crate::vocabulary::Facts<'a>,
                        ) -> crate::vocabulary::Fact<'a> {
                            let crate::vocabulary::Record::$variant($part) = record else {
                                unreachable!("the resolver asks {} for its own facts only", $name)
                            };
                            $get
                        }
                        get
                    },
                },)*],
            };
        )*
    };
}
