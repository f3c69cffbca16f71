//! Work on many cores whose results are shown in order, a bounded number at a time.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::disk::reason;
use super::problem::Problem;

/// So many results are in memory at once, and as many that wait to be shown.
const BATCH: usize = 256;

/// Room for the deepest text that is read: the same on every machine, whatever stack the system gives.
const STACK: usize = 8 << 20;

/// Workers for so many jobs: as many as there are cores, or as `RAYON_NUM_THREADS` asks, and one for
/// a single job.
pub(super) fn workers(jobs: usize) -> Result<ThreadPool, Vec<Problem>> {
    let most = usize::from(jobs == 1);
    ThreadPoolBuilder::new().stack_size(STACK).num_threads(most).build().map_err(|error| {
        let message = format!("no worker could be started: {}", reason(&error));
        Problem::new("internal/threads", message).alone()
    })
}

/// Does the work on every job, and shows each result in the order of the jobs. While one batch is
/// shown the next is worked on: nobody waits for the output.
pub(super) fn in_order<J: Sync, D: Send>(
    pool: &ThreadPool,
    jobs: &[J],
    work: impl Fn(&J) -> D + Sync,
    mut show: impl FnMut(&J, D),
) {
    let mut done: (&[J], Vec<D>) = (&[], Vec::new());
    for batch in jobs.chunks(BATCH).chain(std::iter::once(&[] as &[J])) {
        let mut next = Vec::new();
        pool.in_place_scope(|scope| {
            scope.spawn(|_| next = batch.par_iter().map(&work).collect());
            for (job, result) in done.0.iter().zip(std::mem::take(&mut done.1)) {
                show(job, result);
            }
        });
        done = (batch, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the number of workers, and however long each job takes.
    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let jobs: Vec<usize> = (0..3 * BATCH + 7).collect();
        for workers in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().unwrap();
            let work = |job: &usize| {
                let slow = (0..(job % 7) * 1000)
                    .map(std::hint::black_box)
                    .filter(|each| *each > job * 10_000);
                job * 2 + slow.count()
            };
            let mut shown = Vec::new();
            in_order(&pool, &jobs, work, |job, done| shown.push((*job, done)));
            let expected: Vec<_> = jobs.iter().map(|job| (*job, job * 2)).collect();
            assert_eq!(shown, expected, "{workers}");
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        in_order(&pool, &[] as &[usize], |_| 0, |_, _| panic!("there is nothing to show"));
    }
}
