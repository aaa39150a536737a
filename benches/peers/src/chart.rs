//! Charts as SVG, for light and dark surroundings: each stands on a ground of its own.

use std::fmt::Write;

/// One bar of a chart.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) value: f64,
}

/// One part of a chart of lines, beside others with the same scale of costs.
pub(crate) struct Panel {
    /// What runs from left to right.
    pub(crate) axis: String,
    pub(crate) points: Vec<Point>,
}

/// What a byte costs, in seconds, at one size.
pub(crate) struct Point {
    pub(crate) size: usize,
    pub(crate) nozzle: f64,
    pub(crate) yardstick: f64,
}

const WIDTH: f64 = 760.0;
const MARGIN: f64 = 20.0;

const STYLE: &str = "text{font:13px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1f2328}\
.title{font-size:15px;font-weight:600}.note{fill:#59636e}\
.ground{fill:#fff;stroke:#d1d9e0}.grid{stroke:#d1d9e0}.limit{stroke:#59636e;stroke-dasharray:4 3}\
.bar{fill:#8c959f}.line{stroke:#8c959f;fill:none;stroke-width:2}.dot{fill:#8c959f}\
.own.bar,.own.dot{fill:#0969da}.own.line{stroke:#0969da}text.own{fill:#0969da;font-weight:600}\
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.note{fill:#9198a1}\
.ground{fill:#0d1117;stroke:#3d444d}.grid{stroke:#3d444d}.limit{stroke:#9198a1}\
.bar,.dot{fill:#6e7681}.line{stroke:#6e7681}\
.own.bar,.own.dot{fill:#4493f8}.own.line{stroke:#4493f8}text.own{fill:#4493f8}}";

/// A bar for each value, with Nozzle's set off. `axis` says what a bar's length is.
pub(crate) fn bars(title: &str, axis: &str, bars: &[Bar]) -> String {
    const STEP: f64 = 30.0;
    const TOP: f64 = 52.0;
    /// What the longest value takes behind its bar.
    const BEHIND: f64 = 60.0;
    let longest = bars.iter().map(|bar| bar.name.chars().count()).max().unwrap_or_default();
    let left = MARGIN + 12.0 + 7.2 * number(longest);
    let bottom = TOP + STEP * number(bars.len());
    let scale = Scale::over(bars.iter().map(|bar| bar.value));
    let right = WIDTH - MARGIN - BEHIND;
    let x = |value: f64| left + (right - left) * value / scale.end;
    let mut drawing = Drawing::new(title, bottom + 58.0);
    for tick in scale.ticks() {
        drawing.line("grid", (x(tick), TOP), (x(tick), bottom));
        drawing.text("note", "middle", (x(tick), bottom + 18.0), &plain(tick));
    }
    drawing.text("note", "middle", (f64::midpoint(left, right), bottom + 40.0), axis);
    for (index, bar) in bars.iter().enumerate() {
        let middle = TOP + STEP * (number(index) + 0.5);
        let class = if bar.name == "Nozzle" { "own" } else { "" };
        drawing.text(class, "end", (left - 8.0, middle + 4.5), &bar.name);
        drawing.bar(class, (left, middle - 10.0), (x(bar.value) - left, 20.0));
        let value = format!("{:.*}", usize::from(bar.value < 9.95), bar.value);
        drawing.text(class, "start", (x(bar.value) + 6.0, middle + 4.5), &value);
    }
    drawing.end()
}

