//! Names, paths and methods: `rows`, `request.fields`, `purpose.len()`.

use rhai::{ASTFlags, Expr, FnCallExpr, Position};

use super::{Checker, Typed, literal};
use crate::{
    diagnostic::codes,
    expression::{Function, Mistake, Tree, Type},
    level::Level,
    value::Value,
};

/// What follows a dot.
enum Link<'e> {
    Property(&'e str),
    Method(&'e FnCallExpr, Position),
}

impl Checker<'_> {
    /// A name, a path, or a value followed by methods: `request.fields`, `purpose.len()`.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "Rhai may grow: whatever is not named here is an expression of its own"
    )]
    pub(super) fn chain(&mut self, expr: &Expr) -> Result<Typed, Mistake> {
        let mut links = Vec::new();
        let base = self.flatten(expr, &mut links)?;
        let mut links = links.into_iter().peekable();
        let mut typed = match base {
            Expr::Variable(name, _, position) => {
                let mut path = vec![name.1.to_string()];
                while let Some(Link::Property(name)) = links.peek() {
                    path.push((*name).to_owned());
                    links.next();
                }
                let is_receiver_that_may_be_empty =
                    matches!(links.peek(), Some(Link::Method(call, _)) if call.name == Function::IsEmpty.name());
                self.may_be_empty += u32::from(is_receiver_that_may_be_empty);
                let typed = self.path(path, *position);
                self.may_be_empty -= u32::from(is_receiver_that_may_be_empty);
                typed?
            }
            other => self.expression(other)?,
        };
        for link in links {
            let Link::Method(call, position) = link else {
                return Err(self.refuse(codes::CONSTRUCT, expr.start_position()));
            };
            let mut arguments = vec![typed];
            for argument in &call.args {
                arguments.push(self.expression(argument)?);
            }
            typed = self.function(&call.name, arguments, position)?;
        }
        Ok(typed)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "Rhai may grow: whatever is not named here is refused")]
    fn flatten<'e>(&self, expr: &'e Expr, links: &mut Vec<Link<'e>>) -> Result<&'e Expr, Mistake> {
        let Expr::Dot(pair, flags, position) = expr else { return Ok(expr) };
        if flags.contains(ASTFlags::NEGATED) {
            return Err(self.refuse(codes::CONSTRUCT, *position));
        }
        let base = self.flatten(&pair.lhs, links)?;
        let mut right = &pair.rhs;
        loop {
            let (link, rest) = match right {
                Expr::Dot(_, flags, position) if flags.contains(ASTFlags::NEGATED) => {
                    return Err(self.refuse(codes::CONSTRUCT, *position));
                }
                Expr::Dot(pair, _, _) => (&pair.lhs, Some(&pair.rhs)),
                last => (last, None),
            };
            links.push(match link {
                Expr::Property(property, _) => Link::Property(property.2.as_str()),
                Expr::MethodCall(call, position) => Link::Method(call, *position),
                other => return Err(self.refuse(codes::CONSTRUCT, other.start_position())),
            });
            let Some(rest) = rest else { return Ok(base) };
            right = rest;
        }
    }

    fn path(&mut self, path: Vec<String>, position: Position) -> Result<Typed, Mistake> {
        let name = path.join(".");
        if let Some((result, level)) = self.scope.get(&name) {
            if self.may_be_empty == 0 && !matches!(result, Type::Optional(_)) {
                self.promised.push(path.clone());
            }
            return Ok(Typed { tree: Tree::Path(path), result: result.clone(), level: *level });
        }
        if let Some(level) = Level::parse(&name) {
            return Ok(literal(Value::Level(level), Type::Level));
        }
        if self.scope.is_unsound(&name) {
            return Err(Mistake::consequence());
        }
        let mistake = if self.scope.is_not_yet(&name) {
            self.refuse(codes::NAME_NOT_YET, position)
        } else if self.scope.is_group(&name) {
            self.refuse(codes::NAME_IS_GROUP, position).with("known", self.scope.members(&name))
        } else {
            self.refuse(codes::UNKNOWN_NAME, position).with("suggestion", self.scope.suggestion(&name))
        };
        Err(mistake.with("name", name))
    }
}
