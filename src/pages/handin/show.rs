use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Aborted, abortable};
use leptos::html::Canvas;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_seal::{FileName, Sending, SentFile};

use super::export::{Export, Trouble, Written};
use super::job::Job;
use crate::app::texts;
use crate::browser::picture::{self, Area};
use crate::browser::{clock, save, wake_lock};
use crate::components::Modules;
use crate::shell::Screen;

/// How long each code stands: a camera needs some frames of it, and a slow phone a fifth of a second to read it.
const STANDS: Duration = Duration::from_millis(200);
const A_SECOND: u32 = 5;
/// Of the canvas a module, so that the browser, which scales it smoothly, leaves its edges sharp.
const PIXELS: usize = 8;
/// Of ten codes that are shown a camera in a hand reads about seven.
const READ_OF_TEN: u32 = 7;

/// A sealed file that is shown as codes.
#[derive(Clone)]
pub(super) struct Shown {
    sending: Arc<Sending>,
    export: Export,
    bytes: usize,
}

impl Shown {
    /// Of a file that nobody can read who photographs it.
    pub(super) async fn of(written: &Written) -> Result<Self, Trouble> {
        let bytes = save::bytes(&written.file).await;
        let bytes = bytes.map_err(|_| Trouble::File)?.to_vec();
        // The names that the app gives are such names.
        let name = FileName::try_from(written.file.name().as_str()).map_err(|_| Trouble::File)?;
        let len = bytes.len();
        let sending = Sending::of(&SentFile { name, bytes })?;
        Ok(Self {
            sending: Arc::new(sending),
            export: written.export,
            bytes: len,
        })
    }

    /// Roughly how many seconds it takes.
    fn seconds(&self) -> u32 {
        (self.sending.parts() * 10).div_ceil(A_SECOND * READ_OF_TEN)
    }
}

/// 面对面传: the codes, one after the other, until the person has done or goes.
///
/// `prefers-reduced-motion` does not stop them: the change is what is sent, and there is 暂停. Nothing flashes,
/// since each code is half black and half white.
#[component]
pub(super) fn Codes(job: Job, shown: Shown) -> impl IntoView {
    wake_lock::keep_awake();
    // The button for it stands far down.
    window().scroll_to_with_x_and_y(0.0, 0.0);
    let canvas = NodeRef::<Canvas>::new();
    let is_paused = RwSignal::new(false);
    let (size, is_passphrase_needed) = (
        (texts().face_to_face().size)(shown.bytes, shown.sending.parts(), shown.seconds()),
        shown.export == Export::SealedBackup,
    );
    let (showing, handle) = abortable(async move {
        let mut number = 0;
        loop {
            if !is_paused.get_untracked() {
                draw(canvas, &shown.sending.frame(number));
                number += 1;
            }
            clock::pause(STANDS).await;
        }
    });
    on_cleanup(move || handle.abort());
    spawn_local(async move {
        let _ended_by_leaving: Result<(), Aborted> = showing.await;
    });
    let pause = move || match is_paused.get() {
        true => texts().face_to_face().go_on,
        false => texts().face_to_face().pause,
    };
    view! {
        <Screen title=texts().face_to_face().title actions=|| ()>
            <section class="qr-stage">
                <canvas
                    node_ref=canvas
                    role="img"
                    aria-label=texts().face_to_face().codes
                ></canvas>
                <p class="strong">{texts().face_to_face().what_to_do}</p>
                {is_passphrase_needed.then(|| view! {
                    <p class="strong">{texts().face_to_face().tell_passphrase}</p>
                })}
                <p class="qr-stage__note num">{size}</p>
            </section>
            <div class="btn-row">
                <button class="btn btn_default" on:click=move |_| is_paused.update(|is_paused| *is_paused = !*is_paused)>
                    {pause}
                </button>
                <button class="btn btn_primary" on:click=move |_| job.put_away()>
                    {texts().face_to_face().done}
                </button>
            </div>
            <p class="section-note">{texts().face_to_face().until}</p>
            <p class="section-note">{texts().face_to_face().is_sealed}</p>
        </Screen>
    }
}

fn draw(element: NodeRef<Canvas>, text: &str) {
    let modules = Modules::of_random(text);
    if let (Some(element), Some(modules)) = (element.get_untracked(), modules) {
        let side = modules.side() * PIXELS;
        let side = u32::try_from(side).unwrap_or_default();
        // Without memory for it there is no new code; the next may be drawn again.
        if let Ok(canvas) = picture::Canvas::of(element, side, side) {
            let all = Area::of(0.0, 0.0, side.into(), side.into());
            canvas.fill("#fff", all);
            canvas.fill_all("#000", modules.runs().into_iter().map(area));
        }
    }
}

/// Of a run of dark modules.
#[expect(
    clippy::cast_precision_loss,
    reason = "a code has at most 185 modules a side"
)]
fn area((column, row, length): (usize, usize, usize)) -> Area {
    let [x, y, width, height] = [column, row, length, 1].map(|modules| (modules * PIXELS) as f64);
    Area::of(x, y, width, height)
}
