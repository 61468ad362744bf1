//! The names that definitions give to things. Each is a type of its own, so that a role never stands where a form is meant.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! name_type {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Wraps a name whose spelling the caller has checked, or that came from storage.
            pub fn new(name: impl Into<Arc<str>>) -> Self {
                Self(name.into())
            }

            /// The name as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}({})", stringify!($name), self.0)
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(name.into())
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(|name| Self(name.into()))
            }
        }
    )*};
}

name_type! {
    /// A form: `export-request`.
    FormId,
    /// A workflow: `export-approval`.
    WorkflowId,
    /// A role: `sales-manager`.
    RoleId,
    /// A department: `sales-east`.
    DepartmentId,
    /// A person's sign-in name: `li.na`.
    Login,
    /// A step of a workflow: `manager`.
    StepId,
    /// A field of a form, or a column of a table field.
    FieldName,
    /// A `let` of a workflow.
    LetName,
    /// A case variable that `set` steps give a value.
    VariableName,
    /// What the steps of an `each` call their item.
    ItemName,
    /// Something that happens outside: `contract-signed`.
    EventName,
    /// How a case may end: `approved rejected cancelled` or one of the workflow's own.
    OutcomeName,
}
