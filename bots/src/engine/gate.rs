//! Where bots wait that would begin while code changes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Poll, Waker};

/// A gate through which bots go before their scripts begin.
#[derive(Default)]
pub(super) struct Gate {
    closed: Cell<usize>,
    waiting: RefCell<Vec<Waker>>,
}

/// The gate is closed while this lives.
pub(super) struct Closed(Rc<Gate>);

impl Gate {
    pub(super) fn close(self: &Rc<Self>) -> Closed {
        self.closed.set(self.closed.get() + 1);
        Closed(self.clone())
    }

    /// Ready while the gate is open; else the waker is called when it opens.
    pub(super) fn poll_open(&self, waker: &Waker) -> Poll<()> {
        if self.closed.get() == 0 {
            return Poll::Ready(());
        }
        let mut waiting = self.waiting.borrow_mut();
        if !waiting.iter().any(|known| known.will_wake(waker)) {
            waiting.push(waker.clone());
        }
        Poll::Pending
    }
}

impl Drop for Closed {
    fn drop(&mut self) {
        let Self(gate) = self;
        gate.closed.set(gate.closed.get() - 1);
        if gate.closed.get() == 0 {
            gate.waiting.take().into_iter().for_each(Waker::wake);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;

    use super::*;

    #[derive(Default)]
    struct Woken(AtomicUsize);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn who_waits_is_woken_once_when_the_last_has_opened_the_gate() {
        let gate = Rc::new(Gate::default());
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(woken.clone());
        assert!(gate.poll_open(&waker).is_ready());
        let (first, second) = (gate.close(), gate.close());
        assert!(gate.poll_open(&waker).is_pending());
        assert!(gate.poll_open(&waker).is_pending());
        drop(first);
        assert!(gate.poll_open(&waker).is_pending());
        assert_eq!(woken.0.load(Ordering::Relaxed), 0);
        drop(second);
        assert!(gate.poll_open(&waker).is_ready());
        assert_eq!(woken.0.load(Ordering::Relaxed), 1);
    }
}
