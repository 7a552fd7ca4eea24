//! Ctrl-C.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Knows whether Ctrl-C was pressed, or the process asked to end.
///
/// The first time is noted; the second ends the process at once, for those who
/// do not want to wait.
#[derive(Clone)]
pub struct Interrupt(Arc<Shared>);

struct Shared {
    pressed: AtomicBool,
    lock: Mutex<()>,
    changed: Condvar,
}

/// Watches for Ctrl-C and SIGTERM from now on.
///
/// # Errors
/// If the system does not let this process.
pub fn on_interrupt() -> io::Result<Interrupt> {
    let interrupt = Interrupt(Arc::new(Shared {
        pressed: AtomicBool::new(false),
        lock: Mutex::new(()),
        changed: Condvar::new(),
    }));
    let handler = interrupt.clone();
    ctrlc::set_handler(move || {
        if handler.0.pressed.swap(true, Ordering::SeqCst) {
            // The shell's convention for an end by SIGINT.
            std::process::exit(130);
        }
        let _guard = handler
            .0
            .lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        handler.0.changed.notify_all();
    })
    .map_err(io::Error::other)?;
    Ok(interrupt)
}

impl Interrupt {
    /// Ctrl-C was pressed.
    pub fn is_pressed(&self) -> bool {
        self.0.pressed.load(Ordering::SeqCst)
    }

    /// Waits until Ctrl-C is pressed.
    pub fn wait(&self) {
        while !self.wait_for(Duration::from_secs(3600)) {}
    }

    /// Waits until Ctrl-C is pressed, at most so long; true if it was.
    pub fn wait_for(&self, most: Duration) -> bool {
        let guard = self.0.lock.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .0
            .changed
            .wait_timeout_while(guard, most, |()| !self.is_pressed());
        drop(waited);
        self.is_pressed()
    }
}
