//! Types that cannot be read in finite room and time.

use pickler::schema::{Count, Definition, Shape};

use super::graph::{Graph, Mention, Order, mentions};
use super::room::{self, Room};
use super::{Parts, TypeSource};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::parse::source::{Source, Span};

/// How many shapes the codec may be within at once: each takes room on its stack.
const HIGHEST: u32 = 800;

/// How many levels the codec goes down, unless told otherwise.
const LEVELS: usize = 64;

/// How many shapes may be read where there is no input.
const MOST_FOR_NOTHING: u64 = 1 << 18;

/// What is known of the types.
pub struct Structure {
    pub rooms: Vec<Room>,
}

/// Says so where a type contains itself without end, or is too much to read.
pub fn structure(parts: &Parts<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Structure> {
    let types = &parts.types;
    let of_types = types.iter().zip(&parts.sources);
    let graph = Graph {
        mentions: of_types
            .map(|(definition, source)| mentions(&definition.shape, &source.shape))
            .collect(),
    };
    let at_once = graph.order(|mention| mention.levels == 0);
    let measured = graph.order(|mention| mention.measured);
    let same = graph.order(|mention| mention.same);
    let mut contained = Vec::new();
    for (ty, mention) in [&at_once, &measured, &same]
        .into_iter()
        .flat_map(|order| &order.back)
    {
        contained.push(contains_itself(types, *ty, mention));
    }
    if !contained.is_empty() {
        diagnostics.append(&mut contained);
        return None;
    }
    too_high(parts, &graph, &at_once, diagnostics);
    let all = graph.order(|_| true);
    let rooms = rooms(types, &all);
    too_much(parts, &all, &rooms, diagnostics);
    diagnostics.is_empty().then_some(Structure { rooms })
}

fn contains_itself(types: &[Definition], ty: usize, mention: &Mention) -> Diagnostic {
    let (of, within) = (&types[mention.of].name, &types[ty].name);
    let message = if mention.of == ty {
        format!("`{of}` contains itself, and nothing ends that")
    } else {
        format!("`{of}` contains `{within}`, which contains it, and nothing ends that")
    };
    let help = "put `box` in front of the type, or make it a list, so that each is a level";
    Diagnostic::new(mistakes::CONTAINS_ITSELF, mention.span, message).help(help)
}

/// The most shapes in one another that the codec may be within.
fn too_high(parts: &Parts<'_>, graph: &Graph, at_once: &Order, diagnostics: &mut Vec<Diagnostic>) {
    let count = parts.types.len();
    let mut own: Vec<u32> = Vec::new();
    for source in &parts.sources {
        own.push(source.shape.height);
    }
    // By levels that are left, of each type.
    let mut heights: Vec<Vec<u32>> = Vec::new();
    for left in 0..=LEVELS {
        let mut of_level = vec![0; count];
        for &ty in &at_once.types {
            let inner = graph.mentions[ty].iter().map(|mention| {
                let below = left.checked_sub(mention.levels as usize);
                let below = below.map_or(0, |below| match heights.get(below) {
                    Some(heights) => heights[mention.of],
                    None => of_level[mention.of],
                });
                mention.depth.saturating_add(below)
            });
            of_level[ty] = inner.max().unwrap_or(0).max(own[ty]);
        }
        heights.push(of_level);
    }
    let highest = heights.last().into_iter().flatten();
    let too_high = highest
        .zip(&parts.sources)
        .find(|(height, _)| **height > HIGHEST);
    if let Some((height, source)) = too_high {
        let message = format!(
            "values of this type may lie {height} shapes deep, and at most {HIGHEST} can be read"
        );
        diagnostics.push(Diagnostic::new(mistakes::TOO_MUCH, source.name, message));
    }
}

/// How much room types take: known when nothing more is found.
fn rooms(types: &[Definition], order: &Order) -> Vec<Room> {
    let mut rooms = vec![Room::default(); types.len()];
    // What is always there can only be seen from what is known to be.
    loop {
        let mut changed = false;
        for &ty in &order.types {
            let room = room::of(&types[ty].shape, &rooms);
            changed |= room != rooms[ty];
            rooms[ty] = room;
        }
        if !changed {
            return rooms;
        }
    }
}

/// How many shapes are read of a type where there is no input, at the most.
fn too_much(parts: &Parts<'_>, order: &Order, rooms: &[Room], diagnostics: &mut Vec<Diagnostic>) {
    let mut costs = vec![0_u64; parts.types.len()];
    let report = |source: &TypeSource| {
        let message = "too much is read of this type without any input";
        let help = "give its parts room, or make them fewer";
        Diagnostic::new(mistakes::TOO_MUCH, source.name, message).help(help)
    };
    for &ty in &order.types {
        costs[ty] = cost(&parts.types[ty].shape, &costs, rooms);
        if costs[ty] > MOST_FOR_NOTHING {
            diagnostics.push(report(&parts.sources[ty]));
            return;
        }
    }
    if cost(&parts.root, &costs, rooms) > MOST_FOR_NOTHING {
        let root = TypeSource::of_root(&parts.root_source);
        diagnostics.push(report(&root));
    }
}

fn cost(shape: &Shape, costs: &[u64], rooms: &[Room]) -> u64 {
    let each = match shape {
        Shape::Named(reference) => costs.get(reference.index()).copied().unwrap_or(0),
        Shape::List {
            item,
            count: Count::Fixed(count),
        } if !room::of(item, rooms).least => cost(item, costs, rooms).saturating_mul(*count),
        _ => {
            let parts = shape.parts().into_iter();
            parts.fold(0, |sum: u64, part| {
                sum.saturating_add(cost(part, costs, rooms))
            })
        }
    };
    each.saturating_add(1)
}

impl TypeSource {
    /// The root has no name.
    fn of_root(source: &Source) -> Self {
        let name: Span = source.span;
        Self {
            name,
            shape: Source::leaf(name),
            parameters: Vec::new(),
        }
    }
}
