//! Rhai's syntax tree into ours, typed on the way: what Rhai would let pass or get wrong at run time is refused here.

use rhai::{ASTFlags, Dynamic, Expr, FnCallExpr, Position, Stmt, StmtBlock};


use super::{
    Comparison, Function, Mistake, Operator, Tree, Type, TypeScope,
    machine::place,
};
use crate::{
    diagnostic::{Code, codes},
    id::{DepartmentId, Login},
    level::Level,
    syntax::closest,
    value::Value,
};

/// A tree with what it yields and the highest level it was made from.
#[derive(Debug)]
pub(super) struct Typed {
    pub(super) tree: Tree,
    pub(super) result: Type,
    pub(super) level: Level,
}

/// Types a compiled expression; with it come the paths that must hold something whenever it is evaluated.
pub(super) fn check(ast: &rhai::AST, source: &str, scope: &TypeScope) -> Result<(Typed, Vec<Vec<String>>), Mistake> {
    let mut checker = Checker { source, scope, promised: Vec::new(), may_be_empty: 0 };
    let typed = match ast.statements() {
        [Stmt::Expr(expr)] => checker.expression(expr)?,
        _ => return Err(checker.refuse(codes::CONSTRUCT, Position::new(1, 1))),
    };
    if typed.result == Type::Span {
        return Err(Mistake::at_start(codes::WRONG_RESULT).with("expected", "date").with("found", "span"));
    }
    Ok((typed, checker.promised))
}

struct Checker<'a> {
    source: &'a str,
    scope: &'a TypeScope,
    promised: Vec<Vec<String>>,
    /// How many `??` or `is_empty` surround the place being read.
    may_be_empty: u32,
}

