use leptos::prelude::*;
use leptos::text_prop::TextProp;
use qrcode::{Color, QrCode as Encoder};

/// The light edge that scanners need, in modules.
pub(crate) const QUIET: usize = 4;

/// The modules of a QR code.
pub(crate) struct Modules {
    colors: Vec<Color>,
    /// Modules a side, without the quiet edge.
    width: usize,
}

impl Modules {
    /// The code of `text`; `None` for more than a code holds (about 2,300 bytes).
    pub(crate) fn of(text: &str) -> Option<Self> {
        let code = Encoder::new(text).ok()?;
        Some(Self {
            width: code.width(),
            colors: code.into_colors(),
        })
    }

    /// Modules a side, with the quiet edge.
    pub(crate) fn side(&self) -> usize {
        self.width + 2 * QUIET
    }

    /// The dark runs as (column, row, length), the quiet edge counted in.
    pub(crate) fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs = vec![];
        for (row, colors) in self.colors.chunks(self.width).enumerate() {
            let mut column = QUIET;
            for run in colors.chunk_by(|a, b| a == b) {
                if run.first() == Some(&Color::Dark) {
                    runs.push((column, row + QUIET, run.len()));
                }
                column += run.len();
            }
        }
        runs
    }

    /// The `d` of one path: a stroke a run.
    fn path(&self) -> String {
        let stroke = |(x, y, length)| format!("M{x} {y}h{length}v1h-{length}z");
        self.runs().into_iter().map(stroke).collect()
    }
}

/// A QR code, drawn sharp at any size. Nothing where the text is too long for one.
#[component]
pub(crate) fn QrCode(
    /// What it says when scanned.
    #[prop(into)]
    text: Signal<String>,
    /// What it is, for screen readers.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    move || {
        let label = label.clone();
        text.with(|text| Modules::of(text)).map(|modules| {
            let side = modules.side();
            view! {
                <svg
                    viewBox=format!("0 0 {side} {side}")
                    role="img"
                    aria-label=move || label.get()
                    shape-rendering="crispEdges"
                >
                    <path fill="#fff" d=format!("M0 0h{side}v{side}H0z")></path>
                    <path fill="#000" d=modules.path()></path>
                </svg>
            }
        })
    }
}
