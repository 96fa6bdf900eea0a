use wasm_bindgen::JsValue;

use super::code::Code;
use crate::browser::picture::{Area, Canvas, Ink};
use crate::browser::{platform, save};
use crate::components::Modules;
use crate::i18n::Download;

/// Pixels: sharp on any phone, and small enough for a chat.
const WIDTH: u32 = 1_080;
const MARGIN: f64 = 72.0;
const CODE_SIDE: f64 = 760.0;

const GREEN: &str = "#067d3f";
const RED: &str = "#b32a2a";
const GREY: &str = "#555";

/// What the picture says.
pub(super) struct Drawing {
    texts: &'static Download,
    code: String,
    domain: String,
    region: String,
}

/// What became of the picture.
pub(super) enum Saved {
    /// It was given to the browser as a download.
    Downloaded,
    /// It is to be shown at this address, for the person to hold and save.
    ToBeHeld(String),
}

impl Drawing {
    /// The picture of `code` with the `region` to choose.
    pub(super) fn of(texts: &'static Download, code: &Code, region: &str) -> Self {
        Self {
            texts,
            code: code.text(),
            domain: code.domain(),
            region: region.to_owned(),
        }
    }
}

/// Draws the picture and saves it as a PNG.
pub(super) async fn save(drawing: &Drawing, name: &str) -> Result<Saved, JsValue> {
    // Its height depends on how its lines break, so it is drawn once to be measured.
    let height = draw(&Canvas::new(WIDTH, 1)?, drawing, 0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some thousand pixels"
    )]
    let canvas = Canvas::new(WIDTH, height.ceil() as u32)?;
    draw(&canvas, drawing, height);
    if platform::in_wechat() {
        return Ok(Saved::ToBeHeld(canvas.address()?));
    }
    save::download(&save::named(&canvas.png().await?, name)?)?;
    Ok(Saved::Downloaded)
}

/// Draws everything on a ground of `height` and returns the height it takes.
fn draw(canvas: &Canvas, drawing: &Drawing, height: f64) -> f64 {
    let texts = drawing.texts;
    let width = f64::from(WIDTH);
    let (middle, inner) = (width / 2.0, width - 2.0 * MARGIN);
    canvas.fill("#fff", Area::of(0.0, 0.0, width, height));
    canvas.fill(GREEN, Area::of(0.0, 0.0, width, 260.0));
    let y = canvas.write(
        texts.poster_title,
        middle,
        44.0,
        inner,
        centred("#fff", 76.0, 700),
    );
    canvas.write(
        texts.poster_lead,
        middle,
        y + 4.0,
        inner,
        centred("#fff", 44.0, 400),
    );
    let mut y = draw_code(canvas, &drawing.code, 280.0);
    y = canvas.write(
        &drawing.domain,
        middle,
        y,
        inner,
        centred("#000", 40.0, 700),
    );
    y = canvas.write(
        &drawing.region,
        middle,
        y + 12.0,
        inner,
        centred(RED, 36.0, 700),
    );
    y += 28.0;
    for (number, step) in (1..).zip(texts.steps) {
        let title = format!("{number}. {}", step.title);
        y = canvas.write(&title, MARGIN, y, inner, left("#000", 38.0, 700));
        y = canvas.write(
            step.text,
            MARGIN + 46.0,
            y,
            inner - 46.0,
            left(GREY, 32.0, 400),
        );
        y += 10.0;
    }
    y += 16.0;
    canvas.fill("#000", Area::of(MARGIN, y, inner, 3.0));
    y += 20.0;
    for (number, what) in [("110", texts.poster_police), ("96110", texts.poster_advice)] {
        canvas.write(number, MARGIN, y, inner, left(RED, 60.0, 700));
        let beside = MARGIN + 240.0;
        canvas.write(
            what,
            beside,
            y + 18.0,
            inner - 240.0,
            left("#000", 36.0, 400),
        );
        y += 84.0;
    }
    canvas.write(
        texts.poster_foot,
        middle,
        y + 12.0,
        inner,
        centred(GREY, 34.0, 400),
    ) + 40.0
}

fn draw_code(canvas: &Canvas, text: &str, top: f64) -> f64 {
    if let Some(modules) = Modules::of(text) {
        // Whole pixels a module, so that its edges stay sharp.
        let module = (CODE_SIDE / pixels(modules.side())).floor().max(1.0);
        let left = ((f64::from(WIDTH) - module * pixels(modules.side())) / 2.0).floor();
        for (x, y, length) in modules.runs() {
            let (x, y) = (left + module * pixels(x), top + module * pixels(y));
            canvas.fill("#000", Area::of(x, y, module * pixels(length), module));
        }
    }
    top + CODE_SIDE
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a code has at most 185 modules a side"
)]
fn pixels(modules: usize) -> f64 {
    modules as f64
}

fn centred(color: &'static str, size: f64, weight: u16) -> Ink {
    Ink {
        color,
        size,
        weight,
        align: "center",
    }
}

fn left(color: &'static str, size: f64, weight: u16) -> Ink {
    Ink {
        color,
        size,
        weight,
        align: "left",
    }
}