impl Checker<'_> {
    fn expression(&mut self, expr: &Expr) -> Result<Typed, Mistake> {
        match expr {
            Expr::BoolConstant(holds, _) => Ok(literal(Value::Bool(*holds), Type::Bool)),
            Expr::StringConstant(text, _) => Ok(literal(Value::Text(text.to_string()), Type::Text)),
            Expr::DynamicConstant(constant, position) => self.constant(constant, *position),
            Expr::Array(items, position) => self.list(items, *position),
            Expr::Variable(..) | Expr::Dot(..) => self.chain(expr),
            Expr::FnCall(call, position) => self.call(call, *position),
            Expr::And(operands, _) => Ok(self.logic("&&", operands)?.into_typed(Tree::All)),
            Expr::Or(operands, _) => Ok(self.logic("||", operands)?.into_typed(Tree::Any)),
            Expr::Coalesce(operands, position) => self.otherwise(operands, *position),
            Expr::Stmt(block) => self.condition(block),
            _ => Err(self.refuse(codes::CONSTRUCT, expr.start_position())),
        }
    }

    fn constant(&self, constant: &Dynamic, position: Position) -> Result<Typed, Mistake> {
        match constant.as_decimal() {
            Ok(number) => Ok(literal(Value::Number(number), Type::Number)),
            Err(_) => Err(self.refuse(codes::CONSTRUCT, position)),
        }
    }

    fn list(&mut self, items: &[Expr], position: Position) -> Result<Typed, Mistake> {
        let mut trees = Vec::with_capacity(items.len());
        let (mut common, mut level) = (None, Level::L0);
        for item in items {
            let typed = self.present(item)?;
            if common.get_or_insert_with(|| typed.result.clone()) != &typed.result {
                return Err(self.mixed(codes::LIST_MIXED, position, common.as_ref().unwrap_or(&Type::Text), &typed.result));
            }
            level = level.max(typed.level);
            trees.push(typed.tree);
        }
        Ok(Typed { tree: Tree::List(trees), result: Type::List(Box::new(common.unwrap_or(Type::Text))), level })
    }

    /// A name, a path, or a value followed by methods: `request.fields`, `purpose.len()`.
    fn chain(&mut self, expr: &Expr) -> Result<Typed, Mistake> {
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

    fn flatten<'e>(&self, expr: &'e Expr, links: &mut Vec<Link<'e>>) -> Result<&'e Expr, Mistake> {
        let Expr::Dot(pair, flags, position) = expr else { return Ok(expr) };
        if flags.contains(ASTFlags::NEGATED) {
            return Err(self.refuse(codes::CONSTRUCT, *position));
        }
        let base = self.flatten(&pair.lhs, links)?;
        let mut right = &pair.rhs;
        loop {
            let (link, rest) = match right {
                Expr::Dot(pair, flags, position) if flags.contains(ASTFlags::NEGATED) => {
                    let _ = pair;
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

    fn call(&mut self, call: &FnCallExpr, position: Position) -> Result<Typed, Mistake> {
        let operator = &*call.name;
        match (operator, &*call.args) {
            ("!", [operand]) => {
                let operand = self.of_type(operand, &Type::Bool, "!")?;
                Ok(Typed { tree: Tree::Not(Box::new(operand.tree)), ..operand })
            }
            ("-", [operand]) => {
                let operand = self.of_type(operand, &Type::Number, "-")?;
                let tree = match operand.tree {
                    Tree::Literal(Value::Number(number)) => Tree::Literal(Value::Number(-number)),
                    tree => Tree::Negative(Box::new(tree)),
                };
                Ok(Typed { tree, ..operand })
            }
            ("+", [operand]) => self.of_type(operand, &Type::Number, "+"),
            (_, [left, right]) if comparison(operator).is_some() => {
                let comparison = comparison(operator).expect("the guard looked");
                self.compare(comparison, left, right, position)
            }
            (_, [left, right]) if arithmetic(operator).is_some() => {
                let operator = arithmetic(operator).expect("the guard looked");
                let (left, right) = (self.present(left)?, self.present(right)?);
                self.arithmetic(operator, left, right, position)
            }
            ("is_empty", arguments) => {
                self.may_be_empty += 1;
                let arguments: Result<Vec<_>, _> = arguments.iter().map(|one| self.expression(one)).collect();
                self.may_be_empty -= 1;
                self.function("is_empty", arguments?, position)
            }
            (_, arguments) => {
                let arguments = arguments.iter().map(|one| self.expression(one)).collect::<Result<_, _>>()?;
                self.function(operator, arguments, position)
            }
        }
    }

    fn compare(&mut self, by: Comparison, left: &Expr, right: &Expr, position: Position) -> Result<Typed, Mistake> {
        let (mut left, mut right) = (self.present(left)?, self.present(right)?);
        if matches!(left.tree, Tree::Compare(..)) || matches!(right.tree, Tree::Compare(..)) {
            return Err(self.refuse(codes::CHAINED_COMPARISON, position));
        }
        name_people(&mut left, &right.result);
        name_people(&mut right, &left.result);
        if left.result != right.result {
            return Err(self.mixed(codes::MIXED_COMPARISON, position, &left.result, &right.result));
        }
        let equality = matches!(by, Comparison::Equal | Comparison::NotEqual);
        let comparable = match left.result {
            Type::Number | Type::Date | Type::Moment | Type::Level => true,
            Type::Bool | Type::Text | Type::Person | Type::Department => equality,
            Type::Span | Type::Records | Type::Picks | Type::List(_) | Type::Map(_) | Type::Optional(_) => false,
        };
        if !comparable {
            let mistake = self.mixed(codes::OPERATOR_TYPES, position, &left.result, &right.result);
            return Err(mistake.with("operator", by.sign()));
        }
        let level = left.level.max(right.level);
        Ok(Typed { tree: Tree::Compare(by, Box::new(left.tree), Box::new(right.tree)), result: Type::Bool, level })
    }

    fn arithmetic(&self, by: Operator, left: Typed, right: Typed, position: Position) -> Result<Typed, Mistake> {
        let result = match (&left.result, by, &right.result) {
            (Type::Number, _, Type::Number) => Type::Number,
            (Type::Text, Operator::Add, Type::Text) => Type::Text,
            (Type::Date, Operator::Add | Operator::Subtract, Type::Span) => Type::Date,
            (Type::Moment, Operator::Add | Operator::Subtract, Type::Span) => {
                return Err(self.refuse(codes::NAME_NOT_YET, position).with("name", format!("now {} days(…)", by.sign())));
            }
            _ => {
                let mistake = self.mixed(codes::OPERATOR_TYPES, position, &left.result, &right.result);
                return Err(mistake.with("operator", by.sign()));
            }
        };
        let level = left.level.max(right.level);
        Ok(Typed { tree: Tree::Arithmetic(by, Box::new(left.tree), Box::new(right.tree)), result, level })
    }

    fn logic(&mut self, sign: &'static str, operands: &[Expr]) -> Result<Several, Mistake> {
        let mut several = Several { trees: Vec::with_capacity(operands.len()), level: Level::L0 };
        for operand in operands {
            let typed = self.of_type(operand, &Type::Bool, sign)?;
            several.level = several.level.max(typed.level);
            several.trees.push(typed.tree);
        }
        Ok(several)
    }

    fn otherwise(&mut self, operands: &[Expr], position: Position) -> Result<Typed, Mistake> {
        let Some((last, leading)) = operands.split_last() else {
            return Err(self.refuse(codes::CONSTRUCT, position));
        };
        let mut typed = self.expression(last)?;
        for operand in leading.iter().rev() {
            self.may_be_empty += 1;
            let first = self.expression(operand);
            self.may_be_empty -= 1;
            let first = first?;
            match &first.result {
                Type::Optional(of) => name_people(&mut typed, of),
                of => name_people(&mut typed, of),
            }
            if first.result.clone().or_empty() != typed.result.clone().or_empty() {
                return Err(self.mixed(codes::OTHERWISE_MIXED, position, &first.result, &typed.result));
            }
            let level = first.level.max(typed.level);
            let tree = Tree::Otherwise(Box::new(first.tree), Box::new(typed.tree));
            typed = Typed { tree, result: typed.result, level };
        }
        Ok(typed)
    }

    /// `if c { x } else { y }`
    fn condition(&mut self, block: &StmtBlock) -> Result<Typed, Mistake> {
        match block.statements() {
            [Stmt::If(flow, position)] => self.if_else(&flow.expr, &flow.body, &flow.branch, *position),
            _ => Err(self.refuse(codes::CONSTRUCT, block.position())),
        }
    }

    fn if_else(&mut self, when: &Expr, then: &StmtBlock, otherwise: &StmtBlock, position: Position) -> Result<Typed, Mistake> {
        let when = self.of_type(when, &Type::Bool, "if")?;
        if otherwise.statements().is_empty() {
            return Err(self.refuse(codes::IF_NEEDS_ELSE, position));
        }
        let (then, otherwise) = (self.block(then)?, self.block(otherwise)?);
        if then.result != otherwise.result {
            return Err(self.mixed(codes::IF_MIXED, position, &then.result, &otherwise.result));
        }
        let level = when.level.max(then.level).max(otherwise.level);
        let tree = Tree::If(Box::new(when.tree), Box::new(then.tree), Box::new(otherwise.tree));
        Ok(Typed { tree, result: then.result, level })
    }

    fn block(&mut self, block: &StmtBlock) -> Result<Typed, Mistake> {
        match block.statements() {
            [Stmt::Expr(expr)] => self.expression(expr),
            [Stmt::FnCall(call, position)] => self.call(call, *position),
            [Stmt::If(flow, position)] => self.if_else(&flow.expr, &flow.body, &flow.branch, *position),
            _ => Err(self.refuse(codes::CONSTRUCT, block.position())),
        }
    }

    /// A value that is surely there.
    fn present(&mut self, expr: &Expr) -> Result<Typed, Mistake> {
        let typed = self.expression(expr)?;
        self.there(typed, expr.start_position())
    }

    fn there(&self, typed: Typed, position: Position) -> Result<Typed, Mistake> {
        match (&typed.result, &typed.tree) {
            (Type::Optional(_), Tree::Path(path)) => {
                Err(self.refuse(codes::MAY_BE_EMPTY, position).with("name", path.join(".")))
            }
            (Type::Optional(_), _) => {
                let mistake = self.refuse(codes::MAY_BE_EMPTY, position);
                let name = mistake.arguments.get("near").cloned().unwrap_or_default();
                Err(mistake.with("name", name))
            }
            _ => Ok(typed),
        }
    }

    fn of_type(&mut self, expr: &Expr, expected: &Type, operator: &'static str) -> Result<Typed, Mistake> {
        let typed = self.present(expr)?;
        if typed.result == *expected {
            return Ok(typed);
        }
        Err(self
            .refuse(codes::OPERAND_TYPE, expr.start_position())
            .with("operator", operator)
            .with("expected", expected.name())
            .with("found", typed.result.name()))
    }

    fn function(&self, name: &str, arguments: Vec<Typed>, position: Position) -> Result<Typed, Mistake> {
        let Some(function) = Function::ALL.into_iter().find(|function| function.name() == name) else {
            let suggestion = closest(name, Function::ALL.iter().map(|function| function.name())).unwrap_or_default();
            let code = if name.chars().all(|c| c.is_alphanumeric() || c == '_') { codes::UNKNOWN_FUNCTION } else { codes::CONSTRUCT };
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
            (Function::Count, [Type::Records | Type::Picks | Type::List(_)]) | (Function::Len, [Type::Text]) => Type::Number,
            (Function::Date, [Type::Text]) => return self.date(arguments, position),
            (Function::Days, [Type::Number]) => Type::Span,
            (Function::StartsWith, [Type::Text, Type::Text]) | (Function::IsEmpty, [_]) => Type::Bool,
            (Function::Min | Function::Max, [left, right]) if left == right && left.is_ordered() => (*left).clone(),
            (Function::Round, [Type::Number, Type::Number]) => Type::Number,
            _ => {
                let found = found.iter().map(|one| one.name()).collect::<Vec<_>>().join(", ");
                let mistake = self.refuse(codes::ARGUMENT_TYPE, position);
                return Err(mistake.with("name", function.name()).with("expected", function.takes()).with("found", found));
            }
        };
        let hides_level = match function {
            Function::MaxLevel => true,
            Function::Count => matches!(found[..], [Type::Records | Type::Picks]),
            _ => false,
        };
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
                name_people(&mut item, of);
                if **of == Type::Text {
                    name_people_in(&mut list, &item.result);
                }
                if list.result != Type::List(Box::new(item.result.clone())) || !item.result.is_scalar() {
                    let of = match &list.result {
                        Type::List(of) => of,
                        other => other,
                    };
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

    fn mixed(&self, code: Code, position: Position, left: &Type, right: &Type) -> Mistake {
        self.refuse(code, position).with("left", left.name()).with("right", right.name())
    }

    fn refuse(&self, code: Code, position: Position) -> Mistake {
        let (line, column) = place(position, self.source);
        let text = self.source.lines().nth(line as usize - 1).unwrap_or_default();
        let near: String = text.chars().skip(column as usize - 1).take(NEAR_CHARACTERS_MAX).collect();
        Mistake::at(code, line, column).with("near", near.trim_end())
    }
}

/// How much of the source a message quotes.
const NEAR_CHARACTERS_MAX: usize = 24;

/// What follows a dot.
enum Link<'e> {
    Property(&'e str),
    Method(&'e FnCallExpr, Position),
}

/// Operands of `&&` or `||`.
struct Several {
    trees: Vec<Tree>,
    level: Level,
}

impl Several {
    fn into_typed(self, wrap: fn(Vec<Tree>) -> Tree) -> Typed {
        Typed { tree: wrap(self.trees), result: Type::Bool, level: self.level }
    }
}

fn literal(value: Value, result: Type) -> Typed {
    Typed { tree: Tree::Literal(value), result, level: Level::L0 }
}

fn highest(arguments: &[Typed]) -> Level {
    arguments.iter().map(|one| one.level).max().unwrap_or_default()
}

/// A literal text beside a person or a department names one.
fn name_people(typed: &mut Typed, beside: &Type) {
    if let Some(named) = named(&typed.tree, beside) {
        typed.tree = named;
        typed.result = beside.clone();
    }
}

fn name_people_in(list: &mut Typed, beside: &Type) {
    let Tree::List(items) = &list.tree else { return };
    if let Some(items) = items.iter().map(|item| named(item, beside)).collect() {
        list.tree = Tree::List(items);
        list.result = Type::List(Box::new(beside.clone()));
    }
}

fn named(tree: &Tree, beside: &Type) -> Option<Tree> {
    let Tree::Literal(Value::Text(text)) = tree else { return None };
    match beside {
        Type::Person => Some(Tree::Literal(Value::Person(Login::from(text.as_str())))),
        Type::Department => Some(Tree::Literal(Value::Department(DepartmentId::from(text.as_str())))),
        _ => None,
    }
}

fn comparison(sign: &str) -> Option<Comparison> {
    Comparison::ALL.into_iter().find(|comparison| comparison.sign() == sign)
}

fn arithmetic(sign: &str) -> Option<Operator> {
    Operator::ALL.into_iter().find(|operator| operator.sign() == sign)
}
