use std::time::Duration;

use futures_util::future::{Aborted, abortable};
use leptos::html::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_jobs::{Files, Request, Response};

use crate::app::texts;
use crate::browser::camera::{Camera, CameraError};
use crate::browser::{clock, picture, wake_lock, worker};

/// Pixels a side: a code of 480 characters has 77 modules, and should fill half of the frame.
const SIDE: u32 = 640;
/// Between two looks: looking takes a core for about as long on a slow phone.
const PAUSE: Duration = Duration::from_millis(200);

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Opening,
    Looking,
    Failed(CameraError),
}

/// 扫一扫: the camera, until it has read a code or the person goes.
#[component]
pub(crate) fn Scan(on_text: Callback<String>, on_cancel: Callback<()>) -> impl IntoView {
    wake_lock::keep_awake();
    let state = RwSignal::new(State::Opening);
    let video = NodeRef::<Video>::new();
    let (scanning, handle) = abortable(async move {
        match Camera::open().await {
            Ok(camera) => {
                let _left_meanwhile = state.try_set(State::Looking);
                on_text.run(look(&camera, video).await);
            }
            Err(error) => {
                let _left_meanwhile = state.try_set(State::Failed(error));
            }
        }
    });
    on_cleanup(move || handle.abort());
    spawn_local(async move {
        let _ended_by_leaving: Result<(), Aborted> = scanning.await;
    });
    let hint = move || match state.get() {
        State::Opening => texts().school().camera_opening,
        State::Looking => texts().school().camera_hint,
        State::Failed(CameraError::NotAllowed) => texts().school().camera_not_allowed,
        State::Failed(CameraError::Unavailable) => texts().school().camera_unavailable,
    };
    let has_failed = move || matches!(state.get(), State::Failed(_));
    view! {
        <section class="card stack center">
            <video
                class="viewfinder"
                node_ref=video
                autoplay
                muted
                playsinline
                hidden=has_failed
                aria-label=texts().school().scan
            ></video>
            <p role="status">{hint}</p>
            <button class="btn btn_default btn_block" on:click=move |_| on_cancel.run(())>
                {texts().common().cancel}
            </button>
        </section>
    }
}

/// Looks at what the camera sees until there is a code in it.
async fn look(camera: &Camera, video: NodeRef<Video>) -> String {
    loop {
        let element = video.get_untracked();
        if let Some(element) = element {
            if element.src_object().is_none() {
                camera.show_in(&element);
            }
            if let Some(text) = read(&element).await {
                return text;
            }
        }
        clock::pause(PAUSE).await;
    }
}

/// The text of a code in the picture. A frame that cannot be read is followed by another.
async fn read(video: &web_sys::HtmlVideoElement) -> Option<String> {
    let luma = picture::luma_of_frame(video, SIDE).ok()??;
    let request = Request::DecodeQr {
        width: luma.width,
        height: luma.height,
    };
    let reply = worker::run::<Files>(request, Some(luma.bytes), |_| {}).await;
    match reply.ok()?.response {
        Response::Qr(text) => text,
        _ => None,
    }
}
