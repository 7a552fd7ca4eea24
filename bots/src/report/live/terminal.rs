//! A drawing on a terminal, over and over in the same place.

use std::io::{self, Stderr};

use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Style, Stylize};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Gauge, Paragraph, Sparkline};
use ratatui::{Frame, TerminalOptions, Viewport};

use super::Look;
use crate::report::figures::{bytes, count, duration, millis};
use crate::report::timeline::Moment;

const HEIGHT: u16 = 14;

/// See [`View::Terminal`](super::View::Terminal).
pub struct Terminal {
    terminal: ratatui::Terminal<CrosstermBackend<Stderr>>,
    colours: bool,
}

impl Terminal {
    pub(super) fn open() -> io::Result<Self> {
        let terminal = ratatui::Terminal::with_options(
            CrosstermBackend::new(io::stderr()),
            TerminalOptions {
                viewport: Viewport::Inline(HEIGHT),
            },
        )?;
        let colours = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Ok(Self { terminal, colours })
    }

    pub(super) fn show(&mut self, look: &Look<'_>) -> io::Result<()> {
        let colours = self.colours;
        self.terminal.draw(|frame| draw(frame, look, colours))?;
        Ok(())
    }

    pub(super) fn close(mut self) {
        let _ = self.terminal.show_cursor();
        // Whatever comes then begins below the drawing.
        eprintln!();
    }
}

fn draw(frame: &mut Frame<'_>, look: &Look<'_>, colours: bool) {
    let colour = |colour: Color| {
        if colours {
            Style::new().fg(colour)
        } else {
            Style::new()
        }
    };
    let [gauge, figures, messages, hands] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(5),
        Constraint::Length(4),
        Constraint::Length(4),
    ])
    .areas(frame.area());

    let label = format!("{}  {}", look.doing, duration(look.snapshot.elapsed));
    frame.render_widget(
        Gauge::default()
            .ratio(look.progress.clamp(0.0, 1.0))
            .label(label)
            .gauge_style(colour(Color::Blue)),
        gauge,
    );
    frame.render_widget(
        Paragraph::new(lines(look, &colour)).block(Block::new()),
        figures,
    );
    course(
        frame,
        messages,
        look,
        "messages/s",
        colour(Color::Cyan),
        |moment| moment.messages_per_second,
    );
    if look.hands.is_some() {
        course(
            frame,
            hands,
            look,
            "hands/s",
            colour(Color::Green),
            |moment| moment.hands_per_second,
        );
    }
}

fn lines<'a>(look: &Look<'_>, colour: &impl Fn(Color) -> Style) -> Vec<Line<'a>> {
    let stats = &look.snapshot.stats;
    let latency = |quantile| millis(stats.latency.value_at_quantile(quantile) as f64 / 1_000.0);
    let errors = stats.failures_total();
    let part = |name: &'static str, value: String| {
        [
            Span::from(format!(" {name} ")).dim(),
            Span::from(value).bold(),
        ]
    };
    let row = |parts: Vec<[Span<'a>; 2]>| parts.into_iter().flatten().collect::<Line<'a>>();
    let mut error_parts = part("errors", count(errors));
    error_parts[1] = error_parts[1].clone().style(if errors == 0 {
        colour(Color::Green)
    } else {
        colour(Color::Red)
    });
    let mut exchanged = vec![
        part("received", count(stats.messages_received)),
        part("sent", count(stats.messages_sent)),
    ];
    exchanged.extend(look.hands.map(|hands| part("hands", count(hands))));
    vec![
        Line::default(),
        row(vec![
            part(
                "connected",
                format!("{} of {}", count(look.snapshot.connected), count(look.bots)),
            ),
            error_parts,
            part("memory", bytes(look.usage.resident)),
        ]),
        row(exchanged),
        row(vec![
            part("answers: half within", latency(0.5)),
            part("90 %", latency(0.9)),
            part("99 %", latency(0.99)),
        ]),
    ]
}

fn course(
    frame: &mut Frame<'_>,
    area: Rect,
    look: &Look<'_>,
    name: &str,
    style: Style,
    value: fn(&Moment) -> f64,
) {
    let moments = look.timeline.moments();
    let shown = moments.len().min(area.width.into());
    let values: Vec<u64> = moments[moments.len() - shown..]
        .iter()
        .map(|moment| value(moment) as u64)
        .collect();
    let now = values.last().copied().unwrap_or(0);
    let title = format!(" {name} {} ", count(now));
    frame.render_widget(
        Sparkline::default()
            .block(Block::new().title(title.bold()))
            .data(values)
            .style(style),
        area,
    );
}
