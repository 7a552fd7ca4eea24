//! Where the pieces of a message stand in rows of 32 bits.

use crate::layout::{Piece, Role, Row};

/// Bits in one row.
pub const ROW: u32 = 32;
/// What is longer, in bits, is not drawn whole.
const LONGEST: u64 = 8 * ROW as u64;
/// Something of any length begins in a row if it has so many bits of it left.
const ROOM: u32 = 8;

/// Rows of 32 bits.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// Each.
    pub rows: Vec<GridRow>,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct GridRow {
    /// What stands in it, without gaps from its start on.
    pub cells: Vec<Cell>,
}

impl GridRow {
    /// How many of its bits are taken.
    pub fn end(&self) -> u32 {
        self.cells.last().map_or(0, |cell| cell.start + cell.bits)
    }
}

/// A piece, or what of it stands in one row.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Which piece it is.
    pub piece: usize,
    /// Which of the message's rows it belongs to.
    pub row: usize,
    /// What it is there for.
    pub role: Role,
    /// What it is called, and how long it is where that is not drawn.
    pub label: String,
    /// The label is to be shown here, and not in another row.
    pub labelled: bool,
    /// Its first bit in the row.
    pub start: u32,
    /// How many bits of the row it takes.
    pub bits: u32,
    /// It is not drawn in its length.
    pub any_length: bool,
}

impl Grid {
    /// The grid of a message's rows.
    pub fn of(rows: &[Row]) -> Self {
        let mut grid = Self::default();
        let mut number = 0;
        for (row, of) in rows.iter().enumerate() {
            for placed in &of.pieces {
                grid.push(number, row, &placed.piece);
                number += 1;
            }
        }
        grid
    }

    fn push(&mut self, number: usize, row: usize, piece: &Piece) {
        let width = piece.width.exact();
        // A line stays one, whatever a stranger calls it.
        let name: String = piece.label.chars().map(printable).collect();
        let cell = |label: String, start, bits, any_length| Cell {
            piece: number,
            row,
            role: piece.role,
            label,
            labelled: true,
            start,
            bits,
            any_length,
        };
        match width {
            Some(0) => {}
            Some(width) if width <= LONGEST => {
                let first = self.rows.len() - usize::from(self.room() > 0);
                let mut left = width;
                while left > 0 {
                    if self.room() == 0 {
                        self.rows.push(GridRow::default());
                    }
                    let start = ROW - self.room_of_last();
                    let room = ROW - start;
                    let bits = u32::try_from(left).map_or(room, |left| left.min(room));
                    if let Some(last) = self.rows.last_mut() {
                        last.cells.push(Cell {
                            labelled: false,
                            ..cell(name.clone(), start, bits, false)
                        });
                    }
                    left -= u64::from(bits);
                }
                // The first of the widest parts has the label.
                let parts = self.rows[first..].iter_mut().flat_map(|row| &mut row.cells);
                let parts = parts.filter(|cell| cell.piece == number);
                if let Some(widest) = parts.rev().max_by_key(|cell| cell.bits) {
                    widest.labelled = true;
                }
            }
            _ => {
                let label = match width {
                    Some(_) => format!("{name} ({})", piece.width),
                    None => format!("{name} ..."),
                };
                if self.room() < ROOM {
                    self.rows.push(GridRow::default());
                }
                let start = ROW - self.room_of_last();
                if let Some(last) = self.rows.last_mut() {
                    last.cells.push(cell(label, start, ROW - start, true));
                }
            }
        }
    }

    /// How many bits are left in the last row, if something stands in it.
    fn room(&self) -> u32 {
        self.rows.last().map_or(0, |row| ROW - row.end())
    }

    /// How many bits are left in the last row.
    fn room_of_last(&self) -> u32 {
        self.rows.last().map_or(ROW, |row| ROW - row.end())
    }
}

fn printable(it: char) -> char {
    if it.is_control() { ' ' } else { it }
}
