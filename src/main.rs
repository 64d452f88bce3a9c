//! The program: arguments in, one run, an exit code out. Everything that is printed is printed here.
//!
//! The work is done on a thread of its own, so that Ctrl-C ends it wherever it is: at its next step if that comes soon, else by taking
//! away what was begun. A second Ctrl-C ends the process at once.

mod commands;
mod terminal;
mod watch;

use clap::Parser;
use framescope::cli::Arguments;
use framescope::disk;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use terminal::{say, warn};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long work that was told to stop may take to its next step.
const GRACE: Duration = Duration::from_millis(600);

/// What the first thread waits for.
enum Event {
    /// The work has ended with this exit code.
    Done(u8),
    /// The user pressed Ctrl-C.
    Stop,
}

fn main() -> ExitCode {
    keep_freed_memory();
    std::panic::set_hook(Box::new(|panic| {
        LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&panic.to_string());
    }));
    let stop = Arc::new(AtomicBool::new(false));
    let (send, events) = channel();
    listen(stop.clone(), send.clone());
    // as much room as the first thread of a process has, and more
    let work = std::thread::Builder::new().stack_size(32 << 20).spawn(move || {
        let _ = send.send(Event::Done(work(&stop)));
    });
    if let Err(error) = work {
        warn(&format!("error: no thread can be started: {error}"));
        return ExitCode::from(BUG);
    }
    let first = events.recv();
    let ended = match first {
        Ok(Event::Done(code)) => Some(code),
        Ok(Event::Stop) => match events.recv_timeout(GRACE) {
            Ok(Event::Done(code)) => Some(code),
            Ok(Event::Stop) | Err(_) => None,
        },
        Err(_) => Some(BUG),
    };
    ended.map_or_else(abandon, ExitCode::from)
}

/// Lets freed memory wait for the next shard, which needs as much, before it goes back to the system: half of the page faults of a run.
#[allow(unsafe_code)]
fn keep_freed_memory() {
    use std::ffi::{c_int, c_long};
    /// `mi_option_purge_delay` of mimalloc 2.
    const PURGE_DELAY: c_int = 15;
    const MILLISECONDS: c_long = 100;
    // SAFETY: as mimalloc.h declares it.
    unsafe extern "C" {
        fn mi_option_set(option: c_int, value: c_long);
    }
    // SAFETY: two numbers, set before there is a second thread.
    unsafe { mi_option_set(PURGE_DELAY, MILLISECONDS) };
}

/// Ends the process in the middle of its work.
fn abandon() -> ExitCode {
    let output = if disk::abandon() { "the new output is in its place" } else { "the previous output is untouched" };
    warn(&format!("interrupted; {output}"));
    std::process::exit(INTERRUPTED);
}

/// Tells of Ctrl-C, the second time by ending the process.
fn listen(stop: Arc<AtomicBool>, send: Sender<Event>) {
    // without a handler Ctrl-C ends the process at once; the previous output is whole either way
    let _ = ctrlc::set_handler(move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
        let _ = send.send(Event::Stop);
    });
}

/// Does what the arguments say; gives back the exit code.
fn work(stop: &AtomicBool) -> u8 {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let text = error.render().to_string();
            if error.use_stderr() {
                warn(&text.trim_end());
            } else if let Err(error) = say(&text.trim_end()) {
                warn(&error);
                return error.exit_code();
            }
            return error.exit_code() as u8;
        }
    };
    let result = std::panic::catch_unwind(|| arguments.resolve().and_then(|command| commands::obey(command, stop)));
    match result {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            warn(&error);
            error.exit_code()
        }
        Err(_) => {
            warn(&*LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner));
            warn(
                &"error: this is a bug of framescope; the previous output is untouched. Please report the lines above.",
            );
            BUG
        }
    }
}

/// What the last panic had to say. Those of libraries that are caught where they were called are told as problems and not printed.
static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// Exit code after Ctrl-C.
const INTERRUPTED: i32 = 130;

/// Exit code of our own faults.
const BUG: u8 = 70;
