//! A curve as SVG.

use std::fmt::Write as _;

use super::{extent, thinned};
use crate::{curve::Judgement, metrics::Series};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 160.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 50.0;
/// Graders drawn besides the reward; more would hide it.
const MOST_GRADERS: usize = 6;
const COLOURS: [&str; MOST_GRADERS] = [
    "#7b3294", "#b35806", "#01665e", "#5e3c99", "#a6611a", "#4d4d4d",
];

/// A line and how it looks.
struct Line {
    name: String,
    colour: &'static str,
    width: &'static str,
    points: Vec<(u64, f64)>,
    dots: bool,
}

/// The rewards over the steps, those of each grader thin, with a legend and the newest alarms; complete by itself.
#[must_use]
pub fn svg(series: &Series, judgement: &Judgement, title: &str) -> String {
    let lines = lines(series);
    let all: Vec<&[(u64, f64)]> = lines.iter().map(|line| line.points.as_slice()).collect();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\
         <text x=\"{LEFT}\" y=\"24\" font-size=\"15\">{}</text>",
        escaped(title, 80)
    );
    if let Some((steps, values)) = extent(&all) {
        let frame = Frame { steps, values };
        frame.axes(&mut svg);
        for line in lines.iter().rev() {
            frame.line(&mut svg, line);
        }
        legend(&mut svg, &lines);
    } else {
        put(&mut svg, LEFT, HEIGHT / 2.0, "no rewards so far", "#444");
    }
    for (index, alarm) in judgement.alarms.iter().take(2).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "0 or 1")]
        let y = HEIGHT - 8.0 - 14.0 * (1 - index.min(1)) as f64 + 2.0;
        put(
            &mut svg,
            LEFT,
            y,
            &format!("! {}", alarm.message),
            "#b2182b",
        );
    }
    svg.push_str("</svg>");
    svg
}

fn lines(series: &Series) -> Vec<Line> {
    let mut lines = vec![
        Line {
            name: "validation".to_owned(),
            colour: "#d6604d",
            width: "2.5",
            points: thinned(&series.points("valid_reward")),
            dots: true,
        },
        Line {
            name: "training".to_owned(),
            colour: "#4393c3",
            width: "1.5",
            points: thinned(&series.points("train_reward")),
            dots: false,
        },
    ];
    let graders = series.graders();
    if graders.len() > 1 {
        for (id, colour) in graders.iter().zip(COLOURS) {
            lines.push(Line {
                name: format!("{} (validation)", id.name),
                colour,
                width: "0.8",
                points: thinned(&series.grader_points(id, "valid_reward")),
                dots: false,
            });
        }
    }
    lines.retain(|line| !line.points.is_empty());
    lines
}

/// Where steps and rewards are on the picture.
struct Frame {
    steps: (f64, f64),
    values: (f64, f64),
}

impl Frame {
    fn x(&self, step: f64) -> f64 {
        LEFT + (step - self.steps.0) / (self.steps.1 - self.steps.0) * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT
            - BOTTOM
            - (value - self.values.0) / (self.values.1 - self.values.0) * (HEIGHT - TOP - BOTTOM)
    }

    fn axes(&self, svg: &mut String) {
        let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
        for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let value = self.values.0 + (self.values.1 - self.values.0) * share;
            let y = self.y(value);
            // Writing to a string can not fail.
            let _ = write!(
                svg,
                "<line x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>"
            );
            put(svg, 12.0, y + 4.0, &format!("{value:.3}"), "#444");
            let step = (self.steps.0 + (self.steps.1 - self.steps.0) * share).round();
            put(
                svg,
                self.x(step) - 6.0,
                bottom + 16.0,
                &format!("{step:.0}"),
                "#444",
            );
        }
    }

    fn line(&self, svg: &mut String, line: &Line) {
        #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
        let at = |(step, value): &(u64, f64)| (self.x(*step as f64), self.y(*value));
        let points: Vec<String> = line
            .points
            .iter()
            .map(|point| {
                let (x, y) = at(point);
                format!("{x:.1},{y:.1}")
            })
            .collect();
        let _ = write!(
            svg,
            "<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" points=\"{}\"/>",
            line.colour,
            line.width,
            points.join(" ")
        );
        if line.dots || line.points.len() == 1 {
            for point in &line.points {
                let (x, y) = at(point);
                let _ = write!(
                    svg,
                    "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{}\"/>",
                    line.colour
                );
            }
        }
    }
}

fn legend(svg: &mut String, lines: &[Line]) {
    let mut y = TOP + 10.0;
    for line in lines {
        put(svg, WIDTH - RIGHT + 12.0, y, &line.name, line.colour);
        y += 18.0;
    }
}

fn put(svg: &mut String, x: f64, y: f64, text: &str, colour: &str) {
    let _ = write!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" fill=\"{colour}\">{}</text>",
        escaped(text, 110)
    );
}

/// Text as it may stand in XML: names come from providers. Without control characters, which XML refuses.
fn escaped(text: &str, most: usize) -> String {
    let mut escaped = String::new();
    for c in text.chars().filter(|c| !c.is_control()).take(most) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}
