//! Work on many cores whose results are shown in order, a bounded number at a time.

use std::collections::VecDeque;
use std::sync::mpsc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::disk::reason;
use super::problem::Problem;

/// So many jobs are worked on, or wait to be shown, at once.
const IN_FLIGHT: usize = 256;

/// Room for the deepest text that is read: the same on every machine, whatever stack the system gives.
const STACK: usize = 8 << 20;

/// Workers: as many as there are cores, or as `RAYON_NUM_THREADS` asks, and one for a single job.
pub(super) fn workers(one: bool) -> Result<ThreadPool, Vec<Problem>> {
    let most = usize::from(one);
    ThreadPoolBuilder::new().stack_size(STACK).num_threads(most).build().map_err(|error| {
        let message = format!("no worker could be started: {}", reason(&error));
        Problem::new("internal/threads", message).alone()
    })
}

/// Does the work on every job, and shows each result in the order of the jobs. Up to `together` jobs
/// in a row are done in one piece, as long as there are pieces for every worker. Nobody waits for the
/// output, unless it is far behind.
pub(super) fn in_order<J: Sync, D: Send>(
    pool: &ThreadPool,
    jobs: &[J],
    together: usize,
    work: impl Fn(&[J]) -> Vec<D> + Sync,
    mut show: impl FnMut(&J, D),
) {
    let pieces = 4 * pool.current_num_threads();
    let together = jobs.len().div_ceil(pieces).clamp(1, together);
    let mut show = |(piece, done): (&[J], mpsc::Receiver<Vec<D>>)| {
        // Nothing comes of work that panicked: the scope below passes the panic on.
        let Ok(done) = done.recv() else { return };
        assert_eq!(done.len(), piece.len(), "each job has a result");
        piece.iter().zip(done).for_each(|(job, result)| show(job, result));
    };
    pool.in_place_scope_fifo(|scope| {
        let (work, mut in_flight) = (&work, VecDeque::new());
        for piece in jobs.chunks(together) {
            if in_flight.len() * together >= IN_FLIGHT {
                in_flight.pop_front().into_iter().for_each(&mut show);
            }
            let (done, waits) = mpsc::channel();
            scope.spawn_fifo(move |_| done.send(work(piece)).unwrap_or_default());
            in_flight.push_back((piece, waits));
        }
        in_flight.into_iter().for_each(show);
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Whatever the number of workers, and however long each job takes.
    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let jobs: Vec<usize> = (0..3 * IN_FLIGHT + 7).collect();
        for workers in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().unwrap();
            let one = |job: &usize| {
                let slow = (0..(job % 7) * 1000)
                    .map(std::hint::black_box)
                    .filter(|each| *each > job * 10_000);
                job * 2 + slow.count()
            };
            for together in [1, 8, 1000] {
                let mut shown = Vec::new();
                let work = |some: &[usize]| some.iter().map(one).collect();
                in_order(&pool, &jobs, together, work, |job, done| shown.push((*job, done)));
                let expected: Vec<_> = jobs.iter().map(|job| (*job, job * 2)).collect();
                assert_eq!(shown, expected, "{workers} workers, {together} together");
            }
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let none = |_: &[usize]| -> Vec<usize> { panic!("there is nothing to do") };
        in_order(&pool, &[], 8, none, |_, _| panic!("there is nothing to show"));
    }

    #[test]
    fn every_worker_has_something_to_do() {
        let jobs: Vec<usize> = (0..10).collect();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        let most = AtomicUsize::new(0);
        let work = |some: &[usize]| {
            most.fetch_max(some.len(), Ordering::Relaxed);
            vec![(); some.len()]
        };
        in_order(&pool, &jobs, 8, work, |_, ()| {});
        assert_eq!(most.into_inner(), 2);
    }

    /// A job without a result would not be missed in what is shown.
    #[test]
    #[should_panic(expected = "each job has a result")]
    fn every_job_has_a_result() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        in_order(&pool, &[1, 2, 3], 2, |some| some[1..].to_vec(), |_, _: i32| {});
    }

    /// Of work that panics nothing may be taken for done.
    #[test]
    #[should_panic(expected = "planted")]
    fn a_panic_is_passed_on() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        let work = |some: &[usize]| {
            assert!(some != [7], "planted");
            some.to_vec()
        };
        in_order(&pool, &(0..9).collect::<Vec<_>>(), 1, work, |job, done| assert_eq!(*job, done));
    }
}
