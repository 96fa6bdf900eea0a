//! The app's side of the conversations with its workers; see [`wuzha_jobs`].
//!
//! A worker is started when the first job needs one, and kept for the next. Two jobs of one kind at a time
//! take two workers. A job's worker belongs to its future: when that is dropped, the worker is ended.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use futures_util::future::{AbortHandle, abortable};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, Event, MessageEvent, WorkerOptions, WorkerType};
use wuzha_jobs::{Broken, Contract, Message, Progress, READY};

/// What came of a job.
#[derive(Debug)]
pub(crate) struct Reply<R> {
    pub(crate) response: R,
    /// The bytes beside it; they have not passed through this wasm's memory.
    pub(crate) bytes: Option<Uint8Array>,
}

/// Does `request` in a worker. `bytes` are handed over: the array is empty afterwards.
pub(crate) async fn run<C: Contract>(
    request: C::Request,
    bytes: Option<Uint8Array>,
    on_progress: impl Fn(Progress),
) -> Result<Reply<C::Response>, C::Failure> {
    let mut session = Session::open(C::SCRIPT).await?;
    session.send(&wuzha_jobs::encode(&request)?, bytes.as_ref())?;
    loop {
        let (message, bytes) = match session.next().await? {
            Heard::Message(message, bytes) => (message, bytes),
            Heard::Ready => continue,
            Heard::Broken(reason) => return Err(Broken::Crashed(reason).into()),
        };
        let answer = match wuzha_jobs::decode::<Message<C::Response, C::Failure>>(&message)? {
            Message::Progress(progress) => {
                on_progress(progress);
                continue;
            }
            Message::Done(response) => Ok(Reply { response, bytes }),
            Message::Failed(failure) => Err(failure),
        };
        session.keep();
        return answer;
    }
}

/// [`run`] with a handle by which the person can cancel it; it then ends at once with
/// [`Broken::Cancelled`].
pub(crate) fn cancellable<C: Contract>(
    request: C::Request,
    bytes: Option<Uint8Array>,
    on_progress: impl Fn(Progress),
) -> (
    impl Future<Output = Result<Reply<C::Response>, C::Failure>>,
    AbortHandle,
) {
    let (job, handle) = abortable(run::<C>(request, bytes, on_progress));
    let job = async move { job.await.unwrap_or(Err(Broken::Cancelled.into())) };
    (job, handle)
}

thread_local! {
    /// The worker of each kind that waits for the next job.
    static IDLE: RefCell<BTreeMap<&'static str, Session>> = const { RefCell::new(BTreeMap::new()) };
}

/// A worker and what it says. Dropping it ends the worker.
struct Session {
    script: &'static str,
    worker: web_sys::Worker,
    heard: UnboundedReceiver<Heard>,
    /// They are called as long as the worker lives.
    _listeners: Listeners,
}

struct Listeners {
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(Event)>,
}

enum Heard {
    Ready,
    Message(Vec<u8>, Option<Uint8Array>),
    Broken(String),
}

impl Session {
    /// The waiting worker, or a new one that is ready.
    async fn open(script: &'static str) -> Result<Self, Broken> {
        let idle = IDLE.with_borrow_mut(|idle| idle.remove(script));
        if let Some(session) = idle {
            return Ok(session);
        }
        let session = Self::start(script);
        let mut session = session.map_err(|error| Broken::NotStarted(text(&error)))?;
        match session.next().await? {
            Heard::Ready => Ok(session),
            Heard::Broken(reason) => Err(Broken::NotStarted(reason)),
            Heard::Message(..) => Err(Broken::Message("an answer before ready".to_owned())),
        }
    }

    fn start(script: &'static str) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = web_sys::Worker::new_with_options(script, &options)?;
        let (say, heard) = unbounded();
        let listeners = Listeners::attach(&worker, say);
        Ok(Self {
            script,
            worker,
            heard,
            _listeners: listeners,
        })
    }

    fn send(&self, request: &[u8], bytes: Option<&Uint8Array>) -> Result<(), Broken> {
        let message = Array::of1(&Uint8Array::from(request));
        let transfer = Array::new();
        if let Some(bytes) = bytes {
            transfer.push(&bytes.buffer());
            message.push(bytes);
        }
        self.worker
            .post_message_with_transfer(&message, &transfer)
            .map_err(|error| Broken::Message(text(&error)))
    }

    async fn next(&mut self) -> Result<Heard, Broken> {
        let heard = self.heard.next().await;
        heard.ok_or_else(|| Broken::Crashed("it fell silent".to_owned()))
    }

    /// Keeps the worker for the next job. Where one waits already, this one ends.
    fn keep(self) {
        IDLE.with_borrow_mut(|idle| {
            idle.entry(self.script).or_insert(self);
        });
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // What is on its way already must not call listeners that are gone.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Listeners {
    fn attach(worker: &web_sys::Worker, say: UnboundedSender<Heard>) -> Self {
        let say_error = say.clone();
        // Saying fails only once the session is gone, and nobody wants to hear it any more.
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let _nobody_listens = say.unbounded_send(understand(&event.data()));
        });
        let on_error = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let error = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
            let reason = error.unwrap_or_else(|| "its files did not load".to_owned());
            let _nobody_listens = say_error.unbounded_send(Heard::Broken(reason));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Self {
            _on_message: on_message,
            _on_error: on_error,
        }
    }
}

fn understand(data: &JsValue) -> Heard {
    match data.as_string() {
        Some(text) if text == READY => return Heard::Ready,
        Some(reason) => return Heard::Broken(reason),
        None => {}
    }
    let parts: Array = data.clone().unchecked_into();
    let part = |at| -> Option<Uint8Array> { parts.get(at).dyn_into().ok() };
    let message = part(0).map_or_else(Vec::new, |message| message.to_vec());
    Heard::Message(message, part(1))
}

/// What JavaScript threw, for whoever looks into it.
fn text(error: &JsValue) -> String {
    format!("{error:?}")
}
