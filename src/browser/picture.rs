//! Pictures in and out: the luminance of a photo, and a canvas to draw on.

use js_sys::{Function, Promise, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlVideoElement, ImageBitmap,
};

/// A picture's luminance, a byte a pixel, row by row.
pub(crate) struct Luma {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) bytes: Uint8Array,
}

/// The luminance of the picture in `file`, scaled down to at most `max_side` pixels a side.
///
/// # Errors
/// When the browser cannot read it as a picture.
pub(crate) async fn luma(file: &File, max_side: u32) -> Result<Luma, JsValue> {
    let bitmap = window().create_image_bitmap_with_blob(file)?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await?.unchecked_into();
    let (width, height) = fit(bitmap.width(), bitmap.height(), max_side);
    let canvas = Canvas::new(width, height)?;
    let (across, down) = (f64::from(width), f64::from(height));
    // Codes with a transparent ground are drawn on white.
    canvas.fill("#fff", Area::of(0.0, 0.0, across, down));
    canvas
        .context
        .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, across, down)?;
    bitmap.close();
    canvas.luma(width, height)
}

/// The luminance of the largest square in the middle of what `video` shows, `side` pixels wide; `None` before
/// it shows anything.
///
/// # Errors
/// When the browser has no memory for it.
pub(crate) fn luma_of_frame(video: &HtmlVideoElement, side: u32) -> Result<Option<Luma>, JsValue> {
    let (across, down) = (
        f64::from(video.video_width()),
        f64::from(video.video_height()),
    );
    let square = across.min(down);
    if square < 1.0 {
        return Ok(None);
    }
    let canvas = Canvas::new(side, side)?;
    canvas
        .context
        .draw_image_with_html_video_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            video,
            (across - square) / 2.0,
            (down - square) / 2.0,
            square,
            square,
            0.0,
            0.0,
            side.into(),
            side.into(),
        )?;
    canvas.luma(side, side).map(Some)
}

/// ITU-R BT.601, in 256ths.
fn luminance(rgba: &[u8]) -> u8 {
    let weighted = rgba.iter().zip([77_u16, 150, 29]);
    let sum: u16 = weighted
        .map(|(&part, weight)| u16::from(part) * weight)
        .sum();
    sum.to_be_bytes()[0]
}

fn fit(width: u32, height: u32, max_side: u32) -> (u32, u32) {
    let longer = width.max(height).max(1);
    if longer <= max_side {
        return (width.max(1), height.max(1));
    }
    let scaled = |side: u32| {
        let scaled = u64::from(side) * u64::from(max_side) / u64::from(longer);
        u32::try_from(scaled).unwrap_or(max_side).max(1)
    };
    (scaled(width), scaled(height))
}

/// A rectangle on a [`Canvas`], in pixels.
#[derive(Clone, Copy)]
pub(crate) struct Area {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Area {
    /// `width` × `height` pixels at (`x`, `y`).
    pub(crate) fn of(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }
}

/// How a text is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Ink {
    /// A CSS colour.
    pub(crate) color: &'static str,
    /// Pixels.
    pub(crate) size: f64,
    /// As in CSS: 400 or 700.
    pub(crate) weight: u16,
    /// As in CSS: `left` or `center`.
    pub(crate) align: &'static str,
}

