//! Calls of the functions that expressions may use.

use rhai::Position;

use super::{Checker, Typed, highest, people};
use crate::{
    diagnostic::codes,
    expression::{Function, Mistake, Tree, Type},
    level::Level,
    syntax::closest,
    value::Value,
};

impl Checker<'_> {
    pub(super) fn function(&self, name: &str, arguments: Vec<Typed>, position: Position) -> Result<Typed, Mistake> {
        let Some(function) = Function::ALL.into_iter().find(|function| function.name() == name) else {
            let suggestion = closest(name, Function::ALL.iter().map(|function| function.name())).unwrap_or_default();
            let code = if name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                codes::UNKNOWN_FUNCTION
            } else {
                codes::CONSTRUCT
            };
            return Err(self.refuse(code, position).with("name", name).with("suggestion", suggestion));
        };
        if function == Function::WorkingDays {
            return Err(self.refuse(codes::NAME_NOT_YET, position).with("name", "working_days"));
        }
        let wanted = function.arity();
        if arguments.len() != wanted {
            return Err(self
                .refuse(codes::ARGUMENT_COUNT, position)
                .with("name", name)
                .with("expected", wanted.to_string())
                .with("found", arguments.len().to_string()));
        }
        self.apply(function, arguments, position)
    }

    fn apply(&self, function: Function, arguments: Vec<Typed>, position: Position) -> Result<Typed, Mistake> {
        let arguments = if function == Function::IsEmpty {
            arguments
        } else {
            arguments.into_iter().map(|one| self.there(one, position)).collect::<Result<Vec<_>, _>>()?
        };
        if function == Function::Contains {
            return self.contains(arguments, position);
        }
        let found: Vec<&Type> = arguments.iter().map(|argument| &argument.result).collect();
        let result = match (function, &*found) {
            (Function::MaxLevel, [Type::Picks]) => Type::Level,
            (Function::Count, [Type::Records | Type::Picks | Type::List(_)])
            | (Function::Len, [Type::Text])
            | (Function::Round, [Type::Number, Type::Number]) => Type::Number,
            (Function::Date, [Type::Text]) => return self.date(arguments, position),
            (Function::Days, [Type::Number]) => Type::Span,
            (Function::StartsWith, [Type::Text, Type::Text]) | (Function::IsEmpty, [_]) => Type::Bool,
            (Function::Min | Function::Max, [left, right]) if left == right && left.is_ordered() => (*left).clone(),
            _ => {
                let found = found.iter().map(|one| one.name()).collect::<Vec<_>>().join(", ");
                let mistake = self.refuse(codes::ARGUMENT_TYPE, position);
                return Err(mistake
                    .with("name", function.name())
                    .with("expected", function.takes())
                    .with("found", found));
            }
        };
        let hides_level = function == Function::MaxLevel
            || (function == Function::Count && matches!(found[..], [Type::Records | Type::Picks]));
        let level = if hides_level { Level::L0 } else { highest(&arguments) };
        Ok(Typed { tree: Tree::Call(function, arguments.into_iter().map(|one| one.tree).collect()), result, level })
    }

    /// `contains(text, part)`, and `item in list`, which Rhai reads as `contains(list, item)`.
    fn contains(&self, arguments: Vec<Typed>, position: Position) -> Result<Typed, Mistake> {
        let level = highest(&arguments);
        let Ok([mut list, mut item]) = <[Typed; 2]>::try_from(arguments) else {
            return Err(self.refuse(codes::ARGUMENT_COUNT, position));
        };
        let tree = match (&list.result, &item.result) {
            (Type::Text, Type::Text) => Tree::Call(Function::Contains, vec![list.tree, item.tree]),
            (Type::List(of), _) => {
                people::name_one(&mut item, of);
                if **of == Type::Text {
                    people::name_all(&mut list, &item.result);
                }
                if list.result != Type::List(Box::new(item.result.clone())) || !item.result.is_scalar() {
                    let of = if let Type::List(of) = &list.result { of } else { &list.result };
                    return Err(self.mixed(codes::IN_MIXED, position, &item.result, of));
                }
                Tree::In(Box::new(item.tree), Box::new(list.tree))
            }
            _ => return Err(self.mixed(codes::IN_NEEDS_LIST, position, &item.result, &list.result)),
        };
        Ok(Typed { tree, result: Type::Bool, level })
    }

    /// `date("2026-11-20")`: a literal is checked here and now.
    fn date(&self, arguments: Vec<Typed>, position: Position) -> Result<Typed, Mistake> {
        let level = highest(&arguments);
        let Some(Tree::Literal(Value::Text(day))) = arguments.first().map(|one| &one.tree) else {
            return Err(self.refuse(codes::DATE_NEEDS_LITERAL, position));
        };
        if chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").is_err() {
            return Err(self.refuse(codes::DATE_UNREADABLE, position).with("found", day.clone()));
        }
        let tree = Tree::Call(Function::Date, arguments.into_iter().map(|one| one.tree).collect());
        Ok(Typed { tree, result: Type::Date, level })
    }
}