/// What a byte costs by size, a line for Nozzle and one for the yardstick in each panel.
pub(crate) fn lines(title: &str, panels: &[Panel]) -> String {
    const TOP: f64 = 76.0;
    const BOTTOM: f64 = 290.0;
    const BETWEEN: f64 = 36.0;
    /// What the marks of the scale take.
    const LEFT: f64 = MARGIN + 30.0;
    let costs = panels.iter().flat_map(|panel| &panel.points).map(|point| point.nozzle * 1e9);
    let scale = Scale::over(costs);
    let y = |cost: f64| BOTTOM - (BOTTOM - TOP) * cost * 1e9 / scale.end;
    let count = number(panels.len().max(1));
    let width = (WIDTH - LEFT - MARGIN - BETWEEN * (count - 1.0)) / count;
    let mut drawing = Drawing::new(title, BOTTOM + 62.0);
    drawing.text("note", "start", (MARGIN, TOP - 16.0), "nanoseconds of user time for each byte");
    // The lines may lie close to each other, so that their names stand above all of them.
    for (class, name, left) in [("own", "Nozzle", 450.0), ("", "decode and encode only", 550.0)] {
        drawing.curve(class, &[(left, TOP - 20.5), (left + 16.0, TOP - 20.5)]);
        drawing.text(class, "start", (left + 24.0, TOP - 16.0), name);
    }
    for tick in scale.ticks() {
        drawing.text("note", "end", (LEFT - 6.0, y(tick / 1e9) + 4.5), &plain(tick));
    }
    for (index, panel) in panels.iter().enumerate() {
        let left = LEFT + (width + BETWEEN) * number(index);
        let (first, last) = (panel.points.first(), panel.points.last());
        let logarithm = |point: &Point| number(point.size).log10();
        let (from, to) = (first.map_or(0.0, logarithm).floor(), last.map_or(1.0, logarithm));
        let x = |logarithm: f64| left + width * (logarithm - from) / (to - from);
        for tick in scale.ticks() {
            drawing.line("grid", (left, y(tick / 1e9)), (left + width, y(tick / 1e9)));
        }
        let mut power = from;
        while power <= to {
            let label = size(10_f64.powf(power));
            drawing.text("note", "middle", (x(power), BOTTOM + 18.0), &label);
            power += 1.0;
        }
        drawing.text("note", "middle", (left + width / 2.0, BOTTOM + 42.0), &panel.axis);
        for (class, cost) in
            [("", (|point| point.yardstick) as fn(&Point) -> f64), ("own", |point| point.nozzle)]
        {
            let points: Vec<(f64, f64)> =
                panel.points.iter().map(|point| (x(logarithm(point)), y(cost(point)))).collect();
            drawing.curve(class, &points);
        }
    }
    drawing.end()
}

/// A scale from nothing to a round number.
struct Scale {
    step: f64,
    end: f64,
}

impl Scale {
    fn over(values: impl Iterator<Item = f64>) -> Self {
        let highest = values.fold(f64::MIN_POSITIVE, f64::max);
        let power = 10_f64.powf((highest / 5.0).log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
        let step = steps.into_iter().find(|step| step * 5.0 >= highest).unwrap_or(highest);
        Self { step, end: (highest / step).ceil() * step }
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let (step, end) = (self.step, self.end);
        std::iter::successors(Some(0.0), move |tick| Some(tick + step))
            .take_while(move |tick| *tick <= end + step / 2.0)
    }
}

/// The elements of a picture, as they come.
struct Drawing(String);

impl Drawing {
    fn new(title: &str, height: f64) -> Self {
        let mut drawing = Self(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
             width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\n<title>{}</title>\n\
             <style>{STYLE}</style>\n\
             <rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n",
            escaped(title),
            WIDTH - 1.0,
            height - 1.0,
        ));
        drawing.text("title", "start", (MARGIN, 30.0), title);
        drawing
    }

    fn text(&mut self, class: &str, anchor: &str, (x, y): (f64, f64), text: &str) {
        let text = escaped(text);
        self.element(&format!(
            "<text class=\"{class}\" text-anchor=\"{anchor}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>"
        ));
    }

    fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.element(&format!(
            "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
            from.0, from.1, to.0, to.1
        ));
    }

    fn bar(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.element(&format!(
            "<rect class=\"{class} bar\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\"/>"
        ));
    }

    /// A line through the points, with a dot at each.
    fn curve(&mut self, class: &str, points: &[(f64, f64)]) {
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        self.element(&format!("<polyline class=\"{class} line\" points=\"{}\"/>", path.join(" ")));
        for (x, y) in points {
            self.element(&format!(
                "<circle class=\"{class} dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>"
            ));
        }
    }

    fn element(&mut self, element: &str) {
        let _ = writeln!(self.0, "{element}");
    }

    fn end(mut self) -> String {
        self.0.push_str("</svg>\n");
        self.0
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A tick without a fraction that is none.
fn plain(value: f64) -> String {
    format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A size in the units that a reader thinks in.
fn size(bytes: f64) -> String {
    match bytes {
        ..1e3 => format!("{bytes:.0} B"),
        ..1e6 => format!("{:.0} kB", bytes / 1e3),
        _ => format!("{:.0} MB", bytes / 1e6),
    }
}

#[allow(clippy::cast_precision_loss)]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_or_above_the_highest_value() {
        for highest in [0.7, 1.0, 3.3, 5.0, 42.0, 999.0] {
            let scale = Scale::over([0.1, highest].into_iter());
            assert!(scale.end >= highest && scale.end < highest * 2.0, "{highest}");
            assert!((3..=7).contains(&scale.ticks().count()), "{highest}");
        }
    }

    #[test]
    fn names_are_escaped() {
        let bars = [Bar { name: "a<b & c".to_owned(), value: 1.0 }];
        assert!(super::bars("t", "a", &bars).contains(">a&lt;b &amp; c<"));
    }
}
