//! What answers while the rest is busy.

use std::{
    hint::spin_loop,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};

use tokio::{runtime::Builder, time::timeout};

use crate::support::{ask, console, get};

const LONG: Duration = Duration::from_secs(30);

#[test]
fn health_is_answered_while_every_worker_is_busy() {
    let workers = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let console = {
        let _inside = workers.enter();
        console("")
    };
    let busy = Arc::new(AtomicBool::new(true));
    let (begin, begun) = mpsc::channel();
    for _ in 0..2 {
        let (busy, begin) = (busy.clone(), begin.clone());
        workers.spawn(async move {
            begin.send(()).unwrap();
            while busy.load(Ordering::Relaxed) {
                spin_loop();
            }
        });
    }
    begun.recv().unwrap();
    begun.recv().unwrap();
    let door = Builder::new_current_thread().enable_all().build().unwrap();
    door.block_on(async {
        let asked = console.clone();
        let page = tokio::spawn(async move { ask(&asked, get("/")).await });
        for path in ["/healthz", "/readyz"] {
            let answer = timeout(LONG, ask(&console, get(path))).await;
            assert_eq!(answer.expect("an answer").status, 200, "{path}");
        }
        assert!(!page.is_finished(), "pages are made by the workers");
        busy.store(false, Ordering::Relaxed);
        assert_eq!(page.await.unwrap().status, 200);
    });
}
