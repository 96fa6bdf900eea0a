use leptos::prelude::*;
use leptos::text_prop::TextProp;
use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel, QrCode as Encoder, QrResult, Version};

/// The light edge that scanners need, in modules.
pub(crate) const QUIET: usize = 4;

/// 77 modules a side.
const DENSE: Version = Version::Normal(15);

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

    /// The code of an alphanumeric `text` of at most 758 characters that is as good as random: version 15, level L.
    ///
    /// Its mask is not chosen. For a text without a pattern one does as well as another, and trying all eight is
    /// nearly all of the time that a code takes: 8 of 8.3 ms here, several times that on a phone.
    pub(crate) fn of_random(text: &str) -> Option<Self> {
        let colors = unchosen(text).ok()?;
        let width = usize::try_from(DENSE.width()).ok()?;
        Some(Self { colors, width })
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

fn unchosen(text: &str) -> QrResult<Vec<Color>> {
    let mut bits = Bits::new(DENSE);
    bits.push_alphanumeric_data(text.as_bytes())?;
    bits.push_terminator(EcLevel::L)?;
    let (data, correction) = construct_codewords(&bits.into_bytes(), DENSE, EcLevel::L)?;
    let mut canvas = Canvas::new(DENSE, EcLevel::L);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    Ok(canvas.into_colors())
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
