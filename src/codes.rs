//! Codes in pictures that people choose. The worker reads them.

use web_sys::File;
use wuzha_jobs::{Broken, Failure, Files, Request, Response};

use crate::browser::{picture, worker};

/// Enough for a code that fills a tenth of a photo, and read within a second.
const MAX_SIDE: u32 = 1_280;

/// Why no code could be looked for.
#[derive(Clone, Debug)]
pub(crate) enum CodeTrouble {
    /// The file is no picture that this browser knows.
    NotAPicture,
    /// The worker could not do it.
    Failed(Failure),
}

/// The text of the code in a picture; `None` where there is none.
///
/// # Errors
/// See [`CodeTrouble`].
pub(crate) async fn read(file: &File) -> Result<Option<String>, CodeTrouble> {
    let luma = picture::luma(file, MAX_SIDE).await;
    let luma = luma.map_err(|_| CodeTrouble::NotAPicture)?;
    let request = Request::DecodeQr {
        width: luma.width,
        height: luma.height,
    };
    let reply = worker::run::<Files>(request, Some(luma.bytes), |_| {}).await;
    match reply.map_err(CodeTrouble::Failed)?.response {
        Response::Qr(text) => Ok(text),
        _ => Err(CodeTrouble::Failed(Broken::other_answer().into())),
    }
}
