//! Plots made of characters.

/// Eighths of a character cell, from the bottom up.
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A line of columns as high as the values are, the highest a full cell;
/// neighbours are averaged so that it is at most `width` wide.
pub(super) fn columns(values: &[f64], width: usize) -> String {
    if values.is_empty() || width == 0 {
        return String::new();
    }
    let width = width.min(values.len());
    let averages: Vec<f64> = (0..width)
        .map(|column| {
            let from = column * values.len() / width;
            let to = ((column + 1) * values.len() / width).max(from + 1);
            let piece = &values[from..to];
            piece.iter().sum::<f64>() / piece.len() as f64
        })
        .collect();
    let highest = averages.iter().copied().fold(0.0, f64::max);
    averages
        .iter()
        .map(|value| {
            if highest <= 0.0 {
                return LEVELS[0];
            }
            let level = (value / highest * 8.0).ceil() as usize;
            LEVELS[level.clamp(1, 8) - 1]
        })
        .collect()
}

/// A bar as long as `value` is of `highest`, at most `width` cells.
pub(super) fn bar(value: u64, highest: u64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if highest == 0 {
        return String::new();
    }
    let eighths = (value as f64 / highest as f64 * width as f64 * 8.0).round() as usize;
    // What is there is seen, however little it is.
    let eighths = if value > 0 { eighths.max(1) } else { 0 };
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_scaled_to_the_highest_and_fit_the_width() {
        assert_eq!(columns(&[0.0, 1.0, 2.0, 4.0, 8.0], 80), "▁▁▂▄█");
        assert_eq!(columns(&[0.0, 2.0, 4.0, 4.0], 2), "▂█");
        assert_eq!(columns(&[0.0, 0.0], 80), "▁▁");
        assert_eq!(columns(&[], 80), "");
    }

    #[test]
    fn bars_show_even_the_least() {
        assert_eq!(bar(1, 1_000_000, 10), "▏");
        assert_eq!(bar(0, 10, 10), "");
        assert_eq!(bar(10, 10, 3), "███");
        assert_eq!(bar(1, 0, 3), "");
    }
}
