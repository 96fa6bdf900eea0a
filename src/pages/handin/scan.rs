use std::ops::ControlFlow;
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
/// Between two looks for one code: looking takes a core for about as long on a slow phone.
const PAUSE: Duration = Duration::from_millis(200);

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Opening,
    Looking,
    Failed(CameraError),
}

/// What is said while the camera is on, or cannot be.
#[derive(Clone, Copy)]
pub(crate) struct Hints {
    /// What the picture is, for screen readers.
    pub(crate) picture: &'static str,
    pub(crate) opening: &'static str,
    pub(crate) looking: &'static str,
    pub(crate) not_allowed: &'static str,
    pub(crate) unavailable: &'static str,
}

/// 扫一扫: the camera, until it has read a code or the person goes.
#[component]
pub(crate) fn Scan(on_text: Callback<String>, on_cancel: Callback<()>) -> impl IntoView {
    let school = texts().school();
    let hints = Hints {
        picture: school.scan,
        opening: school.camera_opening,
        looking: school.camera_hint,
        not_allowed: school.camera_not_allowed,
        unavailable: school.camera_unavailable,
    };
    let on_code = move |text| {
        on_text.run(text);
        ControlFlow::Break(())
    };
    view! {
        <section class="card stack center">
            <Viewfinder on_code pause=PAUSE hints/>
            <button class="btn btn_default btn_block" on:click=move |_| on_cancel.run(())>
                {texts().common().cancel}
            </button>
        </section>
    }
}

/// What the camera sees. Each code that is read goes to `on_code`, until that breaks off or the view is left.
#[component]
pub(crate) fn Viewfinder(
    on_code: impl FnMut(String) -> ControlFlow<()> + 'static,
    /// Between two looks.
    pause: Duration,
    hints: Hints,
) -> impl IntoView {
    wake_lock::keep_awake();
    let state = RwSignal::new(State::Opening);
    let video = NodeRef::<Video>::new();
    let (scanning, handle) = abortable(async move {
        match Camera::open().await {
            Ok(camera) => {
                let _left_meanwhile = state.try_set(State::Looking);
                look(&camera, video, pause, on_code).await;
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
        State::Opening => hints.opening,
        State::Looking => hints.looking,
        State::Failed(CameraError::NotAllowed) => hints.not_allowed,
        State::Failed(CameraError::Unavailable) => hints.unavailable,
    };
    let has_failed = move || matches!(state.get(), State::Failed(_));
    view! {
        <video
            class="viewfinder"
            node_ref=video
            autoplay
            muted
            playsinline
            hidden=has_failed
            aria-label=hints.picture
        ></video>
        <p role="status">{hint}</p>
    }
}

/// Looks at what the camera sees, again and again.
async fn look(
    camera: &Camera,
    video: NodeRef<Video>,
    pause: Duration,
    mut on_code: impl FnMut(String) -> ControlFlow<()>,
) {
    loop {
        let element = video.get_untracked();
        if let Some(element) = element {
            if element.src_object().is_none() {
                camera.show_in(&element);
            }
            if let Some(text) = read(&element).await
                && on_code(text).is_break()
            {
                return;
            }
        }
        clock::pause(pause).await;
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