/// A canvas to draw on.
pub(crate) struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    /// A transparent canvas that is not on the page.
    ///
    /// # Errors
    /// When the browser has no memory for it.
    pub(crate) fn new(width: u32, height: u32) -> Result<Self, JsValue> {
        let element = document().create_element("canvas")?.unchecked_into();
        Self::of(element, width, height)
    }

    /// One that is on the page; what was drawn on it is gone.
    ///
    /// # Errors
    /// When the browser has no memory for it.
    pub(crate) fn of(element: HtmlCanvasElement, width: u32, height: u32) -> Result<Self, JsValue> {
        element.set_width(width);
        element.set_height(height);
        let context = element.get_context("2d")?;
        let context = context.ok_or_else(|| JsValue::from_str("no 2d context"))?;
        Ok(Self {
            element,
            context: context.unchecked_into(),
        })
    }

    /// The luminance of its upper left corner.
    fn luma(&self, width: u32, height: u32) -> Result<Luma, JsValue> {
        let (across, down) = (width.into(), height.into());
        let data = self.context.get_image_data(0.0, 0.0, across, down)?.data();
        let luma: Vec<u8> = data.chunks_exact(4).map(luminance).collect();
        Ok(Luma {
            width,
            height,
            bytes: Uint8Array::from(luma.as_slice()),
        })
    }

    /// Fills `area` with a CSS colour.
    pub(crate) fn fill(&self, color: &str, area: Area) {
        self.fill_all(color, [area]);
    }

    /// Fills all of these with a CSS colour, which is read once: it takes longer than the filling.
    pub(crate) fn fill_all(&self, color: &str, areas: impl IntoIterator<Item = Area>) {
        self.context.set_fill_style_str(color);
        for area in areas {
            self.context
                .fill_rect(area.x, area.y, area.width, area.height);
        }
    }

    /// Writes `text` from the top at `y`, broken into lines of at most `width` pixels; the left edge
    /// or the middle of each is at `x`. Returns the bottom.
    pub(crate) fn write(&self, text: &str, x: f64, y: f64, width: f64, ink: Ink) -> f64 {
        let context = &self.context;
        context.set_fill_style_str(ink.color);
        context.set_font(&format!(
            "{} {}px system-ui, sans-serif",
            ink.weight, ink.size
        ));
        context.set_text_align(ink.align);
        context.set_text_baseline("top");
        let line_height = ink.size * 1.4;
        let mut y = y;
        for line in self.lines(text, width) {
            // Fails only for coordinates that are no numbers.
            let _drawn = context.fill_text(&line, x, y + (line_height - ink.size) / 2.0);
            y += line_height;
        }
        y
    }

    /// Han text breaks anywhere, Latin words only at their ends.
    fn lines(&self, text: &str, width: f64) -> Vec<String> {
        let mut lines = vec![];
        let mut line = String::new();
        for word in words(text) {
            let longer = format!("{line}{word}");
            let measured = self.context.measure_text(longer.trim_end());
            let is_too_long = measured.is_ok_and(|measured| measured.width() > width);
            if is_too_long && !line.is_empty() {
                lines.push(line.trim_end().to_owned());
                line = word.trim_start().to_owned();
            } else {
                line = longer;
            }
        }
        lines.push(line.trim_end().to_owned());
        lines
    }

    /// What was drawn, as a `data:` address, which web views can save from the page.
    ///
    /// # Errors
    /// When the browser has no memory for it.
    pub(crate) fn address(&self) -> Result<String, JsValue> {
        self.element.to_data_url()
    }

    /// What was drawn, as a PNG.
    ///
    /// # Errors
    /// When the browser has no memory for it.
    pub(crate) async fn png(&self) -> Result<Blob, JsValue> {
        let drawn = Promise::new(&mut |resolve: Function, reject: Function| {
            let take = Closure::once_into_js(move |blob: JsValue| {
                // Neither function throws.
                let _settled = if blob.is_null() {
                    reject.call0(&JsValue::NULL)
                } else {
                    resolve.call1(&JsValue::NULL, &blob)
                };
            });
            // It fails for a canvas that holds other sites' pictures; ours holds none.
            let _begun = self.element.to_blob(take.unchecked_ref());
        });
        Ok(JsFuture::from(drawn).await?.unchecked_into())
    }
}

/// The parts between which a line may break.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![];
    let mut may_join = false;
    for c in text.chars() {
        let is_latin = c.is_ascii() && c != ' ';
        // No line begins with a closing mark.
        let closes = "，。、；：？！”）》".contains(c);
        match words.last_mut() {
            Some(word) if closes || c == ' ' || (is_latin && may_join) => word.push(c),
            _ => words.push(c.to_string()),
        }
        may_join = is_latin;
    }
    words
}
