//! Rhai's syntax tree into ours, typed on the way: what Rhai would let pass or get wrong at run time is refused here.

mod chain;
mod function;
mod people;

use rhai::{Dynamic, Expr, FnCallExpr, Position, Stmt, StmtBlock};

use super::{
    Comparison, Mistake, Operator, Tree, Type, TypeScope,
    machine::{place, quoted},
};
use crate::{
    diagnostic::{Code, codes},
    level::Level,
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
    #[expect(clippy::wildcard_enum_match_arm, reason = "Rhai may grow: whatever is not named here is refused")]
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
                return Err(self.mixed(
                    codes::LIST_MIXED,
                    position,
                    common.as_ref().unwrap_or(&Type::Text),
                    &typed.result,
                ));
            }
            level = level.max(typed.level);
            trees.push(typed.tree);
        }
        Ok(Typed { tree: Tree::List(trees), result: Type::List(Box::new(common.unwrap_or(Type::Text))), level })
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
                let tree = if let Tree::Literal(Value::Number(number)) = operand.tree {
                    Tree::Literal(Value::Number(-number))
                } else {
                    Tree::Negative(Box::new(operand.tree))
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
        people::name_one(&mut left, &right.result);
        people::name_one(&mut right, &left.result);
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
                return Err(self
                    .refuse(codes::NAME_NOT_YET, position)
                    .with("name", format!("now {} days(…)", by.sign())));
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
            people::name_one(&mut typed, first.result.present());
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

    fn if_else(
        &mut self,
        when: &Expr,
        then: &StmtBlock,
        otherwise: &StmtBlock,
        position: Position,
    ) -> Result<Typed, Mistake> {
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

    fn mixed(&self, code: Code, position: Position, left: &Type, right: &Type) -> Mistake {
        self.refuse(code, position).with("left", left.name()).with("right", right.name())
    }

    fn refuse(&self, code: Code, position: Position) -> Mistake {
        let (line, column) = place(position, self.source);
        Mistake::at(code, line, column).with("near", quoted(self.source, line, column))
    }
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

fn comparison(sign: &str) -> Option<Comparison> {
    Comparison::ALL.into_iter().find(|comparison| comparison.sign() == sign)
}

fn arithmetic(sign: &str) -> Option<Operator> {
    Operator::ALL.into_iter().find(|operator| operator.sign() == sign)
}
