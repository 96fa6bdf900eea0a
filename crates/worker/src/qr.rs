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
    use qrcode::{Color, EcLevel, QrCode};
    use wuzha_seal::{FileName, Sending, SentFile};

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

    /// A frame of 640 pixels as a camera in a hand takes it from another phone's screen in a dim room: the code
    /// turned by `degrees`, over `share` of the width, blurred over two pixels, with noise. The upper edge is 3 %
    /// nearer than the middle.
    fn looked_at(text: &str, share: f64, degrees: f64) -> Vec<u8> {
        const SIDE: usize = 640;
        let code = QrCode::with_error_correction_level(text, EcLevel::L).unwrap();
        let width = code.width() as f64;
        let quiet = QUIET_MODULES as f64;
        let module = (width + 2.0 * quiet) / (share * SIDE as f64);
        let (sin, cos) = degrees.to_radians().sin_cos();
        let light_at = |x: f64, y: f64| {
            let (x, y) = (x - SIDE as f64 / 2.0, y - SIDE as f64 / 2.0);
            let depth = 1.0 + 0.03 * y / (SIDE as f64 / 2.0);
            let (x, y) = (x * depth * module, y * depth * module);
            let across = x * cos - y * sin + width / 2.0;
            let down = x * sin + y * cos + width / 2.0;
            let is_in = |at: f64, edge: f64| (-edge..width + edge).contains(&at);
            match (
                is_in(across, 0.0) && is_in(down, 0.0),
                is_in(across, quiet) && is_in(down, quiet),
            ) {
                (true, _) if code[(across as usize, down as usize)] == Color::Dark => 40.0,
                (_, true) => 215.0,
                (_, false) => 90.0,
            }
        };
        let mut noise = noise_of(9);
        let mut pixel = |at: usize| {
            let (x, y) = ((at % SIDE) as f64, (at / SIDE) as f64);
            let points =
                [-0.6, 0.0, 0.6].map(|dx| [-0.6, 0.0, 0.6].map(|dy| light_at(x + dx, y + dy)));
            let mean = points.iter().flatten().sum::<f64>() / 9.0;
            (mean + noise() - 12.0) as u8
        };
        (0..SIDE * SIDE).map(&mut pixel).collect()
    }

    /// 0 to 24, the same each time.
    fn noise_of(seed: u64) -> impl FnMut() -> f64 {
        let mut state = seed;
        move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % 25) as f64
        }
    }

    /// What makes the size of a part. Of 72 looks like these, code filling 65 to 90 % of the frame, 66 read a code of
    /// version 12, 55 of version 15, 45 of version 18; where it fills 55 %, 15, 10 and 5 of 24. Version 15 carries
    /// half as much again as 12.
    #[test]
    fn codes_of_a_transfer_are_read_more_often_than_not() {
        let mut noise = noise_of(5);
        let file = SentFile {
            name: FileName::try_from("示例.wzb").unwrap(),
            bytes: (0..40_000).map(|_| (10.0 * noise()) as u8).collect(),
        };
        let sending = Sending::of(&file).unwrap();
        let shares = [0.65, 0.9];
        let looks = shares
            .iter()
            .flat_map(|share| [0.0, 1.0, 3.0].map(|degrees| (*share, degrees)));
        let read = looks.zip(0..).filter(|((share, degrees), number)| {
            let text = sending.frame(*number);
            let frame = looked_at(&text, *share, *degrees);
            decode(640, 640, &frame) == Ok(Some(text))
        });
        assert!(read.count() >= 4);
    }
}
