//! The app's side of the conversation with its worker; see [`wuzha_jobs`].
//!
//! A worker is started when the first job needs one, and kept for the next. Two jobs at a time take
//! two workers. A job's worker belongs to its future: when that is dropped, the worker is ended.

use std::cell::RefCell;
use std::future::Future;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use futures_util::future::{AbortHandle, abortable};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, Event, MessageEvent, WorkerOptions, WorkerType};
use wuzha_jobs::{Failure, Message, Progress, READY, Request, Response};

/// Not hashed: the loader names the other two files of the worker itself.
const SCRIPT: &str = "/wuzha-worker_loader.js";

/// What came of a job.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) response: Response,
    /// The bytes beside it; they have not passed through this wasm's memory.
    pub(crate) bytes: Option<Uint8Array>,
}

/// Does `request` in a worker. `bytes` are handed over: the array is empty afterwards.
pub(crate) async fn run(
    request: Request,
    bytes: Option<Uint8Array>,
    on_progress: impl Fn(Progress),
) -> Result<Reply, Failure> {
    let mut session = Session::open().await?;
    session.send(&request, bytes.as_ref())?;
    loop {
        match session.next().await? {
            Heard::Message(Message::Progress(progress), _) => on_progress(progress),
            Heard::Message(Message::Done(response), bytes) => {
                session.keep();
                return Ok(Reply { response, bytes });
            }
            Heard::Message(Message::Failed(failure), _) => {
                if !matches!(failure, Failure::Crashed(_)) {
                    session.keep();
                }
                return Err(failure);
            }
            Heard::Ready => {}
            Heard::Broken(reason) => return Err(Failure::Crashed(reason)),
        }
    }
}

/// [`run`] with a handle by which the person can cancel it; it then ends at once with
/// [`Failure::Cancelled`].
pub(crate) fn cancellable(
    request: Request,
    bytes: Option<Uint8Array>,
    on_progress: impl Fn(Progress),
) -> (impl Future<Output = Result<Reply, Failure>>, AbortHandle) {
    let (job, handle) = abortable(run(request, bytes, on_progress));
    let job = async move { job.await.unwrap_or(Err(Failure::Cancelled)) };
    (job, handle)
}

thread_local! {
    /// The worker that waits for the next job.
    static IDLE: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// A worker and what it says. Dropping it ends the worker.
struct Session {
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
    Message(Message, Option<Uint8Array>),
    Broken(String),
}

impl Session {
    /// The waiting worker, or a new one that is ready.
    async fn open() -> Result<Self, Failure> {
        let idle = IDLE.with_borrow_mut(Option::take);
        if let Some(session) = idle {
            return Ok(session);
        }
        let mut session = Self::start().map_err(|error| Failure::NotStarted(text(&error)))?;
        match session.next().await? {
            Heard::Ready => Ok(session),
            Heard::Broken(reason) => Err(Failure::NotStarted(reason)),
            Heard::Message(Message::Failed(failure), _) => Err(failure),
            Heard::Message(..) => Err(Failure::Message("an answer before ready".to_owned())),
        }
    }

    fn start() -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = web_sys::Worker::new_with_options(SCRIPT, &options)?;
        let (say, heard) = unbounded();
        let listeners = Listeners::attach(&worker, say);
        Ok(Self {
            worker,
            heard,
            _listeners: listeners,
        })
    }

    fn send(&self, request: &Request, bytes: Option<&Uint8Array>) -> Result<(), Failure> {
        let request = wuzha_jobs::encode(request)?;
        let message = Array::of1(&Uint8Array::from(request.as_slice()));
        let transfer = Array::new();
        if let Some(bytes) = bytes {
            transfer.push(&bytes.buffer());
            message.push(bytes);
        }
        self.worker
            .post_message_with_transfer(&message, &transfer)
            .map_err(|error| Failure::Message(text(&error)))
    }

    async fn next(&mut self) -> Result<Heard, Failure> {
        let heard = self.heard.next().await;
        heard.ok_or_else(|| Failure::Crashed("it fell silent".to_owned()))
    }

    /// Keeps the worker for the next job. Where one waits already, this one ends.
    fn keep(self) {
        IDLE.with_borrow_mut(|idle| {
            idle.get_or_insert(self);
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
    if data.as_string().as_deref() == Some(READY) {
        return Heard::Ready;
    }
    let parts: Array = data.clone().unchecked_into();
    let part = |at| -> Option<Uint8Array> { parts.get(at).dyn_into().ok() };
    let message = part(0).map_or_else(Vec::new, |message| message.to_vec());
    match wuzha_jobs::decode(&message) {
        Ok(message) => Heard::Message(message, part(1)),
        Err(failure) => Heard::Message(Message::Failed(failure), None),
    }
}

/// What JavaScript threw, for whoever looks into it.
fn text(error: &JsValue) -> String {
    format!("{error:?}")
}
