//! QR codes in pictures.

use rqrr::PreparedImage;
use wuzha_jobs::Broken;

/// Pictures beyond this are scaled down by the app before they are sent.
const MAX_SIDE: u32 = 4_096;

/// The text of the first code in a picture of `width` × `height` pixels of luminance, if any.
///
/// # Errors
/// [`Broken::Message`] when `luma` is not a picture of that size.
pub(crate) fn decode(width: u32, height: u32, luma: &[u8]) -> Result<Option<String>, Broken> {
    let picture = Picture::new(width, height, luma)
        .ok_or_else(|| Broken::Message(format!("no picture of {width} × {height} pixels")))?;
    // Codes light on dark are drawn by apps in dark mode. A picture of half the size loses the noise
    // and the moiré of a photographed screen.
    let half = picture.halved();
    let read = [&picture, &half]
        .into_iter()
        .find_map(|picture| read(picture, |luma| luma).or_else(|| read(picture, |luma| !luma)));
    Ok(read)
}

fn read(picture: &Picture, tone: fn(u8) -> u8) -> Option<String> {
    let at = |x, y| tone(picture.at(x, y));
    let mut prepared = PreparedImage::prepare_from_greyscale(picture.width, picture.height, at);
    let codes = prepared.detect_grids();
    codes
        .iter()
        .find_map(|code| code.decode().ok())
        .map(|(_, text)| text)
}

/// Luminance, row by row.
struct Picture {
    width: usize,
    height: usize,
    luma: Vec<u8>,
}

impl Picture {
    fn new(width: u32, height: u32, luma: &[u8]) -> Option<Self> {
        let fits = (1..=MAX_SIDE).contains(&width) && (1..=MAX_SIDE).contains(&height);
        let (width, height) = (width as usize, height as usize);
        (fits && luma.len() == width * height).then(|| Self {
            width,
            height,
            luma: luma.to_vec(),
        })
    }

    /// White beyond the edge.
    fn at(&self, x: usize, y: usize) -> u8 {
        let at = y * self.width + x;
        self.luma.get(at).copied().unwrap_or(u8::MAX)
    }

    /// Each 2 × 2 pixels as their mean.
    fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mean = |x: usize, y: usize| {
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)];
            let sum: u16 = four
                .iter()
                .map(|(dx, dy)| u16::from(self.at(2 * x + dx, 2 * y + dy)))
                .sum();
            (sum / 4).to_le_bytes()[0]
        };
        let luma = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| mean(x, y))
            .collect();
        Self {
            width,
            height,
            luma,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::{Color, QrCode};

    const LINK: &str = "https://fanzha.example/download";
    const PIXELS_PER_MODULE: usize = 5;
    const QUIET_MODULES: usize = 4;

    /// A drawn code, `dark` on `light`.
    fn picture(text: &str, dark: u8, light: u8) -> (u32, Vec<u8>) {
        let code = QrCode::new(text).unwrap();
        let side = (code.width() + 2 * QUIET_MODULES) * PIXELS_PER_MODULE;
        let module = |pixel: usize| (pixel / PIXELS_PER_MODULE).checked_sub(QUIET_MODULES);
        let is_dark = |x: usize, y: usize| match (module(x), module(y)) {
            (Some(x), Some(y)) if x < code.width() && y < code.width() => {
                code[(x, y)] == Color::Dark
            }
            _ => false,
        };
        let pixels = (0..side * side).map(|at| (at % side, at / side));
        let luma = pixels.map(|(x, y)| if is_dark(x, y) { dark } else { light });
        (u32::try_from(side).unwrap(), luma.collect())
    }

    #[test]
    fn a_code_is_read_dark_on_light_and_light_on_dark() {
        for (dark, light) in [(0, 255), (90, 160), (255, 0), (200, 40)] {
            let (side, luma) = picture(LINK, dark, light);
            assert_eq!(
                decode(side, side, &luma),
                Ok(Some(LINK.to_owned())),
                "{dark} on {light}"
            );
        }
    }

    #[test]
    fn a_picture_without_a_code_gives_none() {
        assert_eq!(decode(64, 64, &[128; 64 * 64]), Ok(None));
        assert_eq!(decode(1, 1, &[0]), Ok(None));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for (width, height, bytes) in [(2, 2, 3), (0, 0, 0), (5_000, 1, 5_000)] {
            let luma = vec![0; bytes];
            assert!(decode(width, height, &luma).is_err(), "{width} × {height}");
        }
    }
}
