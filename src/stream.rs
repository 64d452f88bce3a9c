//! Work on shards in parallel, results in order.
//!
//! In: an iterator of shards. Out: the results, one after the other, as if one thread had done it all.
//! Invariant: at most [`IN_FLIGHT`] shards a thread are in memory; the first error, or the wish to stop, ends everything.

use crate::error::{Error, Result};
use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Shards between the reader and the writer, for each thread.
const IN_FLIGHT: usize = 2;

/// Sends every item through `work` on one of `threads` threads, each with a state of its own, and its result to `sink` in order.
pub fn in_order<T, S, R>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    stop: &AtomicBool,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<()>,
) -> Result<()>
where
    T: Send,
    R: Send,
{
    let failed = AtomicBool::new(false);
    let halted = || stop.load(Ordering::Relaxed) || failed.load(Ordering::Relaxed);
    let (send_ticket, take_ticket) = sync_channel::<()>(threads * IN_FLIGHT);
    let (send_item, take_item) = sync_channel::<(usize, T)>(threads);
    let (send_result, take_result) = sync_channel::<(usize, Done<R>)>(threads * IN_FLIGHT);
    // held by the workers alone: when the last of them is gone, the reader's next send fails
    let take_item = Arc::new(Mutex::new(take_item));
    for _ in 0..threads * IN_FLIGHT {
        let _ = send_ticket.send(());
    }
    let outcome = std::thread::scope(|scope| {
        let halted = &halted;
        scope.spawn(move || feed(items, &take_ticket, &send_item, halted));
        for _ in 0..threads {
            let send_result = send_result.clone();
            let (take_item, state, work) = (take_item.clone(), &state, &work);
            scope.spawn(move || serve(&take_item, &send_result, halted, state, work));
        }
        drop(send_result);
        drop(take_item);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut outcome = Ok(());
        let mut panic = None;
        for (number, result) in &take_result {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                match result {
                    Done::Panic(payload) => {
                        failed.store(true, Ordering::Relaxed);
                        panic = panic.or(Some(payload));
                    }
                    Done::Result(result) if outcome.is_ok() && !halted() => {
                        outcome = sink(result);
                        failed.fetch_or(outcome.is_err(), Ordering::Relaxed);
                    }
                    Done::Result(_) | Done::Skipped => {}
                }
                let _ = send_ticket.try_send(());
            }
        }
        drop(send_ticket);
        if let Some(payload) = panic {
            std::panic::resume_unwind(payload);
        }
        outcome
    });
    if stop.load(Ordering::Relaxed) { Err(Error::Interrupted) } else { outcome }
}

/// What became of an item.
enum Done<R> {
    Result(R),
    Skipped,
    Panic(Box<dyn Any + Send>),
}

fn feed<T>(
    items: impl Iterator<Item = T>,
    tickets: &Receiver<()>,
    send: &SyncSender<(usize, T)>,
    halted: &impl Fn() -> bool,
) {
    for item in items.enumerate() {
        if halted() || tickets.recv().is_err() || send.send(item).is_err() {
            break;
        }
    }
}

fn serve<T, S, R>(
    items: &Mutex<Receiver<(usize, T)>>,
    send: &SyncSender<(usize, Done<R>)>,
    halted: &impl Fn() -> bool,
    state: &impl Fn() -> S,
    work: &impl Fn(&mut S, T) -> R,
) {
    let mut state = state();
    loop {
        let item = items.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, item)) = item else { break };
        // every item gets an answer, or the others would wait for it
        let done = match halted() {
            true => Done::Skipped,
            false => match catch_unwind(AssertUnwindSafe(|| work(&mut state, item))) {
                Ok(result) => Done::Result(result),
                Err(payload) => Done::Panic(payload),
            },
        };
        let is_over = matches!(done, Done::Panic(_));
        if send.send((number, done)).is_err() || is_over {
            break;
        }
    }
}
