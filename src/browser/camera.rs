//! The phone's camera, live.

use js_sys::{Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

/// Why there is no camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CameraError {
    /// The person, or the browser in their name, has not allowed it.
    NotAllowed,
    /// There is none, another app has it, or this page may use none.
    Unavailable,
}

/// A camera that is on; off when dropped.
pub(crate) struct Camera {
    stream: MediaStream,
}

impl Camera {
    /// Turns the camera at the back on, or the only one. The browser asks the person.
    ///
    /// # Errors
    /// See [`CameraError`].
    pub(crate) async fn open() -> Result<Self, CameraError> {
        let stream = stream().await;
        let stream = stream.map_err(|error| match error.dyn_ref::<DomException>() {
            Some(error) if error.name() == "NotAllowedError" => CameraError::NotAllowed,
            _ => CameraError::Unavailable,
        })?;
        Ok(Self { stream })
    }

    /// Shows what it sees. The element is to be muted, to play by itself and in its place.
    pub(crate) fn show_in(&self, video: &HtmlVideoElement) {
        video.set_src_object(Some(&self.stream));
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// Not there where the page did not come over HTTPS.
async fn stream() -> Result<MediaStream, JsValue> {
    let wanted = MediaStreamConstraints::new();
    let back = Object::new();
    Reflect::set(&back, &"facingMode".into(), &"environment".into())?;
    // Many give 640 × 480 unless they are asked, in which a dense code is too small. None is refused for it.
    for (side, pixels) in [("width", 1280), ("height", 720)] {
        let ideal = Object::new();
        Reflect::set(&ideal, &"ideal".into(), &pixels.into())?;
        Reflect::set(&back, &side.into(), &ideal)?;
    }
    wanted.set_video(&back);
    let devices = window().navigator().media_devices()?;
    let stream = devices.get_user_media_with_constraints(&wanted)?;
    JsFuture::from(stream).await?.dyn_into()
}
